"""The questions about the matter: whom it is about, what kind of problem, what happened, which files."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from complaints import codes, remit
from complaints.agency_search import MOST, matching
from complaints.categories import CATEGORIES, NOT_SURE
from complaints.labels import Worded, agency_hint, agency_name, everyday
from complaints.wording import one_line
from core import clock

from .base import StepForm
from .fields import FILES_HINT, DayField, FilesField, Words

NONE_OF_THESE = "none"
SHORTEST_NARRATIVE = 20
LONGEST_NARRATIVE = 2000
_YEARS_BACK = 50


class AboutForm(StepForm):
    """About whom. The agency is searched for by the server, so it works without JavaScript."""

    q = Words(
        label=_("Which agency is it about?"),
        help_text=_(
            "Type its name or a part of it, or its pinyin initials, such as 住建局 or zjj. You don't need the full name."
        ),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agency = forms.ChoiceField(
        label=_("Choose the agency"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This agency is not in the list any more. Choose another one")},
    )
    agency_words = Words(
        label=_("Where was it, and what were you there for?"),
        help_text=_("For example: the window on the second floor of the service hall, to register a company"),
        max_length=200,
        required=False,
    )
    respondent = Words(
        label=_("Section, window or person"),
        help_text=_("If you don't know the name: a badge number, a window number, or what the person looks like"),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Look for what was typed and offer it, with the agency chosen before."""
        super().__init__(*args, **kwargs)
        self.searched = str(self.data.get("q", "")).strip()[:60]
        self.found = matching(self.searched) if self.searched else []
        chosen = str(self.data.get("agency", ""))
        if chosen.isdecimal() and chosen not in {str(one.pk) for one in self.found} and len(chosen) < len(str(2**62)):
            self.found = [*Agency.objects.open().filter(pk=int(chosen)).select_related("parent"), *self.found]
        self.more = len(self.found) >= MOST
        nobody = Worded(gettext("None of these, or I don't know which"), hint=gettext("Say in your own words; we find out"))
        offered = [(str(one.pk), Worded(agency_name(one), hint=agency_hint(one))) for one in self.found]
        self.fields["agency"].choices = [*offered, (NONE_OF_THESE, nobody)]  # type: ignore[attr-defined]

    def clean_agency(self) -> Agency | None:
        """Return the chosen agency, None for “none of these”."""
        return next((one for one in self.found if str(one.pk) == self.cleaned_data["agency"]), None)

    def clean(self) -> dict[str, Any]:
        """Ask for a choice, or for words when there is nothing to choose."""
        said = self.cleaned_data
        typed = str(self.data.get("agency", ""))
        if not typed and "agency" not in self.errors:
            if self.found:
                self.add_error("agency", gettext("Choose the agency from the list, or “None of these”"))
            elif self.searched:
                self.add_error(
                    "agency", gettext("We found no agency by this name. Try a shorter word, or choose “None of these”")
                )
            else:
                self.add_error("q", gettext("Type the name of the agency, or choose “None of these”"))
        if typed == NONE_OF_THESE and not said.get("agency_words") and "agency_words" not in self.errors:
            self.add_error("agency_words", gettext("Write where it was and what you were there for"))
        if typed != NONE_OF_THESE:
            said["agency_words"] = ""
        return said


class ProblemForm(StepForm):
    """What kind of problem: one of the seven, none or not sure; further kinds; behaviours as finer choices below."""

    category = forms.TypedChoiceField(
        label=_("What kind of problem is it?"),
        help_text=_("Choose the main one. If it is the wrong one, we put it right."),
        coerce=lambda value: NOT_SURE if value == NONE_OF_THESE else int(value),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of problem, or “Not sure”")},
    )
    secondary = forms.TypedMultipleChoiceField(
        label=_("Is it something else as well?"),
        help_text=_("Tick as many as fit, or none"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    behaviours = forms.MultipleChoiceField(label=_("What exactly"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the seven categories with their official names beside them, and what they look like in everyday life."""
        super().__init__(*args, **kwargs)
        seven = [(str(one.code), Worded(str(one.plain), str(one.official), everyday(one))) for one in CATEGORIES]
        unsure = Worded(gettext("Not sure"), hint=gettext("That is fine. Write down what happened; we sort it"))
        none = Worded(gettext("None of these"), hint=gettext("There may be a better place for it; choose this to see which"))
        self.fields["category"].choices = [*seven, (str(NOT_SURE), unsure), (NONE_OF_THESE, none)]  # type: ignore[attr-defined]
        self.fields["secondary"].choices = [(str(one.code), str(one.plain)) for one in CATEGORIES]  # type: ignore[attr-defined]
        finer = [(behaviour.code, str(behaviour.label)) for one in CATEGORIES for behaviour in one.behaviours]
        self.fields["behaviours"].choices = finer  # type: ignore[attr-defined]
        self.elsewhere = remit.PLACES

    def rows(self) -> Iterator[tuple[Any, list[Any]]]:
        """Yield each category's radio button with the tick boxes of its behaviours."""
        finer = list(self["behaviours"].subwidgets)
        for choice in self["category"].subwidgets:
            code = str(choice.data["value"])
            yield choice, [box for box in finer if str(box.data["value"]).startswith(code)]

    def clean(self) -> dict[str, Any]:
        """Keep only the behaviours of the chosen category, and as further kinds only others."""
        said = self.cleaned_data
        code = said.get("category")
        said["behaviours"] = tuple(one for one in said.get("behaviours", []) if one.startswith(str(code)))
        said["secondary"] = tuple(one for one in said.get("secondary", []) if one != code)
        return said


class EventsForm(StepForm):
    """What happened."""

    place = Words(
        label=_("Where did it happen?"),
        help_text=_("The window, the office, the stretch of road: the more exact, the easier to look into"),
        max_length=200,
        required=False,
    )
    narrative = Words(
        label=_("What happened?"),
        help_text=_(
            "In order: what you went for, whom you spoke to, what was said, how it ended. "
            "Leave out your own name and phone number; we ask for them later."
        ),
        min_length=SHORTEST_NARRATIVE,
        max_length=LONGEST_NARRATIVE,
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={
            "required": _("Write down what happened"),
            "min_length": _("Write at least 20 characters, so that the investigators know where to begin"),
            "max_length": _("This is longer than 2,000 characters. Shorten it; you can add details as a file in the next step"),
        },
    )
    ongoing = forms.TypedChoiceField(
        label=_("Is it still going on?"),
        choices=[("yes", _("Yes, it is still going on")), ("no", _("No, it is over"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is still going on")},
    )
    wish = Words(
        label=_("What would put it right?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("This is longer than 500 characters. Shorten it")},
    )
    earlier_number = Words(
        label=_("It follows on from number"),
        help_text=_("If you filed something before that belongs to it: the number on its receipt, like 2026-0417"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the day first; its limits depend on today."""
        super().__init__(*args, **kwargs)
        today = clock.today()
        earliest = today.replace(year=today.year - _YEARS_BACK, day=1)
        hint = gettext("If you are not sure, give the nearest day")
        day = DayField(today=today, earliest=earliest, label=gettext("When did it happen?"), help_text=hint)
        self.fields = {"happened_on": day, **self.fields}

    def clean_narrative(self) -> str:
        """Count what can be seen only."""
        narrative = str(self.cleaned_data["narrative"])
        if len(one_line(narrative)) < SHORTEST_NARRATIVE:
            raise forms.ValidationError(self.fields["narrative"].error_messages["min_length"])
        return narrative

    def clean_earlier_number(self) -> str:
        """Look at its form only: whether there is such a matter is nobody's business here."""
        typed = str(self.cleaned_data["earlier_number"])
        if not typed:
            return ""
        number = codes.plain_number(typed)
        if not codes.is_number(number):
            raise forms.ValidationError(gettext("Write the number as it stands on the receipt, like 2026-0417, or leave it out"))
        return number


class EvidenceForm(StepForm):
    """Files that show it; none is fine."""

    uploads = FilesField(
        label=_("Choose files"),
        help_text=FILES_HINT,
    )
