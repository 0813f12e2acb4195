"""The questions about the person who files: real name or not, the code on the phone, consent, the last check."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints import disclosures, privacy
from complaints.labels import Worded
from complaints.models import Disclosure, Identity, Kind

from .base import StepForm
from .fields import Words

_NAMED: Mapping[str, str | Promise] = {
    Kind.COMPLAINT: _(
        "Only this office sees it. You are told of every step and always get an answer. We make sure that it is you."
    ),
    Kind.REPORT: _(
        "Only this office sees it, and it stays secret. You are told of every step and get an answer, and can claim a reward. "
        "We make sure that it is you."
    ),
    Kind.TIP: _("Only this office sees it, and can ask you if something is unclear. We make sure that it is you."),
}


class IdentityForm(StepForm):
    """Real name or anonymous, each with what it means."""

    identity = forms.ChoiceField(
        label=_("Do you want to give your name?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether to give your name")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what follows from each choice."""
        super().__init__(*args, **kwargs)
        named = Worded(
            gettext("Yes, with my real name"), hint=str(_NAMED.get(self.answers.first("kind", "kind"), _NAMED[Kind.COMPLAINT]))
        )
        nameless = Worded(
            gettext("No, anonymously"),
            hint=gettext(
                "It is looked into all the same. We cannot tell you anything or ask you anything: "
                "you follow it with the query code alone."
            ),
        )
        self.fields["identity"].choices = [(str(Identity.REAL_NAME), named), (str(Identity.ANONYMOUS), nameless)]  # type: ignore[attr-defined]


class PhoneForm(StepForm):
    """The code that was sent to the phone."""

    code = Words(
        label=_("Six-digit code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Enter the six digits of the text message")},
    )


class DisclosureForm(StepForm):
    """What the agency may learn; nothing unless ticked, and only for the agency that was shown."""

    for_agency = forms.CharField(widget=forms.HiddenInput, max_length=20)
    disclose = forms.MultipleChoiceField(
        label=_("What may the agency learn from us?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say for each box what the agency cannot do without it."""
        super().__init__(*args, **kwargs)
        self.agency_pk = self.answers.first("about", "agency")
        self.fields["disclose"].choices = disclosures.choices(Disclosure.values)  # type: ignore[attr-defined]

    def clean_for_agency(self) -> str:
        """Refuse consent that was given for another agency."""
        if self.cleaned_data["for_agency"] != self.agency_pk:
            raise forms.ValidationError(gettext("You have chosen another agency since. Please decide again"))
        return self.agency_pk


class CheckForm(StepForm):
    """The last look before submitting."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    truthful = forms.BooleanField(
        label=_("What I wrote is true, and I stand by it"),
        help_text=_("An honest mistake does no harm. Whoever invents facts to harm somebody is answerable under the law."),
        error_messages={"required": _("Confirm that what you wrote is true")},
    )
    privacy = forms.BooleanField(
        label=_("I agree that my personal information is used as the privacy notice says"),
        error_messages={"required": _("Read the privacy notice and agree, or call the hotline to complain without this website")},
    )
    privacy_version = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask again when the notice was changed after the page was made."""
        said = self.cleaned_data
        if said.get("privacy") and said.get("privacy_version") != privacy.VERSION:
            self.add_error("privacy", gettext("The privacy notice was changed meanwhile. Read it again before you agree"))
        return said
