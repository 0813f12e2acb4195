"""The forms of the choice of excellent cases."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cases.ends.forms import text
from cases.forms import VersionedForm
from cases.models import Criterion
from cases.models.excellence import MOST_POINTS
from cases.quality.forms import PlainForm

from .criteria import words_of


class NominateForm(VersionedForm):
    """For which year, what the case was, and why it is excellent."""

    year = forms.TypedChoiceField(
        label=pgettext_lazy("nomination", "Year"), coerce=int, error_messages={"required": gettext_lazy("Choose a year.")}
    )
    summary = text(
        6,
        label=gettext_lazy("Summary of the case"),
        help_text=gettext_lazy("All that the ranking shows of it. Write what happened and what was done; name nobody."),
        error_messages={"required": gettext_lazy("Write the summary.")},
    )
    reason = text(
        4,
        label=gettext_lazy("Why is it excellent?"),
        help_text=gettext_lazy("What others can learn from it. Name nobody."),
        error_messages={"required": gettext_lazy("Write why.")},
    )

    def __init__(self, *args: Any, years: Sequence[int], summary: str, **kwargs: Any) -> None:
        """Offer the years, and begin the summary."""
        super().__init__(*args, initial={"year": years[0], "summary": summary}, **kwargs)
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        field.choices = [(str(year), str(year)) for year in years]


class JudgeForm(PlainForm):
    """Points for each criterion of the year, and a word to them."""

    comment = text(3, label=gettext_lazy("A word to your points"), required=False)

    def __init__(self, data: Any = None, *, criteria: Sequence[Criterion]) -> None:
        """Ask for the points of each criterion, in their order."""
        super().__init__(data)
        self._names: Mapping[str, int] = {f"points_{one.pk}": one.pk for one in criteria}
        for one in criteria:
            self.fields[f"points_{one.pk}"] = _points(one)
        self.order_fields([*self._names, "comment"])

    def arguments(self) -> dict[str, Any]:
        """Return the points by the criterion's id."""
        given = self.cleaned_data
        return {"points": {pk: given[name] for name, pk in self._names.items()}, "comment": given["comment"]}


class ChooseForm(PlainForm):
    """Why the case is chosen."""

    reason = text(
        4,
        label=gettext_lazy("Why is it chosen?"),
        help_text=gettext_lazy("Stands beside the case in the ranking. Name nobody."),
        error_messages={"required": gettext_lazy("Write why.")},
    )


def _points(criterion: Criterion) -> forms.IntegerField:
    title, question = words_of(criterion)
    hint = _("0 to 100; counts %(weight)d of 100.") % {"weight": criterion.weight}
    if question:
        hint = pgettext("two sentences", "%(first)s %(second)s") % {"first": question, "second": hint}
    wrong = gettext_lazy("Write a number from 0 to 100.")
    return forms.IntegerField(
        label=title,
        help_text=hint,
        min_value=0,
        max_value=MOST_POINTS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "w-short"}),
        error_messages={"required": wrong, "invalid": wrong, "min_value": wrong, "max_value": wrong},
    )
