"""The sign-in form."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User name and password; the error never tells which of the two was wrong."""

    error_messages = {
        "invalid_login": _(
            "The user name or the password is wrong. After five wrong tries the account is locked for 15 minutes."
        ),
        "inactive": _("The user name or the password is wrong. After five wrong tries the account is locked for 15 minutes."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Label the fields in the portal's words."""
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["username"].widget.attrs.update({"autocomplete": "username", "autocapitalize": "none"})
        self.fields["username"].widget.attrs.pop("autofocus", None)
        self.fields["password"].label = _("Password")
