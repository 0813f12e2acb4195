"""The form of a tip, short enough for a phone."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agencies.models import Agency
from complaints.categories import CATEGORIES
from complaints.forms.fields import FilesField, FilesInput
from supervisors.actions import Told


class TipForm(forms.Form):
    """Which agency, what sort of problem, what happened."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    agency = forms.ModelChoiceField(
        Agency.objects.open().order_by("sort", "pk"),
        label=gettext_lazy("About which agency?"),
        help_text=gettext_lazy("Your own too. It never learns who wrote this."),
        empty_label=gettext_lazy("Choose an agency"),
        error_messages={"required": gettext_lazy("Choose the agency.")},
    )
    behaviour = forms.ChoiceField(
        label=gettext_lazy("What is wrong there?"), error_messages={"required": gettext_lazy("Choose a behaviour.")}
    )
    narrative = forms.CharField(
        label=gettext_lazy("What happened"),
        help_text=gettext_lazy("When, where, who was there. Write nothing from which the agency could guess that it is you."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Write what happened.")},
    )
    place = forms.CharField(label=pgettext_lazy("tip", "Place"), max_length=120, required=False)
    happened_on = forms.DateField(
        label=gettext_lazy("On which day was it?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day like 2026-09-30.")},
    )
    pictures = FilesField(
        label=gettext_lazy("Pictures or papers"), help_text=gettext_lazy("Position and device are taken out of pictures.")
    )

    def __init__(self, data: Any = None, files: Any = None, *, today: date) -> None:
        """Offer the behaviours under their categories."""
        super().__init__(data, files, initial={"key": uuid.uuid4()})
        self.today = today
        self.fields["pictures"].widget = FilesInput(
            attrs={"accept": self.fields["pictures"].widget.attrs["accept"], "multiple": True}
        )
        groups = [(str(one.official), [(each.code, str(each.label)) for each in one.behaviours]) for one in CATEGORIES]
        self.fields["behaviour"].choices = [("", _("Choose a behaviour")), *groups]  # type: ignore[attr-defined]

    def clean_happened_on(self) -> date | None:
        """Not a day to come."""
        day: date | None = self.cleaned_data["happened_on"]
        if day and day > self.today:
            raise ValidationError(_("This day is still to come."))
        return day

    def clean_pictures(self) -> list[Any]:
        """As many as a matter takes."""
        given: list[Any] = self.cleaned_data["pictures"]
        if len(given) > settings.UPLOAD_MAX_FILES:
            raise ValidationError(_("At most %(n)d files.") % {"n": settings.UPLOAD_MAX_FILES})
        return given

    def told(self) -> Told:
        """Return what the action takes."""
        given = self.cleaned_data
        code = given["behaviour"]
        return Told(given["agency"], given["narrative"], int(code[0]), (code,), given["place"], given["happened_on"])
