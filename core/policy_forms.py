"""The form in which an administrator enters a deadline policy, with what makes no sense told beside its field."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from . import clock
from .models import DeadlinePolicy

LONGEST = 3660  # ten years of days; a longer limit is a slip of the finger
# What decides on which day a limit ends.
COUNTS = ("step", "case_class", "length", "unit", "rolls", "valid_from")


def is_in_force(policy: DeadlinePolicy, today: date) -> bool:
    """Tell whether limits may have begun under a policy that is kept."""
    return policy.valid_from <= today


class PolicyForm(forms.ModelForm[DeadlinePolicy]):
    """A policy as it is typed."""

    class Meta:
        model = DeadlinePolicy
        fields = "__all__"  # noqa: DJ007 administrators edit every column of this table

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say of which step alone more time can be asked for (docs/adr/0018)."""
        super().__init__(*args, **kwargs)
        self.fields["extensions"].help_text = _("More time can be asked for to finish the matter; other steps have none.")

    def clean_length(self) -> int:
        """A limit has at least one day, and ends within ten years."""
        length: int = self.cleaned_data["length"]
        if not 1 <= length <= LONGEST:
            raise forms.ValidationError(_("Write a length from 1 to %(longest)d.") % {"longest": LONGEST})
        return length

    def clean_valid_from(self) -> date:
        """A policy never holds for days gone by: receipts and sums that people hold would not be true any more."""
        day: date = self.cleaned_data["valid_from"]
        if day < clock.today():
            raise forms.ValidationError(_("This day is past. A policy holds from today or from a later day on."))
        return day

    def clean_ladder(self) -> list[int]:
        """Reminders lie on the last day or before it, each once; those of late days need no entry."""
        ladder: list[int] = self.cleaned_data["ladder"]
        if any(rung > 0 for rung in ladder):
            raise forms.ValidationError(_("Write 0 for the last day and −2 for two before it. Late days always remind."))
        return sorted(set(ladder))

    def clean(self) -> dict[str, Any]:
        """A limit turns yellow before it turns red, and who may extend it is told by how much."""
        cleaned = super().clean() or {}
        yellow, red = cleaned.get("yellow_after"), cleaned.get("red_after")
        if yellow is not None and red is not None and red <= yellow:
            self.add_error("red_after", _("The red card comes after the yellow one: write more than %(n)d.") % {"n": yellow})
        if cleaned.get("extensions") and cleaned.get("extension_length") == 0:
            self.add_error("extension_length", _("Write how long an extension is at most, or allow none."))
        return cleaned
