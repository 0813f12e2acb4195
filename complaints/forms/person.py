"""The questions about the person who files: real name or not, contact, the code on the phone, consent, the last check."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints import disclosures, phones, privacy
from complaints.labels import Worded
from complaints.models import Complainant, Disclosure, Identity
from complaints.wording import one_line

from .base import StepForm
from .fields import Words

_PERSON = Complainant.Kind.PERSON
_ORGANISATION = Complainant.Kind.ORGANISATION
_SHORTEST_NAME = 2


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
            gettext("Yes, with my real name"),
            hint=gettext(
                "Only this office sees it. You are told of every step and always get an answer. We confirm your mobile number."
            ),
        )
        nameless = Worded(
            gettext("No, anonymously"),
            hint=gettext(
                "It is looked into all the same. We cannot tell you anything or ask you anything: "
                "you follow it with the query code alone."
            ),
        )
        self.fields["identity"].choices = [(str(Identity.REAL_NAME), named), (str(Identity.ANONYMOUS), nameless)]  # type: ignore[attr-defined]


class ContactForm(StepForm):
    """Name, number and how to be told."""

    kind = forms.ChoiceField(
        label=_("For whom do you file?"),
        choices=[(_PERSON.value, _("For myself")), (_ORGANISATION.value, _("For a company or organisation"))],
        initial=_PERSON.value,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for whom you file")},
    )
    organisation = Words(label=_("Name of the company or organisation"), max_length=100, required=False)
    name = Words(
        label=_("Your name"),
        help_text=_("As in your identity document"),
        min_length=_SHORTEST_NAME,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name"), "min_length": _("Enter your full name")},
    )
    phone = Words(
        label=_("Mobile number"),
        help_text=_("We send a six-digit code to this number"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Enter your mobile number")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=120,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Enter an e-mail address like name@example.com")},
    )
    notify = forms.MultipleChoiceField(
        label=_("How shall we tell you?"),
        help_text=_("Messages never say what it is about"),
        choices=[("sms", _("By text message")), ("email", _("By e-mail"))],
        initial=["sms"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one way to be told")},
    )

    def clean_name(self) -> str:
        """Keep the name on one line; characters that cannot be seen are no name."""
        name = one_line(str(self.cleaned_data["name"]))
        if len(name) < _SHORTEST_NAME:
            raise forms.ValidationError(self.fields["name"].error_messages["min_length"])
        return name

    def clean_phone(self) -> str:
        """Return the number as E.164."""
        try:
            return phones.mobile(str(self.cleaned_data["phone"]))
        except phones.NotAPhoneNumber as error:
            raise forms.ValidationError(gettext("Enter a mobile number, 11 digits")) from error

    def clean(self) -> dict[str, Any]:
        """A company has a name; e-mails need an address."""
        said = self.cleaned_data
        if said.get("kind") == _ORGANISATION and not said.get("organisation"):
            self.add_error("organisation", gettext("Enter the name of the company or organisation"))
        if said.get("kind") == _PERSON:
            said["organisation"] = ""
        if "email" in said.get("notify", []) and not said.get("email") and "email" not in self.errors:
            self.add_error("email", gettext("Enter an e-mail address, or choose text messages only"))
        return said


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
