"""The forms of somebody who proves a number: the number, then the six digits that were sent to it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints import phones

from .fields import Words


class NumberForm(forms.Form):
    """A mobile number."""

    phone = Words(
        label=_("Mobile number"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Enter your mobile number")},
    )

    def clean_phone(self) -> str:
        """Return the number as E.164."""
        try:
            return phones.mobile(str(self.cleaned_data["phone"]))
        except phones.NotAPhoneNumber as error:
            raise forms.ValidationError(gettext("Enter a mobile number, 11 digits")) from error


class CodeForm(forms.Form):
    """The code that was sent to it."""

    code = Words(
        label=_("Six-digit code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Enter the six digits of the text message")},
    )
