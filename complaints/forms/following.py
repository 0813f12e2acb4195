"""The forms of somebody who comes back: number and code, resume code, rating, messages, more evidence, withdrawal."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models import Satisfaction

from .fields import FILES_HINT, FilesField, Words

_CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class TrackForm(forms.Form):
    """Tracking number and query code."""

    number = Words(
        label=_("Number"),
        help_text=_("Like 2026-0417, on your receipt"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        error_messages={"required": _("Enter the number on your receipt")},
    )
    code = Words(
        label=_("Query code"),
        help_text=_("Eight letters and figures, like 7K4M-29XP"),
        max_length=30,
        widget=forms.TextInput(attrs=_CODE),
        error_messages={"required": _("Enter the query code on your receipt")},
    )


class ResumeForm(forms.Form):
    """The resume code of a draft."""

    code = Words(
        label=_("Resume code"),
        help_text=_("Eight letters and figures, like 4F7Q-82MD"),
        max_length=30,
        widget=forms.TextInput(attrs=_CODE),
        error_messages={"required": _("Enter the resume code you wrote down")},
    )


class RatingForm(forms.Form):
    """How content the complainant is with the outcome."""

    satisfaction = forms.ChoiceField(
        label=_("How satisfied are you with the outcome?"),
        choices=Satisfaction.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three")},
    )
    reason = Words(
        label=_("Why?"),
        help_text=_("Needed when you are dissatisfied: what was not dealt with, or dealt with wrongly"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("This is longer than 1,000 characters. Shorten it")},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a dissatisfied person."""
        said = self.cleaned_data
        if said.get("satisfaction") == Satisfaction.DISSATISFIED and not said.get("reason") and "reason" not in self.errors:
            self.add_error("reason", gettext("Write why you are dissatisfied, so that we know what to look at again"))
        return said


class MessageForm(forms.Form):
    """A message to the other side. The token of the page makes sure that sending twice writes once."""

    text = Words(
        label=_("Write to the office"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write your message"),
            "max_length": _("This is longer than 2,000 characters. Shorten it or send it in two parts"),
        },
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the page a token."""
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = secrets.token_hex(16)


class SupplementForm(forms.Form):
    """More evidence."""

    uploads = FilesField(
        label=_("Choose files"),
        help_text=FILES_HINT,
    )

    def clean_uploads(self) -> Any:
        """Ask for at least one file."""
        uploads = self.cleaned_data["uploads"]
        if not uploads:
            raise forms.ValidationError(gettext("Choose at least one file"))
        return uploads


class WithdrawForm(forms.Form):
    """Why the complaint is withdrawn, if the complainant wants to say so."""

    reason = Words(
        label=_("Why do you withdraw?"),
        help_text=_("If somebody has pressed you, call us instead of withdrawing"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("This is longer than 1,000 characters. Shorten it")},
    )
