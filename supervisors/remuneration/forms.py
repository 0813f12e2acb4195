"""Forms of remuneration. Amounts are typed in yuan and kept in fen."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from supervisors.forms import AmountField, choice, line
from supervisors.models import Payable, RemunerationRule


class MonthField(forms.DateField):
    """A month, as browsers send it (`2026-09`); gives its first day."""

    def __init__(self, **kwargs: Any) -> None:
        """Show the browser's picker of months where it has one."""
        messages = {"required": _("Choose a month."), "invalid": _("Write the month like 2026-09.")}
        widget = forms.DateInput(attrs={"type": "month", "class": "w-short"}, format="%Y-%m")
        super().__init__(widget=widget, input_formats=["%Y-%m"], error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> date | None:
        """Take the first day."""
        found = super().to_python(value)
        return found.replace(day=1) if found else None


class RuleForm(forms.Form):
    """What is paid from a month on."""

    since = MonthField(
        label=_("From which month on?"),
        help_text=_("A month that was approved already is corrected by the next run."),
    )
    monthly_fen = AmountField(least_fen=0, label=_("A month, in yuan"), help_text=_("0 where nothing is paid."))
    allowance_fen = AmountField(least_fen=0, label=_("Allowance for transport and telephone a month, in yuan"))
    duty_day_fen = AmountField(least_fen=0, label=_("For each duty day that was confirmed, in yuan"))
    inspection_fen = AmountField(least_fen=0, label=_("For each inspection that was closed, in yuan"))
    proration = choice(
        RemunerationRule.Proration.choices,
        label=_("Who served a part of a month gets the monthly amounts"),
    )
    basis = line(200, label=_("Document on which it rests"), help_text=_("Its number and clause."))


class RunForm(forms.Form):
    """Which month is computed."""

    month = MonthField(label=pgettext_lazy("remuneration", "Month"))


class VersionForm(forms.Form):
    """The version of the run that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class AdjustForm(forms.Form):
    """An amount added to a statement, or taken off it."""

    way = choice([("add", _("Add")), ("take", _("Take off"))], label=_("What is to be done?"))
    amount = AmountField(label=_("Amount in yuan"))
    reason = line(300, label=_("Reason"), help_text=_("The supervisor reads it on the statement."))

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        said = self.cleaned_data
        return {"amount_fen": said["amount"] * (1 if said["way"] == "add" else -1), "reason": said["reason"]}


class AccountForm(forms.Form):
    """How a supervisor wants to be paid."""

    means = choice(Payable.Means.choices, label=_("How do you want to be paid?"))
    holder = line(
        80, required=False, label=_("Account holder"), help_text=_("For a bank transfer: the own name, as it stands on the card")
    )
    bank = line(100, required=False, label=_("Bank and branch"), help_text=_("For a bank transfer, such as “Qinghe branch of …”"))
    account = forms.CharField(
        max_length=60,
        required=False,
        label=_("Account number"),
        help_text=_("For a bank transfer; blanks do not matter"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    consent = forms.BooleanField(
        required=False,
        label=_("The office may keep this account for paying my remuneration, sealed"),
        help_text=_("Only finance sees it, for the transfer. Needed for a bank transfer."),
    )

    def clean(self) -> dict[str, Any]:
        """A bank transfer needs the consent; what the account lacks the action says."""
        cleaned = super().clean() or {}
        if cleaned.get("means") == Payable.Means.BANK and not cleaned.pop("consent", False):
            self.add_error("consent", _("Without consent the account may not be kept. Agree, or choose cash."))
        cleaned.pop("consent", None)
        return cleaned
