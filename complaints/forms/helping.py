"""The form in which a helper unit's clerk files for an enterprise: first its consent, then its matter."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints import phones
from complaints.entries import ConsentGiven
from complaints.filing import Filer, Filing
from complaints.models import Channel, FilingConsent
from complaints.wording import one_line

from .entering import MATTER, OFF, SHORTEST_NAME, WHOM, MatterForm, PastDay
from .fields import Words


class HelperForm(MatterForm):
    """What a helper unit's clerk files for an enterprise, after its consent."""

    given_by = Words(
        label=_("Who agreed?"),
        help_text=_("Name and position at the enterprise"),
        min_length=SHORTEST_NAME,
        max_length=60,
        widget=forms.TextInput(attrs=OFF),
        error_messages={
            "required": _("Write who at the enterprise agreed that you file"),
            "min_length": _("Enter the full name"),
        },
    )
    means = forms.ChoiceField(
        label=_("How?"),
        choices=FilingConsent.Means.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the enterprise agreed")},
    )
    given_on = PastDay(
        label=_("On which day?"),
        help_text=_("Like 2026-11-20 or 11-20"),
        error_messages={"required": _("Enter the day on which the enterprise agreed")},
    )
    field_order = (
        "key",
        "given_by",
        "means",
        "given_on",
        "organisation",
        "uscc",
        "name",
        "phone",
        "email",
        "address",
        "signers",
        *MATTER,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """An enterprise has a name and a contact who can be reached."""
        super().__init__(*args, **kwargs)
        messages = {
            "organisation": gettext("Enter the name of the enterprise"),
            "name": gettext("Enter the name of the contact"),
            "phone": gettext("Enter the contact's mobile number"),
        }
        for name, message in messages.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = message
        self.fields["organisation"].label = gettext("Enterprise")
        self.fields["name"].label = gettext("Contact")
        self.fields["phone"].label = gettext("Mobile number of the contact")
        self.fields["phone"].help_text = gettext("The office tells the contact of every step by text message")

    def clean_phone(self) -> str:
        """Return the number as E.164; only a mobile number takes messages."""
        try:
            return phones.mobile(str(self.cleaned_data["phone"]))
        except phones.NotAPhoneNumber as error:
            raise forms.ValidationError(gettext("Enter a mobile number, 11 digits")) from error

    def filing(self, *, at: datetime) -> Filing:
        """Return what the enterprise files; who files for it the action adds."""
        filer = Filer(**{name: self.cleaned_data[name] for name in WHOM})
        return self._filing(filer=filer, channel=Channel.HELPER_UNIT, received_at=at)

    def consent(self) -> ConsentGiven:
        """Return the consent as the clerk recorded it."""
        said = self.cleaned_data
        return ConsentGiven(one_line(said["given_by"]), said["means"], said["given_on"])
