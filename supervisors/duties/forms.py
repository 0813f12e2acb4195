"""Forms of duties, tasks and quotas."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from supervisors.forms import AgencyField, choice, day, line, number, text
from supervisors.models import DutyLog, Interest, Quota, Task
from supervisors.models.roster import Kind

from .periods import Period


class DutyForm(forms.Form):
    """One duty of one day; what was entered last is suggested, so that it takes three taps."""

    kind = choice(DutyLog.Kind.choices, label=gettext_lazy("What did you do?"))
    day = day(label=pgettext_lazy("duty", "Day"))
    hours = forms.DecimalField(
        label=gettext_lazy("Hours"),
        min_value=Decimal("0.5"),
        max_value=24,
        max_digits=3,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.5", "class": "w-short"}),
        error_messages={"required": gettext_lazy("Write a number.")},
    )
    place = line(label=gettext_lazy("Where?"))
    what = text(2, most=1000, required=False, label=gettext_lazy("What was it about?"))


class TaskForm(forms.Form):
    """A task for one supervisor."""

    kind = choice(Task.Kind.choices, label=gettext_lazy("What sort of task?"), initial=Task.Kind.TASK)
    title = line(label=gettext_lazy("Title"))
    text = text(4, most=2000, required=False, label=gettext_lazy("What is to be done?"))
    due_on = day(label=gettext_lazy("By when?"))


class TaskDoneForm(forms.Form):
    """What came of a task."""

    note = text(3, most=1000, required=False, label=gettext_lazy("What came of it?"))


class RefuseForm(forms.Form):
    """Why a duty is not confirmed."""

    reason = text(label=gettext_lazy("Reason"), help_text=gettext_lazy("The supervisor reads it and can enter the day anew."))


class QuotaForm(forms.Form):
    """How much is expected, from which day on."""

    kind = choice(Kind.choices, label=gettext_lazy("For whom?"))
    what = choice(label=gettext_lazy("Of what?"))
    amount = number(100, label=gettext_lazy("How many?"), help_text=gettext_lazy("0: nothing is expected any more."))
    period = choice(Period.choices, label=gettext_lazy("In each"))
    valid_from = day(label=gettext_lazy("From which day on?"))
    basis = line(200, label=gettext_lazy("Basis"))

    def __init__(self, *args: Any, countable: list[str], **kwargs: Any) -> None:
        """Offer what can be counted."""
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [one for one in Quota.What.choices if one[0] in countable]  # type: ignore[attr-defined]


class InterestForm(forms.Form):
    """An agency and what ties one to it."""

    agency = AgencyField(label=gettext_lazy("Agency"))
    relation = choice(Interest.Relation.choices, label=gettext_lazy("What ties you to it?"))
