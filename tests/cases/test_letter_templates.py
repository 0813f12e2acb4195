"""Templates of letters: checked before they are used, whatever somebody puts into them; earlier versions stay."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from accounts.roles import Role
from cases import actions
from cases.letters import builtin, rendering
from cases.letters.checking import faults_of
from cases.letters.gathering import in_use, prefix_of
from cases.letters.kinds import LetterKind
from cases.letters.placeholders import needed_in, placeholders_of, samples_of
from cases.models import LetterTemplate
from cases.workflow import Status
from core.models import Event
from tests.factories import MONDAY, UserFactory, case_at, office_leader, officer

from .test_letters import issue, letter_of, text_of
from .test_races import at_once

pytestmark = pytest.mark.django_db
WHOLE = "{{ 文号 }}", "{{ 收件人 }}：", "{{ 日期 }}"
LEADER_OR_ADMIN = (Role.OFFICE_LEADER, Role.SYSTEM_ADMIN)


def word(*paragraphs, header=""):
    """A Word file with these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(content, **more):
    """The same package with other or further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, more.pop(name, None) or old.read(name))
        for name, data in more.items():
            new.writestr(name, data)
    return out.getvalue()


def upload(content, kind="acceptance", *, by=None, name="模板.docx"):
    return actions.upload_template(kind, by=by or office_leader(), upload=SimpleUploadedFile(name, content), at=MONDAY)


def codes(content, kind="acceptance"):
    return [(fault.code, fault.shown) for fault in faults_of(content, kind)]


@pytest.mark.parametrize("kind", LetterKind)
def test_own_templates_pass_their_own_check(kind):
    assert faults_of(builtin.template_of(kind), kind) == []


@pytest.mark.parametrize("kind", LetterKind)
def test_own_templates_come_out_the_same_each_time(kind):
    once = builtin.template_of(kind)
    builtin.template_of.cache_clear()
    assert builtin.template_of(kind) == once


@pytest.mark.parametrize("kind", LetterKind)
def test_own_templates_leave_out_what_is_empty(kind):
    values = {name: "" if one.may_be_empty else one.sample for name, one in placeholders_of(kind).items()}
    text = rendering.text_of(rendering.rendered(builtin.template_of(kind), values))
    assert "{%" not in text
    assert samples_of(kind)["文号"] in text


def test_what_is_needed_is_known():
    for kind in LetterKind:
        assert set(needed_in(kind)) <= set(placeholders_of(kind))


def test_a_new_version_is_used_for_the_next_letter_and_the_old_one_stays():
    first, second = upload(word(*WHOLE, "第一版")), upload(word(*WHOLE, "第二版"))
    assert (first.number, second.number) == (1, 2)
    letter = issue(letter_of(case_at(Status.DISPATCHED), "acceptance"))
    assert "第二版" in text_of(letter)
    assert letter.template == second
    actions.use_template("acceptance", by=office_leader(), number=1, at=MONDAY)
    assert "第一版" in text_of(issue(letter_of(case_at(Status.DISPATCHED), "acceptance")))
    actions.use_template("acceptance", by=office_leader(), number=0, at=MONDAY)
    assert in_use("acceptance").row is None
    assert "第二版" in text_of(letter)


def test_a_text_of_several_paragraphs_becomes_several_of_the_same_look():
    document = rendering.rendered(word(*WHOLE, "{{ 正文 }}"), samples_of("acceptance") | {"正文": "一\n\n二\r\n三"})
    assert [one.text for one in Document(io.BytesIO(document)).paragraphs][-3:] == ["一", "二", "三"]


def test_a_value_is_text_whatever_it_looks_like():
    tricks = "<w:p/> & {{ 文号 }} {% if %} ''.__class__ \x07\x0c\u202e"
    document = rendering.rendered(word(*WHOLE, "{{ 正文 }}"), samples_of("acceptance") | {"正文": tricks})
    assert Document(io.BytesIO(document)).paragraphs[-1].text == "<w:p/> & {{ 文号 }} {% if %} ''.__class__"


@pytest.mark.parametrize(
    "trick",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ 文号.__class__ }}",
        "{{ 文号['__class__'] }}",
        "{{ 文号|attr('__class__') }}",
        "{{ 文号.upper() }}",
        "{{ self }}{{ self.x }}",
        "{{ 文号|upper }}",
        "{{ 'a' * 10**9 }}",
        "{{ 1 + 1 }}",
        "{{ 'x' }}",
        "{% for x in 文号 %}{{ x }}{% endfor %}",
        "{% set 文号 = 'x' %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as x %}",
        "{% macro a() %}{% endmacro %}",
        "{% if 文号 == 'x' %}y{% endif %}",
        "{% if 文号 is defined %}y{% endif %}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum() }}",
        "{% filter upper %}x{% endfilter %}",
    ],
)
def test_a_trick_is_refused_and_named(trick):
    [(code, shown), *_more] = codes(word(*WHOLE, trick))
    assert code in {"forbidden", "unknown", "syntax"}
    assert shown
    with pytest.raises(rendering.TemplateFaulty):  # and again, should one have got in
        rendering.rendered(word(*WHOLE, trick), samples_of("acceptance"))


@pytest.mark.parametrize("place", ["body", "header"])
def test_an_unknown_placeholder_is_named(place):
    content = word(*WHOLE, "{{ 身份证号 }}") if place == "body" else word(*WHOLE, header="{{ 身份证号 }}")
    assert codes(content) == [("unknown", "身份证号")]


def test_everything_that_is_wrong_is_told_at_once():
    found = codes(word(*WHOLE, "{{ 身份证号 }}", "{{ ''.__class__ }}", "{{ 文号|upper }}"))
    assert found == [("forbidden", "{{ ''.__class__ }}"), ("forbidden", "{{ 文号|upper }}"), ("unknown", "身份证号")]


def test_a_placeholder_of_another_kind_is_unknown():
    assert codes(word(*WHOLE, "{{ 不予受理理由 }}")) == [("unknown", "不予受理理由")]


@pytest.mark.parametrize(
    ("paragraphs", "found"),
    [
        (("{{ 文号 }}", "{{ 日期 }}"), [("missing", "收件人")]),
        ((*WHOLE, "{{ 正文"), [("syntax", "{{ 正文")]),
        ((*WHOLE, "{% if 正文 %}有"), [("syntax", "{% if 正文 %}有")]),
        ((*WHOLE, "｛｛正文｝｝"), [("braces", "｛｛正文"), ("braces", "｝｝")]),
        ((*WHOLE, "{正文}"), [("braces", "{正文"), ("braces", "}")]),
    ],
)
def test_what_is_wrong_is_named(paragraphs, found):
    assert codes(word(*paragraphs)) == found


def test_a_placeholder_that_is_hidden_by_a_condition_is_not_there():
    assert ("unseen", "文号") in codes(word("{% if not 正文 %}{{ 文号 }}{% endif %}", *WHOLE[1:]))


def test_a_dispatch_without_its_text_is_no_template():
    assert codes(word(*WHOLE), "dispatch") == [("missing", "正文")]


def outside(content):
    """With a picture that is fetched from elsewhere."""
    name = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        relations = package.read(name).decode()
    link = (
        '<Relationship Id="rX" TargetMode="External" Target="http://example.com/a.png" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    return repacked(content, **{name: relations.replace("</Relationships>", link).encode()})


def bomb(content):
    """A part that unpacks to far more than a letter needs."""
    return repacked(content, **{"word/extra.xml": b"<x>" + b" " * 60_000_000 + b"</x>"})


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "模板.docx"),
        (b"PK\x03\x04 no package", "模板.docx"),
        (b"plain text", "模板.docx"),
        (b"%PDF-1.4", "模板.pdf"),
        (word(*WHOLE), "模板.xlsx"),
        (word(*WHOLE), "模板.docm"),
        (repacked(word(*WHOLE), **{"word/vbaProject.bin": b"macro"}), "模板.docx"),
        (bomb(word(*WHOLE)), "模板.docx"),
        (outside(word(*WHOLE)), "模板.docx"),
        (word(*WHOLE, "文" * 2_500_000), "模板.docx"),
    ],
    ids=["empty", "torn", "text", "pdf", "wrong ending", "macros by name", "macros", "bomb", "outside", "large"],
)
def test_what_is_no_safe_word_file_is_refused(content, name):
    with pytest.raises(actions.TemplateRefused) as refused:
        upload(content, name=name)
    assert refused.value.faults
    assert not LetterTemplate.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_who_may_keep_templates(client, role):
    user = UserFactory.create(roles=[role])
    client.force_login(user)
    may = role in LEADER_OR_ADMIN
    for name, args in (("letter_templates", []), ("letter_template", ["reply"]), ("letter_template_file", ["reply", 0])):
        assert client.get(reverse(f"cases:{name}", args=args)).status_code == (200 if may else 404)
    if not may:
        assert client.post(reverse("cases:letter_prefix", args=["reply"]), {"begins": "示"}).status_code == 404
        for act in (
            lambda: upload(word(*WHOLE), by=user),
            lambda: actions.use_template("reply", by=user, number=0, at=MONDAY),
            lambda: actions.choose_prefix("reply", by=user, prefix="示", at=MONDAY),
        ):
            with pytest.raises(PermissionDenied):
                act()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_take_a_template_and_say_what_is_wrong(client, language):
    client.cookies["django_language"] = language
    client.force_login(office_leader())
    address = reverse("cases:letter_template", args=["acceptance"])
    wrong = client.post(address, {"file": SimpleUploadedFile("a.docx", word(*WHOLE, "{{ 身份证号 }}"))})
    assert "身份证号" in wrong.content.decode()
    assert client.post(address, {"file": SimpleUploadedFile("a.docx", word(*WHOLE))}).status_code == 302
    page = client.get(address).content.decode()
    assert "示优效〔2026〕1号" in page
    file = client.get(reverse("cases:letter_template_file", args=["acceptance", 1]))
    assert file.content.startswith(b"PK")
    assert client.post(reverse("cases:use_letter_template", args=["acceptance", 0])).status_code == 302
    assert client.post(reverse("cases:use_letter_template", args=["acceptance", 9])).status_code == 302
    assert not LetterTemplate.objects.filter(is_active=True).exists()
    assert client.get(reverse("cases:letter_template", args=["nothing"])).status_code == 404


def test_the_list_costs_the_same_whatever_is_there(client, django_assert_max_num_queries):
    client.force_login(office_leader())
    upload(word(*WHOLE))
    with django_assert_max_num_queries(7):
        client.get(reverse("cases:letter_templates"))


def test_numbers_begin_with_what_the_office_chooses():
    leader = office_leader()
    actions.choose_prefix("acceptance", by=leader, prefix="清效办", at=MONDAY)
    actions.choose_prefix("dispatch", by=leader, prefix="清效办", at=MONDAY)
    case = case_at(Status.DISPATCHED)
    numbers = [issue(letter_of(case, kind)).number for kind in ("acceptance", "dispatch")]
    assert numbers == ["清效办〔2026〕1号", "清效办〔2026〕2号"]  # kinds that begin alike share the series
    assert Event.objects.filter(type="letters.template_numbered").count() == 2


@pytest.mark.parametrize("wrong", ["", " ", "<b>", "清优效\n受", "很长很长很长很长很长很长很长"])
def test_what_is_no_beginning_of_a_number_is_refused(wrong):
    before = prefix_of("reply")
    with pytest.raises(actions.PrefixRefused):
        actions.choose_prefix("reply", by=office_leader(), prefix=wrong, at=MONDAY)
    assert prefix_of("reply") == before


def test_the_page_keeps_what_numbers_begin_with(client):
    client.force_login(office_leader())
    address = reverse("cases:letter_prefix", args=["reply"])
    assert 'id="id_begins_error"' in client.post(address, {"begins": "<b>"}).content.decode()
    assert client.post(address, {"begins": "清效复"}).status_code == 302
    assert prefix_of("reply") == "清效复"


def test_a_template_that_waits_for_the_scanner_holds_letters_up(client):
    made = upload(word(*WHOLE))
    made.file.state = "waiting"
    made.file.save()
    case, by = case_at(Status.DISPATCHED), officer()
    client.force_login(by)
    page = client.get(reverse("cases:letter", args=[case.pk, letter_of(case, "acceptance").pk]))
    assert page.status_code == 200
    with pytest.raises(actions.TemplateAway):
        issue(letter_of(case, "acceptance"), by=by)


@pytest.mark.django_db(transaction=True)
def test_two_versions_at_once_are_two_versions_and_one_is_used():
    by = office_leader()
    made = at_once(*(lambda n=n: upload(word(*WHOLE, f"第{n}版"), by=by) for n in (1, 2)))
    assert sorted(one.number for one in made) == [1, 2]
    assert LetterTemplate.objects.get(is_active=True).number == 2
