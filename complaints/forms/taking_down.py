"""The form in which an officer takes down a call, a letter or a visit, in the order in which people tell it."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints import typed_days
from complaints.filing import Filer, Filing
from complaints.models import Channel, Complainant, Kind
from core import clock

from .entering import MATTER, MORE, OFF, WHOM, MatterForm, PastDay
from .fields import Words

ENTERED_CHANNELS = tuple(one for one in Channel if one not in {Channel.WEB, Channel.HELPER_UNIT})


class EntryForm(MatterForm):
    """What an officer takes down while somebody talks, or from a letter."""

    channel = forms.ChoiceField(label=_("How it came in"), choices=[(one.value, one.label) for one in ENTERED_CHANNELS])
    received_on = PastDay(
        label=_("Received on"),
        help_text=_("Like 11-20; the limits count from this day"),
        error_messages={"required": _("Enter the day on which it reached the office")},
    )
    received_time = Words(
        label=_("Time"),
        help_text=_("Like 9:05; leave it empty for now"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={**OFF, "inputmode": "numeric"}),
    )
    kind = forms.ChoiceField(label=_("Kind of matter"), choices=Kind.choices, initial=Kind.COMPLAINT.value)
    anonymous = forms.BooleanField(label=_("No name given (anonymous)"), required=False)
    verification = forms.ChoiceField(
        label=_("Identity"),
        choices=[
            (one.value, one.label)
            for one in (
                Complainant.Verification.NONE,
                Complainant.Verification.CALL_BACK,
                Complainant.Verification.IN_PERSON,
            )
        ],
        initial=Complainant.Verification.NONE.value,
    )
    field_order = ("key", "name", "phone", "organisation", "email", "anonymous", "verification", *MORE, "kind", *MATTER)

    def __init__(self, *args: Any, channel: str = "", **kwargs: Any) -> None:
        """Begin with the channel of the last entry, and today."""
        known = channel if channel in {one.value for one in ENTERED_CHANNELS} else Channel.HOTLINE.value
        super().__init__(*args, initial={"channel": known, "received_on": clock.today().isoformat()}, **kwargs)

    def clean_received_time(self) -> time | None:
        """Return the time of day, None when it was left empty."""
        typed = str(self.cleaned_data["received_time"])
        try:
            return typed_days.time_of_day(typed) if typed else None
        except typed_days.NotTyped as error:
            raise forms.ValidationError(gettext("Write the time like 9:05")) from error

    def clean(self) -> dict[str, Any]:
        """A name with a phone, or in person, or anonymous; nothing in the future."""
        said = super().clean()
        said["received_at"] = self._received(said)
        if said.get("anonymous"):
            self._refuse_naming(said)
        else:
            self._ask_for_name(said)
        if said.get("kind") != Kind.COMPLAINT and said.get("disclose") and "disclose" not in self.errors:
            self.add_error("disclose", gettext("Who reports or gives a hint is disclosed to no agency. Take the ticks away"))
        return said

    def _received(self, said: dict[str, Any]) -> datetime | None:
        """Return when it reached the office; a past day without a time counts from its beginning."""
        day, at = said.get("received_on"), said.get("received_time")
        if not isinstance(day, date) or "received_time" in self.errors:
            return None
        now = clock.now()
        if at is None:
            return now if day == clock.day_of(now) else clock.midnight(day)
        moment = datetime.combine(day, at, tzinfo=clock.SHANGHAI)
        if moment > now:
            self.add_error("received_time", gettext("This time is still to come. Leave it empty for now"))
        return moment

    def _refuse_naming(self, said: dict[str, Any]) -> None:
        if any(said.get(name) for name in WHOM):
            self.add_error("anonymous", gettext("There is a name or number above. Take it away, or the tick"))
        if said.get("disclose"):
            self.add_error("disclose", gettext("Nobody agrees to anything anonymously. Take the ticks away"))

    def _ask_for_name(self, said: dict[str, Any]) -> None:
        if not said.get("name") and "name" not in self.errors:
            self.add_error("name", gettext("Enter the name, or tick that none was given"))
        in_person = said.get("verification") == Complainant.Verification.IN_PERSON
        if not said.get("phone") and "phone" not in self.errors and not in_person:
            self.add_error("phone", gettext("Enter a number to call back, or confirm that the person was here"))

    def filing(self, *, at: datetime) -> Filing:
        """Return what was taken down."""
        said = self.cleaned_data
        received_at = min(said["received_at"], at)
        return self._filing(filer=self._filer(at), kind=said["kind"], channel=said["channel"], received_at=received_at)

    def _filer(self, at: datetime) -> Filer | None:
        said = self.cleaned_data
        if said["anonymous"]:
            return None
        is_verified = said["verification"] != Complainant.Verification.NONE
        verified = {"verification": said["verification"], "verified_at": at if is_verified else None}
        return Filer(**{name: said[name] for name in WHOM}, **verified)
