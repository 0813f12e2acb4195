"""Which period is asked for: one from the list, or two days."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from . import periods
from .periods import Period
from .tables import TABLES
from .wording import period_name


class PeriodField(forms.ChoiceField):
    """A period by its code; any that has begun, also one that is not in the list."""

    def valid_value(self, value: Any) -> bool:
        """Tell whether the code names a period."""
        return periods.parse(str(value)) is not None


class PeriodForm(forms.Form):
    """A year, a quarter or a month; or the first and the last day, which then count."""

    period = PeriodField(
        label=gettext_lazy("Period"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a period of the list.")},
    )
    first = forms.DateField(label=pgettext_lazy("period", "From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=pgettext_lazy("period", "Up to"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, *, today: date) -> None:
        """Offer the latest periods, and the one asked for if it is older."""
        self.today = today
        super().__init__(data if any(data.get(name) for name in self.base_fields) else {"period": periods.year_of(today).code})
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        years, quarters, months = periods.offered(today)
        groups: list[tuple[str, list[tuple[str, str]]]] = [
            (_("Years"), _choices(years)),
            (_("Quarters"), _choices(quarters)),
            (_("Months"), _choices(months)),
        ]
        asked = periods.parse(str(self.data.get("period", "")))
        older = [asked] if asked and asked not in [*years, *quarters, *months] else []
        span = [("", _("Days of your choice"))] if self.data.get("first") or self.data.get("last") else []
        field.choices = [*span, *groups, *([(_("Older"), _choices(older))] if older else [])]

    def clean(self) -> dict[str, Any]:
        """Two days make a period in their order only, and one that has begun."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if (first is None) != (last is None) and not self.errors:
            self.add_error("last" if last is None else "first", _("Give both days, the first and the last."))
        if first and last:
            self._check_span(first, last)
        chosen = periods.parse(cleaned.get("period") or "")
        if chosen and not first and not chosen.has_begun(self.today):
            self.add_error("period", _("This period has not begun yet."))
        return cleaned

    def _check_span(self, first: date, last: date) -> None:
        if last < first:
            self.add_error("last", _("This day comes before the first day of the span."))
        elif first > self.today:
            self.add_error("first", _("This period has not begun yet."))
        elif first.year < periods.FIRST_YEAR or (last - first).days >= periods.MOST_DAYS:
            self.add_error("first", _("Choose at most six years, from 2000 on."))

    @property
    def chosen(self) -> Period:
        """The period asked for, whole; this year when what was asked for makes no sense."""
        if not self.is_valid():
            return periods.year_of(self.today)
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        if first and last:
            return periods.span(first, last)
        return periods.parse(self.cleaned_data["period"]) or periods.year_of(self.today)

    @property
    def query(self) -> dict[str, str]:
        """What names the period in an address."""
        period = self.chosen
        return {"period": period.code} if period.code else {"first": str(period.first), "last": str(period.last)}


class MonthForm(forms.Form):
    """A month that is over."""

    month = PeriodField(
        label=pgettext_lazy("column", "Month"), error_messages={"invalid_choice": gettext_lazy("Choose a month of the list.")}
    )

    def __init__(self, data: Any, *, today: date) -> None:
        """Offer the last three years."""
        self.today = today
        self.last = periods.past_months(today, number=1)[0]
        super().__init__(data if data.get("month") else {"month": self.last.code})
        field = self.fields["month"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        months = periods.past_months(today, number=36)
        asked = periods.parse(str(self.data.get("month", "")))
        older = [asked] if asked and asked.kind == "month" and asked.last < months[-1].first else []
        field.choices = _choices([*months, *older])

    def clean_month(self) -> str:
        """A report is made of a whole month."""
        code = str(self.cleaned_data["month"])
        period = periods.parse(code)
        if period is None or period.kind != "month":
            raise forms.ValidationError(_("Choose a month of the list."))
        if period.last >= self.today:
            raise forms.ValidationError(_("This month is not over yet, so there is no report of it."))
        return code

    @property
    def chosen(self) -> Period:
        """The month asked for; the last one when what was asked for makes no sense."""
        return (periods.parse(self.cleaned_data["month"]) if self.is_valid() else None) or self.last


class TableForm(forms.Form):
    """Which table is taken away."""

    table = forms.ChoiceField(choices=[(code, code) for code in TABLES])


def _choices(found: Iterable[Period]) -> list[tuple[str, str]]:
    return [(one.code, period_name(one)) for one in found]
