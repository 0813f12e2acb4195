"""The question how the filer is reached: name, how it is made sure that it is he, address, and who files along."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc as credit_codes
from stdnum.exceptions import ValidationError as NotACode

from complaints import phones
from complaints.filing import MOST_REPRESENTATIVES, Cosigner
from complaints.labels import Worded
from complaints.models import Complainant
from complaints.wording import one_line

from .base import StepForm
from .fields import EmailAddress, PostalAddress, Words

BY_CODE, BY_CALL, IN_PERSON = "code", "call_back", "in_person"
MOST_SIGNERS = 9999
SHORTEST_NAME = 2
_PERSON = Complainant.Kind.PERSON
_ORGANISATION = Complainant.Kind.ORGANISATION
_PLACES = range(1, MOST_REPRESENTATIVES + 1)


class CreditCode(Words):
    """A unified social credit code (GB 32100), checked by its check character; it may stay empty."""

    def __init__(self, **words: Any) -> None:
        """Take it in groups and in full width, as it is copied from a licence."""
        super().__init__(max_length=40, required=False, **words)

    def clean(self, value: Any) -> str:
        """Return the 18 characters, or an empty text."""
        typed = unicodedata.normalize("NFKC", str(super().clean(value)))
        try:
            return credit_codes.validate(typed) if typed else ""
        except NotACode as error:
            raise forms.ValidationError(gettext("This is no unified social credit code. Check its 18 characters")) from error


class SignerCount(forms.IntegerField):
    """How many people file together; empty for one."""

    def __init__(self, **words: Any) -> None:
        """Take any sane number."""
        wrong = _("Write the number of people in figures, for example 12")
        errors = {"invalid": wrong, "min_value": wrong, "max_value": _("Write at most 9,999 here and the number in your text")}
        box = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(min_value=1, max_value=MOST_SIGNERS, required=False, widget=box, error_messages=errors, **words)

    def to_python(self, value: Any) -> int | None:
        """Take full-width figures too."""
        return super().to_python(unicodedata.normalize("NFKC", str(value)) if value not in self.empty_values else value)


class ContactForm(StepForm):
    """Name, how we make sure that it is this person, how to be told, and who files along."""

    kind = forms.ChoiceField(
        label=_("For whom do you file?"),
        choices=[(_PERSON.value, _("For myself")), (_ORGANISATION.value, _("For a company or organisation"))],
        initial=_PERSON.value,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for whom you file")},
    )
    organisation = Words(label=_("Name of the company or organisation"), max_length=100, required=False)
    uscc = CreditCode(
        label=_("Unified social credit code"),
        help_text=_("18 characters, on the business licence"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = Words(
        label=_("Your name"),
        help_text=_("As in your identity document"),
        min_length=SHORTEST_NAME,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name"), "min_length": _("Enter your full name")},
    )
    confirm = forms.ChoiceField(
        label=_("How do we make sure that it is you?"),
        initial=BY_CODE,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose how we make sure that it is you")),
    )
    phone = Words(
        label=_("Mobile number"),
        help_text=_("We send a six-digit code to this number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    landline = Words(
        label=pgettext_lazy("mobile or fixed", "Phone number"),
        help_text=_("A fixed one with its area code; a relative's or a neighbour's will do"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = EmailAddress()
    address = PostalAddress(label=_("Postal address"), help_text=_("If you want answers on paper"))
    notify = forms.MultipleChoiceField(
        label=_("How shall we tell you?"),
        help_text=_("Messages never say what it is about"),
        choices=[("sms", _("By text message")), ("email", _("By e-mail"))],
        initial=["sms"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    signers = SignerCount(label=_("How many are you, with yourself?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what follows from each way, and make room for who signs along."""
        super().__init__(*args, **kwargs)
        self.fields["confirm"].choices = _ways()  # type: ignore[attr-defined]
        for place in _PLACES:
            who = gettext("Representative %(n)d") % {"n": place}
            box = {"autocomplete": "off"}
            self.fields[f"rep_name_{place}"] = Words(
                label=gettext("%(who)s: name") % {"who": who}, max_length=40, required=False, widget=forms.TextInput(attrs=box)
            )
            self.fields[f"rep_phone_{place}"] = Words(
                label=gettext("%(who)s: phone number") % {"who": who},
                max_length=30,
                required=False,
                widget=forms.TextInput(attrs={**box, "inputmode": "tel"}),
            )

    @property
    def ways(self) -> dict[str, Any]:
        """The radio button of each way to make sure, for the template."""
        return {str(row.data["value"]): row for row in self["confirm"].subwidgets}

    @property
    def representatives(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Yield the boxes of each representative."""
        for place in _PLACES:
            yield self[f"rep_name_{place}"], self[f"rep_phone_{place}"]

    @property
    def is_joint(self) -> bool:
        """Whether anything stands in the part about several filers."""
        boxes = [self["signers"], *(box for pair in self.representatives for box in pair)]
        return any(box.value() or box.errors for box in boxes)

    def clean_name(self) -> str:
        """Keep the name on one line; characters that cannot be seen are no name."""
        name = one_line(str(self.cleaned_data["name"]))
        if len(name) < SHORTEST_NAME:
            raise forms.ValidationError(self.fields["name"].error_messages["min_length"])
        return name

    def clean(self) -> dict[str, Any]:
        """A company has a name; each way to make sure has its number; messages need an address; signers are counted."""
        said = self.cleaned_data
        if said.get("kind") == _ORGANISATION and not said.get("organisation"):
            self.add_error("organisation", gettext("Enter the name of the company or organisation"))
        if said.get("kind") == _PERSON:
            self._drop("organisation", "uscc")
        self._clean_way(said)
        if "email" in said.get("notify", []) and not said.get("email") and "email" not in self.errors:
            self.add_error("email", gettext("Enter an e-mail address, or choose text messages only"))
        said["representatives"] = tuple(self._cosigners(said))
        self._count_signers(said)
        return said

    def _clean_way(self, said: dict[str, Any]) -> None:
        """Only a number that a code has confirmed gets text messages."""
        way = said.get("confirm")
        if way == BY_CODE:
            said["phone"] = self._number("phone", phones.mobile, gettext("Enter a mobile number, 11 digits"))
            if not said.get("notify") and "notify" not in self.errors:
                self.add_error("notify", gettext("Choose at least one way to be told"))
            return
        self._drop("phone")
        if way == BY_CALL:
            said["phone"] = self._number(
                "landline", phones.any_number, gettext("Enter a phone number, a fixed one with its area code")
            )
        said["notify"] = [one for one in said.get("notify", []) if one != "sms"]

    def _number(self, name: str, read: Any, wrong: str) -> str:
        typed = str(self.cleaned_data.get(name, ""))
        try:
            return str(read(typed))
        except phones.NotAPhoneNumber:
            if name not in self.errors:
                self.add_error(name, wrong if typed or name != "phone" else gettext("Enter your mobile number"))
            return ""

    def _cosigners(self, said: dict[str, Any]) -> Iterator[Cosigner]:
        """Read the rows that hold something; a number needs its name."""
        for place in _PLACES:
            name, number = one_line(str(said.get(f"rep_name_{place}", ""))), str(said.get(f"rep_phone_{place}", ""))
            if not name and not number:
                continue
            if len(name) < SHORTEST_NAME:
                self.add_error(f"rep_name_{place}", gettext("Enter this representative's full name"))
            try:
                yield Cosigner(name, phones.any_number(number) if number else "")
            except phones.NotAPhoneNumber:
                self.add_error(f"rep_phone_{place}", gettext("This is no phone number. Check the digits, or leave it empty"))

    def _count_signers(self, said: dict[str, Any]) -> None:
        """The main contact and the representatives are among them; without a number, they are all."""
        named = 1 + len(said["representatives"])
        if "signers" in self.errors:
            return
        said["signers"] = said.get("signers") or named
        if said["signers"] < named:
            words = gettext("With yourself and the representatives you are %(n)d already. Check the number")
            self.add_error("signers", words % {"n": named})

    def _drop(self, *names: str) -> None:
        """Take no notice of what stands in boxes that do not belong to the choice made."""
        for name in names:
            self.cleaned_data[name] = ""
            self.errors.pop(name, None)


def _ways() -> list[tuple[str, Worded]]:
    return [
        (BY_CODE, Worded(gettext("By a code to my mobile phone"))),
        (
            BY_CALL,
            Worded(
                gettext("I have no mobile phone: call me back"),
                hint=gettext("We call on a working day and ask for the number of the matter. No text messages are sent."),
            ),
        ),
        (
            IN_PERSON,
            Worded(gettext("I come by in person"), hint=gettext("With your identity document and the number of the matter.")),
        ),
    ]
