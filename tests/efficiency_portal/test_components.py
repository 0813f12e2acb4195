"""The shared components: every kind of control comes out wired to its label, hint and error."""

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from efficiency_portal.templatetags.components import errors_in_order, kind, span

CRISPY = Template("{% load crispy_forms_tags %}{{ form.story|as_crispy_field }}")


class Words:
    """A choice's label with a second line."""

    aside, hint = "official", "what it covers"

    def __str__(self) -> str:
        return "plain words"


class DayWidget(forms.MultiWidget):
    """Year, month and day in boxes of their own."""

    use_fieldset = True

    def __init__(self):
        super().__init__({"year": forms.TextInput, "month": forms.TextInput, "day": forms.TextInput})

    def decompress(self, value):
        return [value.year, value.month, value.day] if value else [None, None, None]


class DayField(forms.MultiValueField):
    widget = DayWidget

    def __init__(self, **kwargs):
        super().__init__(fields=[forms.IntegerField(), forms.IntegerField(), forms.IntegerField()], **kwargs)

    def compress(self, data_list):
        return date(*data_list)


class Sample(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label="Name", help_text="As on your papers", error_messages={"required": "Enter your name"})
    story = forms.CharField(label="Story", widget=forms.Textarea, max_length=2000, required=False)
    agency = forms.ChoiceField(label="Agency", choices=[("1", "One")])
    problem = forms.ChoiceField(label="Problem", widget=forms.RadioSelect, choices=[("1", Words()), ("0", "Not sure")])
    ways = forms.MultipleChoiceField(label="Ways", widget=forms.CheckboxSelectMultiple, choices=[("sms", "Text")])
    day = DayField(label="Day")
    proof = forms.FileField(label="Proof")
    true = forms.BooleanField(label="It is true")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def rendered(name: str, *, bound: bool = False, **options: object) -> str:
    form = Sample({"day_year": "2026", "day_month": "x"}) if bound else Sample()
    return render_to_string("components/field.html", {"field": form[name], **options})


def attribute(html: str, tag: str, name: str) -> str:
    found = re.search(rf'<{tag}\b[^>]*\b{name}="([^"]*)"', html)
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("token", "hidden"),
        ("name", "input"),
        ("story", "textarea"),
        ("agency", "select"),
        ("problem", "choices"),
        ("ways", "choices"),
        ("day", "parts"),
        ("proof", "file"),
        ("true", "checkbox"),
    ],
)
def test_kind_of_every_control(name: str, expected: str):
    assert kind(Sample()[name]) == expected


@pytest.mark.parametrize("name", ["name", "story", "agency", "proof", "true"])
def test_label_belongs_to_its_control(name: str):
    html = rendered(name)
    assert f'for="{attribute(html, "(?:input|textarea|select)", "id")}"' in html


def test_hint_and_error_stand_before_the_control_and_describe_it():
    html = rendered("name", bound=True)
    described = attribute(html, "input", "aria-describedby").split()
    assert described == ["id_name_helptext", "id_name_error"]
    assert html.index('id="id_name_helptext"') < html.index('id="id_name_error"') < html.index("<input")


def test_faulty_control_is_marked_invalid():
    assert attribute(rendered("name", bound=True), "input", "aria-invalid") == "true"


def test_optional_question_says_so():
    assert "(optional)" in rendered("story")
    assert "(optional)" not in rendered("name")


def test_long_text_is_counted_and_not_cut_by_the_browser():
    html = rendered("story")
    assert attribute(html, "textarea", "data-count") == "2000"
    assert "maxlength" not in html
    assert attribute(html, "textarea", "aria-describedby") == "id_story_count"


def test_list_of_choices_is_a_fieldset_with_a_legend():
    html = rendered("problem", bound=True)
    assert attribute(html, "fieldset", "aria-describedby") == "id_problem_error"
    assert "<legend>Problem</legend>" in html
    assert html.count('class="choice"') == 2


def test_choice_may_have_a_second_line():
    html = rendered("problem")
    assert "<b>plain words</b>" in html
    assert "<small>what it covers</small>" in html


def test_choices_as_tiles():
    assert rendered("ways", picks=True).count('class="pick"') == 1


def test_parts_have_labels_of_their_own_and_keep_what_was_typed():
    html = rendered("day", bound=True)
    assert re.findall(r'<label for="id_day_\d">(\w+)</label>', html) == ["Year", "Month", "Day"]
    assert re.findall(r'value="(\w+)"', html) == ["2026", "x"]


def test_crispy_gives_the_same_markup():
    form = Sample({"name": "x"})
    ours = render_to_string("components/field.html", {"field": form["story"]})
    assert CRISPY.render(Context({"form": form})).split() == ours.split()


def test_summary_links_to_each_field_in_its_order():
    targets = [target for target, _message in errors_in_order(Sample({"token": "t"}))]
    assert targets == ["id_name", "id_agency", "id_problem_0", "id_ways_0", "id_day_0", "id_proof", "id_true"]


def test_summary_names_the_question_in_stock_messages_only():
    messages = [message for _target, message in errors_in_order(Sample({"token": "t"}))]
    assert messages[:2] == ["Enter your name", "Agency: This field is required."]


def test_summary_does_not_link_to_what_nobody_sees():
    assert errors_in_order(Sample({}))[0] == ("", "Token: This field is required.")


def test_no_summary_without_errors():
    assert render_to_string("components/error_summary.html", {"form": Sample()}).strip() == ""


@pytest.mark.parametrize(
    ("length", "unit", "words"),
    [(1, "working_days", "1 working day"), (3, "working_days", "3 working days"), (30, "days", "30 days")],
)
def test_span_in_words(length: int, unit: str, words: str):
    policy = type("Policy", (), {"length": length, "unit": unit})()
    assert span(policy) == words


@pytest.mark.parametrize("state", ["ok", "near", "today", "late", "yellow", "red", "paused"])
def test_chip_has_shape_and_word_for_every_state(state: str):
    html = render_to_string("components/chip.html", {"state": state})
    assert f"#d-{state}" in html
    assert re.search(r"<span>\w[\w ]+</span>", html)


def test_pager_is_silent_without_pages():
    assert render_to_string("components/pager.html", {}).strip() == ""


def test_table_cells_carry_their_heading_for_narrow_screens():
    html = render_to_string("components/table_fold.html", {"caption": "c", "headings": ["Step", "Due"], "rows": [["a", "b"]]})
    assert '<th scope="row">a</th><td data-th="Due">b</td>' in html


COMPONENTS = sorted(path for path in (settings.BASE_DIR / "templates" / "components").glob("*.html"))


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_component_says_what_it_is(path: Path):
    assert path.read_text().startswith("{% comment %}")


def test_every_component_is_in_the_design_page():
    named = set(re.findall(r"`(\w+)`", (settings.BASE_DIR / "docs" / "design.md").read_text()))
    assert {path.stem for path in COMPONENTS} - named == set()
