"""Forms of calls and candidacies."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from agencies.models import Agency
from supervisors.actions import Nomination
from supervisors.forms import AgencyField, PhoneField, VersionedForm, choice, day, line, number, text
from supervisors.models import Call
from supervisors.models.roster import Background, Kind
from supervisors.permissions import is_office

YEARS = [(1, gettext_lazy("1 year")), (2, gettext_lazy("2 years")), (5, gettext_lazy("5 years"))]


def years_field(**kwargs: Any) -> forms.TypedChoiceField:
    """The lengths that a term may have."""
    return forms.TypedChoiceField(
        label=gettext_lazy("Length of the term"),
        coerce=int,
        choices=YEARS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
        **kwargs,
    )


class CallForm(forms.Form):
    """A new call."""

    kind = choice(Kind.choices, label=gettext_lazy("Whom do you look for?"))
    title = line(label=gettext_lazy("Title"))
    text = text(8, most=4000, label=gettext_lazy("What candidates must know"))
    places = number(500, 1, label=gettext_lazy("Places"))
    years = years_field()
    opens_on = day(label=gettext_lazy("First day"))
    closes_on = day(label=pgettext_lazy("supervisors", "Last day"))

    def clean(self) -> dict[str, Any]:
        """It must not close before it opens."""
        given = super().clean() or {}
        if "opens_on" in given and "closes_on" in given and given["closes_on"] < given["opens_on"]:
            self.add_error("closes_on", _("The last day lies before the first."))
        return given


class NominateForm(forms.Form):
    """Who is nominated. Volunteers come from an agency; others say where they come from."""

    full_name = line(60, label=gettext_lazy("Name"))
    phone = PhoneField(label=gettext_lazy("Mobile number"), help_text=gettext_lazy("Sealed; the office sees it for a call only."))
    background = choice(label=pgettext_lazy("of a supervisor", "Background"))
    home_agency = AgencyField(label=gettext_lazy("Home agency"))
    statement = text(5, most=1000, label=gettext_lazy("What speaks for this person?"))

    def __init__(self, *args: Any, call: Call, by: User | None, **kwargs: Any) -> None:
        """Leave only what the kind of call asks; people of agencies nominate from their own."""
        super().__init__(*args, **kwargs)
        if call.kind == Kind.VOLUNTEER:
            del self.fields["background"]
            if by is not None and not is_office(by):
                own = Agency.objects.visible_to(by).open().for_list()
                self.fields["home_agency"] = AgencyField(label=gettext_lazy("Home agency"), queryset=own)
                self.order_fields(["full_name", "phone", "home_agency", "statement"])
        else:
            del self.fields["home_agency"]
            background = self.fields["background"]
            background.choices = [one for one in Background.choices if one[0] != Background.AGENCY]  # type: ignore[attr-defined]
        if by is None:
            self.fields["statement"].label = gettext_lazy("Why do you want to do this?")

    def clean(self) -> dict[str, Any]:
        """Give the action what it takes."""
        given = super().clean() or {}
        return given if self.errors else {"nomination": Nomination(**{"background": Background.AGENCY} | given)}


class CheckForm(VersionedForm):
    """What was looked at."""

    note = text(
        label=gettext_lazy("What was looked at, and where?"),
        help_text=gettext_lazy("Who has been sanctioned is barred: then do not take the candidate."),
    )
    is_clean = forms.BooleanField(
        label=gettext_lazy("No sanction is on record"),
        error_messages={"required": gettext_lazy("Tick this, or do not take the candidate.")},
    )

    def clean(self) -> dict[str, Any]:
        """The tick is asked for, not kept: without it nothing is."""
        given = super().clean() or {}
        given.pop("is_clean", None)
        return given


class ReasonForm(VersionedForm):
    """Why it ends."""

    reason = text(label=gettext_lazy("Reason"))


class AppointForm(VersionedForm):
    """From which day, and under which account."""

    since = day(label=gettext_lazy("First day of the term"))
    username = line(
        60,
        label=gettext_lazy("User name"),
        help_text=gettext_lazy(
            "An account of this name is made if there is none. Who had one keeps it."
            " The system administrator hands out the password."
        ),
    )

    def __init__(self, *args: Any, today: date, username: str = "", **kwargs: Any) -> None:
        """Suggest today."""
        kwargs["initial"] = {"since": today, "username": username} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class ObjectionForm(forms.Form):
    """What was said against the candidate."""

    words = text(4, most=1000, label=gettext_lazy("What was objected?"), help_text=gettext_lazy("Name nobody who objected."))


class SettleForm(forms.Form):
    """What was found about an objection."""

    is_founded = forms.TypedChoiceField(
        label=gettext_lazy("Is it founded?"),
        choices=[("no", gettext_lazy("No, unfounded")), ("yes", gettext_lazy("Yes: the candidate cannot be appointed"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    settlement = text(4, most=1000, label=pgettext_lazy("supervisors", "What was found?"))
