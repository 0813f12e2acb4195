"""The forms by which money is granted, sent, answered for, handed out and asked back."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import files
from core.files import Examined, FileRefused
from supervisors.forms import AmountField
from supervisors.models import Budget

_SHORT = 120


def _text(label: Any, hint: Any = "", *, longest: int = _SHORT, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=longest, error_messages={"required": _("Fill this in.")}, **kwargs
    )


class OpenForm(forms.Form):
    """A year's budget."""

    kind = forms.ChoiceField(label=_("Which budget?"), choices=Budget.Kind.choices, widget=forms.RadioSelect)
    year = forms.IntegerField(
        label=pgettext_lazy("budget", "Year"), min_value=2000, max_value=2100, widget=forms.TextInput(attrs={"class": "w-short"})
    )
    amount_fen = AmountField(label=_("Granted, in yuan"))
    basis = _text(_("Document that grants it"), _("Its number and date, as it stands in the file."))


class ChangeForm(forms.Form):
    """A further grant or a cut."""

    token = forms.UUIDField(widget=forms.HiddenInput)  # sent twice, it is booked once
    move = forms.ChoiceField(
        label=_("What has happened?"),
        choices=[("grant", _("More was granted")), ("cut", _("The budget was cut"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    amount_fen = AmountField(label=pgettext_lazy("column", "Amount in yuan"))
    basis = _text(_("Document"), _("Its number, as it stands in the file."))
    dated = forms.DateField(
        label=_("Date of the document"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Write the date."), "invalid": _("Write the date.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the page a token of its own."""
        super().__init__(*args, **{"initial": {"token": uuid4()}} | kwargs)


class ChosenForm(forms.Form):
    """Which amounts go into a batch."""

    everything = forms.BooleanField(required=False)
    chosen = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take any id: the action finds out which of them are ready."""
        super().__init__(*args, **kwargs)
        self.fields["chosen"].valid_value = lambda value: str(value).isdecimal() and len(str(value)) < 19  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Want at least one."""
        if not self.cleaned_data.get("everything") and not self.cleaned_data.get("chosen"):
            raise forms.ValidationError(_("Tick the amounts that go into the batch."))
        return self.cleaned_data


class ConfirmForm(forms.Form):
    """Nothing but yes."""


class ReasonForm(forms.Form):
    """Why."""

    reason = _text(_("Reason"), _("Name nobody: auditors and leaders read it."))


class AnswerForm(forms.Form):
    """The bank's file."""

    file = forms.FileField(
        label=_("The bank's file"),
        help_text=_("XLSX or CSV, with the columns of the file that you sent."),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )


class OutcomeForm(forms.Form):
    """What the bank says of one payment."""

    outcome = forms.ChoiceField(
        label=_("What does the bank say?"),
        choices=[("arrived", _("Paid out")), ("back", _("Came back"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    amount_fen = AmountField(label=_("Amount on the bank's slip, in yuan"))
    reason = _text(_("Why it came back"), _("As the bank says it, without names or numbers."), required=False)

    def clean(self) -> dict[str, Any]:
        """What came back has a reason."""
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == "back" and not cleaned.get("reason"):
            self.add_error("reason", _("Fill this in."))
        return cleaned


class CashForm(forms.Form):
    """The signed voucher."""

    shown = forms.BooleanField(
        label=_("The claim code, or the supervisor's card, was shown, and the voucher was signed before my eyes"),
        error_messages={"required": _("Have the claim code, or the supervisor's card, shown and the voucher signed first.")},
    )
    scan = forms.FileField(
        label=_("Scan or picture of the signed voucher"),
        widget=forms.FileInput(attrs={"accept": files.ACCEPT}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )

    def clean_scan(self) -> Examined:
        """Check the file as any upload."""
        try:
            return files.examine(self.cleaned_data["scan"])
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class DecisionForm(forms.Form):
    """Yes or no."""

    decision = forms.ChoiceField(
        label=_("Is the money asked back?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
