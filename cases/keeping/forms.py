"""The form by which an office leader holds a matter."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HoldForm(forms.Form):
    """Why the data must be kept."""

    reason = forms.CharField(
        label=_("Why must it be kept?"),
        help_text=_("For the office only: which court or authority, which file number, until when about."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write why it must be kept.")},
    )
