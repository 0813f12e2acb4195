"""One field for a code of either kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """A code of the authenticator, or a recovery code; spaces do not matter."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "characters"}),
        error_messages={"required": _("Type the code that the authenticator shows.")},
    )

    def __init__(self, *args: Any, first: bool = False, **kwargs: Any) -> None:
        """Of a first code only the digits are asked for; later a recovery code does too."""
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The six digits that it shows now") if first else _("Six digits, or a recovery code")

    def refuse(self) -> None:
        """Say that the code is none."""
        self.add_error("code", _("This code is wrong, over, or used already. Wait for the next one and type that."))
