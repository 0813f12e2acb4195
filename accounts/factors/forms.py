"""A code of either kind or the answer of a passkey; and the name of a new passkey."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .passkeys.protocol import LONGEST_ANSWER


def _answer() -> forms.CharField:
    """What the browser's script puts in; nobody types it."""
    return forms.CharField(required=False, max_length=LONGEST_ANSWER, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """A code of the authenticator, or a recovery code, in which spaces do not matter; or what a passkey has signed."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "characters"}),
    )
    answer = _answer()

    def __init__(self, *args: Any, first: bool = False, **kwargs: Any) -> None:
        """Of a first code only the digits are asked for; later a recovery code does too."""
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The six digits that it shows now") if first else _("Six digits, or a recovery code")

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        told = super().clean() or self.cleaned_data
        if not told.get("code") and not told.get("answer") and not self.errors:
            self.add_error("code", _("Type the code that the authenticator shows."))
        return told

    def refuse(self) -> None:
        """Say that the code is none."""
        if self.cleaned_data.get("answer"):
            self.add_error("code", _("The passkey was not accepted. Try once more, or type a code."))
        else:
            self.add_error("code", _("This code is wrong, over, or used already. Wait for the next one and type that."))


class PasskeyForm(forms.Form):
    """What a person calls a new passkey, and what the browser says about it."""

    name = forms.CharField(
        label=_("Name of this passkey"),
        help_text=_("So that you know it again: office computer, own phone."),
        max_length=40,
        error_messages={"required": _("Give it a name by which you know it again.")},
    )
    answer = _answer()

    def clean(self) -> dict[str, Any]:
        """Without an answer the script did not run, or the person gave up."""
        told = super().clean() or self.cleaned_data
        if "name" in told and not told.get("answer"):
            self.refuse()
        return told

    def refuse(self, words: Any = None) -> None:
        """Say what went wrong beside the only field."""
        self.add_error("name", words or _("The passkey was not made. Try once more; without one, an authenticator does as well."))
