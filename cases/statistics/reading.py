"""What the page of the statistics shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from agencies.models import Agency
from cases.workflow import Step

from . import charts, figures, links, measures, periods, sentences, wording
from .charts import Chart
from .figures import Figures
from .periods import Period
from .tables import TABLES, Shown, Table


@dataclass(frozen=True)
class Tile:
    """A big number: what it counts, how it was before, where its cases are."""

    value: str
    unit: str
    words: str
    before: str
    url: str = ""


@dataclass(frozen=True)
class Page:
    """Everything on the page; `counted_at` is missing before the counts were made for the first time."""

    name: str
    days: str
    before: str
    counted_at: datetime | None
    is_live: bool
    is_empty: bool
    lead: str
    sentences: list[str]
    tiles: list[Tile]
    chart: Chart | None
    chart_words: str
    tables: list[Table]
    asked: list[tuple[str, str]]


def shown(user: User, period: Period, today: date) -> Shown:
    """Read all that tables are made of; days to come are left out of a period that is not over."""
    before = periods.before(period, today)
    period = period.until(today)
    return Shown(
        period=period,
        figures=figures.read(user, period),
        period_before=before,
        figures_before=figures.read(user, before),
        open=figures.open_now(user, today),
        agencies=list(Agency.objects.for_list()),
    )


def page(user: User, period: Period, query: Mapping[str, str], today: date) -> Page:
    """Return the page about a period."""
    counted_at = figures.counted_at()
    found = shown(user, period, today)
    said = sentences.of(found)
    return Page(
        name=wording.period_name(period),
        days=wording.days_of(found.period),
        before=sentences.before_name(found),
        counted_at=counted_at,
        is_live=not figures.sees_all(user),
        is_empty=found.figures.is_empty,
        lead=wording.joined(*said[:2]),
        sentences=[*said[2:], sentences.open_sentence(found)],
        tiles=_tiles(found),
        chart=course_chart(found),
        chart_words=_chart_words(found),
        tables=[make(found) for make in TABLES.values()],
        asked=list(query.items()),
    )


def course_chart(found: Shown) -> Chart | None:
    """Draw what came in and what was completed over the months, or the days, of the period."""
    parts = periods.parts(found.period)
    counts = [found.figures.within(one) for one in parts]
    series = ([one["received"] for one in counts], [one["completed"] for one in counts])
    names = (pgettext("statistics", "Received"), pgettext("statistics", "Completed"))
    return charts.draw(names, series, _labels(parts))


def _labels(parts: Sequence[Period]) -> list[str]:
    return [wording.short_name(one) for one in parts]


def _chart_words(found: Shown) -> str:
    """What the drawing shows, for who does not see it."""
    words = {name: wording.number(found.figures.whole[name]) for name in ("received", "completed")}
    return _("Received and completed in each part of the period; in all %(received)s received, %(completed)s completed.") % words


def _tiles(found: Shown) -> list[Tile]:
    now, then = found.figures, found.figures_before
    return [
        _number(found, "received", pgettext("statistics", "Received")),
        _number(found, "completed", pgettext("statistics", "Completed")),
        _share(pgettext("share", "Finished in time"), *(measures.kept_share(one.whole, Step.FINISH) for one in (now, then))),
        _share(pgettext("share", "Upheld"), *(measures.upheld_share(one.whole) for one in (now, then))),
        _share(pgettext("statistics", "Satisfied"), *(measures.satisfied_share(one.whole) for one in (now, then))),
        _days(now, then),
    ]


def _number(found: Shown, measure: str, words: str) -> Tile:
    now, then = found.figures.whole[measure], found.figures_before.whole[measure]
    before = _("before %(then)s, %(change)s") % {"then": wording.number(then), "change": wording.change(now, then)}
    url = links.to_cases(measure, found.period) if now else ""
    return Tile(wording.number(now), pgettext("unit after a number", "cases"), words, before, url)


def _share(words: str, now: float | None, then: float | None) -> Tile:
    value, unit = (wording.NOTHING, "") if now is None else (f"{now:.1f}", "%")
    known = {"then": wording.percent(then), "change": wording.points(now, then)}
    before = _("before %(then)s") % known if now is None or then is None else _("before %(then)s, %(change)s points") % known
    return Tile(value, unit, words, before)


def _days(now: Figures, then: Figures) -> Tile:
    """The average, with the median beside it."""
    middle = measures.median(now.waits)
    value = measures.days_to_reply(now.whole)
    before = _("before %(then)s") % {"then": wording.days(measures.days_to_reply(then.whole))}
    if middle is not None:
        before = _("median %(middle)s, before %(then)s") % {
            "middle": f"{middle:g}",
            "then": wording.days(measures.days_to_reply(then.whole)),
        }
    return Tile(wording.days(value), _("working days"), _("From receipt to reply"), before)
