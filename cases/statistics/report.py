"""The monthly report: sentences, the month beside other months, the limits missed by most, the agencies in order."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from cases.models import Case, Deadline
from cases.workflow import Step
from complaints.labels import agency_name
from core import calendars
from core.clock import day_of, midnight

from . import charts, figures, links, measures, periods, reading, sentences, tables, wording
from .charts import Chart
from .figures import Figures
from .periods import Period
from .tables import Cell, Row, Shown, Table

MOST_LATE = 10
_SURELY = 5  # holidays let a limit that is later by the clock be less late in working days, so more are looked at
_DRAWN = ("received", "completed")
_LIMITS = (Step.FINISH, Step.RECEIVE, Step.ACCEPT, Step.FEEDBACK)


@dataclass(frozen=True)
class LateCase:
    """A limit that ran out in the month; `met_on` is missing while it is still not met."""

    pk: int
    number: str
    agency: str
    step: str
    due_on: date
    met_on: date | None
    working_days: int


@dataclass(frozen=True)
class Report:
    """Everything in the report of a month."""

    name: str
    number: int
    year: int
    days: str
    counted_at: datetime | None
    is_empty: bool
    sentences: list[str]
    open_sentence: str
    chart: Chart | None
    twelve: Table
    tables: list[Table]
    late: list[LateCase]
    league: Table


def report(user: User, month: Period, today: date) -> Report:
    """Return the report of a month that is over."""
    counted_at = figures.counted_at()
    shown = reading.shown(user, month, today)
    chart, twelve = twelve_months(user, month)
    return Report(
        name=wording.period_name(month),
        number=month.first.month,
        year=month.first.year,
        days=wording.days_of(month),
        counted_at=counted_at,
        is_empty=shown.figures.is_empty,
        sentences=sentences.of(shown),
        open_sentence=sentences.open_sentence(shown),
        chart=chart,
        twelve=twelve,
        tables=[
            compared(user, shown, today),
            *(make(shown) for make in (tables.limits, tables.findings, tables.ratings, tables.categories, tables.channels)),
        ],
        late=late_cases(user, month, today),
        league=tables.league(shown),
    )


def twelve_months(user: User, month: Period) -> tuple[Chart | None, Table]:
    """Return the twelve months up to this one: drawn, and as a table with a column for each."""
    months = [month, *periods.past_months(month.first, number=11)][::-1]
    found = figures.read(user, periods.span(months[0].first, month.last))
    counts = [found.within(one) for one in months]
    names = [str(tables.MEASURES[measure]) for measure in _DRAWN]
    first, second = ([one[measure] for one in counts] for measure in _DRAWN)
    rows = [
        Row(name, [_linked(number, measure, one) for number, one in zip(numbers, months, strict=True)])
        for name, measure, numbers in zip(names, _DRAWN, (first, second), strict=True)
    ]
    labels = [wording.short_name(one) for one in months]
    headings = [(pgettext("column", "What"), ""), *((label, "number") for label in labels)]
    table = Table("twelve", _("Twelve months"), "", headings, rows)
    return charts.draw((names[0], names[1]), (first, second), labels), table


def _linked(number: int, measure: str, period: Period) -> Cell:
    return Cell(wording.number(number), links.to_cases(measure, period) if number else "")


def compared(user: User, shown: Shown, today: date) -> Table:
    """The month beside the month before, the same month of the year before, and the year until its end."""
    year_before = periods.year_before(shown.period)
    so_far = periods.span(periods.year_of(shown.period.first).first, shown.period.last)
    then, year = figures.read(user, year_before), figures.read(user, so_far)
    columns = [
        (shown.figures, shown.period),
        (shown.figures_before, shown.period_before),
        (then, year_before),
        (year, so_far),
    ]
    rows = [_row(shown, str(words), measure, columns) for measure, words in tables.MEASURES.items()]
    rows += [
        _shares(pgettext("share", "Finished in time"), [measures.kept_share(one.whole, Step.FINISH) for one, _period in columns]),
        _shares(_("Upheld, wholly or partly"), [measures.upheld_share(one.whole) for one, _period in columns]),
        _shares(_("Satisfied or fairly satisfied"), [measures.satisfied_share(one.whole) for one, _period in columns]),
    ]
    names = (
        _("This month"),
        _("Month before"),
        pgettext("column", "Change"),
        _("A year before"),
        pgettext("column", "Change"),
        _("This year so far"),
    )
    headings = [(pgettext("column", "What"), ""), *((name, "number") for name in names)]
    return Table("compared", _("The month at a glance"), "", headings, rows)


def _row(shown: Shown, words: str, measure: str, columns: list[tuple[Figures, Period]]) -> Row:
    now, before, year_before, year = (shown.count(one.whole, measure, period=period) for one, period in columns)
    values = [one.whole[measure] for one, _period in columns]
    change = [Cell(wording.change(values[0], values[place])) for place in (1, 2)]
    return Row(words, [now, before, change[0], year_before, change[1], year])


def _shares(words: str, values: list[float | None]) -> Row:
    now, before, year_before, year = (Cell(wording.percent(value)) for value in values)
    change = [Cell(wording.points(values[0], values[place])) for place in (1, 2)]
    return Row(words, [now, before, change[0], year_before, change[1], year])


def late_cases(user: User, month: Period, today: date) -> list[LateCase]:
    """Return the limits that ran out in the month and were missed by most, the latest first; by number, without their titles."""
    limits = Deadline.objects.filter(step__in=_LIMITS, case__in=Case.objects.visible_to(user))
    late = limits.missed(month.first, month.last, today).select_related("case__agency", "case__respondent_agency")
    over = Coalesce("closed_at", Value(midnight(today)))
    rows = late.annotate(over=over - F("due_at")).order_by("-over", "pk")[: MOST_LATE * _SURELY]
    return sorted((_late(row, today) for row in rows), key=lambda one: -one.working_days)[:MOST_LATE]


def _late(limit: Deadline, today: date) -> LateCase:
    met_on = day_of(limit.closed_at) if limit.closed_at else None
    agency = limit.case.agency or limit.case.respondent_agency
    return LateCase(
        pk=limit.case_id,
        number=limit.case.number,
        agency=agency_name(agency) if agency else "",
        step=str(Step(limit.step).label),
        due_on=limit.due_on,
        met_on=met_on,
        working_days=calendars.work_calendar().count(limit.due_on, met_on or today),
    )
