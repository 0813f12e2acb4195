"""The tables of the statistics: built once, shown on the page, printed in the report and taken away as CSV."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from agencies.models import Agency
from cases.wording import COLOURS
from cases.workflow import Finding, Step
from complaints.categories import CATEGORIES
from complaints.labels import agency_name
from complaints.models import Channel, Satisfaction

from . import links, measures, wording
from .figures import NO_LIMIT, PAUSED, Figures, OpenNow, Part, late
from .measures import Counts
from .periods import Period, parts

TARGET = 90.0  # per cent of limits kept, below which a bar is red
BAR = "bar"
Words = str | Promise

MEASURES: dict[str, Words] = {
    "received": pgettext_lazy("statistics", "Received"),
    "accepted": pgettext_lazy("statistics", "Accepted"),
    "declined": pgettext_lazy("statistics", "Declined"),
    "referred": pgettext_lazy("statistics", "Referred"),
    "withdrawn": pgettext_lazy("statistics", "Withdrawn"),
    "merged": pgettext_lazy("statistics", "Merged into another case"),
    "replied": pgettext_lazy("statistics", "Replied to"),
    "completed": pgettext_lazy("statistics", "Completed"),
}
_FINDINGS: dict[str, Words] = {
    "upheld": Finding.UPHELD.label,
    "partly_upheld": Finding.PARTLY_UPHELD.label,
    "not_upheld": Finding.NOT_UPHELD.label,
    "no_finding": gettext_lazy("Without a finding"),
}
_RATINGS: dict[str, Words] = {
    "satisfied": Satisfaction.SATISFIED.label,
    "fairly_satisfied": Satisfaction.FAIRLY_SATISFIED.label,
    "dissatisfied": Satisfaction.DISSATISFIED.label,
    "unrated": gettext_lazy("Not rated yet"),
}
_OPEN: dict[str, Words] = {
    **{str(colour): words for colour, words in reversed(COLOURS.items())},
    PAUSED: gettext_lazy("Clock stands still"),
    NO_LIMIT: gettext_lazy("No limit runs"),
}


@dataclass(frozen=True)
class Cell:
    """One cell: words, the address of the cases behind them, or a bar so many per cent long, perhaps with a mark to reach."""

    text: str = ""
    url: str = ""
    bar: float | None = None
    warns: bool = False
    mark: float | None = None


@dataclass(frozen=True)
class Row:
    """One line of a table; `state` is the colour of its heading, if it has one."""

    head: str
    cells: list[Cell]
    state: str = ""


@dataclass(frozen=True)
class Table:
    """A table with the name by which it is asked for; the first heading is that of the lines."""

    code: str
    title: str
    note: str
    headings: list[tuple[str, str]]
    rows: list[Row]
    total: Row | None = None

    @property
    def lines(self) -> list[Row]:
        """All lines, the total last."""
        return [*self.rows, *([self.total] if self.total else [])]


@dataclass(frozen=True)
class Shown:
    """What tables are made of: the period, its figures, those of the period before, what is open now, the agencies."""

    period: Period
    figures: Figures
    period_before: Period
    figures_before: Figures
    open: OpenNow
    agencies: Sequence[Agency] = field(default_factory=list)

    def count(self, counts: Counts, measure: str, part: str = "", key: str = "", period: Period | None = None) -> Cell:
        """A number with the way to its cases."""
        value = counts.get(measure, 0)
        return Cell(wording.number(value), links.to_cases(measure, period or self.period, part, key) if value else "")


def outcome(shown: Shown) -> Table:
    """What came in and what became of it, beside the period before."""
    now, then = shown.figures.whole, shown.figures_before.whole
    rows = [
        Row(
            str(words),
            [
                shown.count(now, measure),
                shown.count(then, measure, period=shown.period_before),
                Cell(wording.change(now[measure], then[measure])),
                Cell(wording.change_percent(now[measure], then[measure])),
            ],
        )
        for measure, words in MEASURES.items()
    ]
    headings = _numbers(_("This period"), _("Period before"), pgettext("column", "Change"), _("Change in %"))
    note = _("By the day on which each happened.")
    return Table("outcome", _("Received and dealt with"), note, [(pgettext("column", "What"), ""), *headings], rows)


def course(shown: Shown) -> Table:
    """What happened in each month of the period, or on each day of the month."""
    measures_ = ("received", "accepted", "declined", "referred", "replied", "completed")
    periods = parts(shown.period)
    rows = [
        Row(wording.part_name(one), [shown.count(shown.figures.within(one), measure, period=one) for measure in measures_])
        for one in periods
    ]
    total = Row(_("Total"), [shown.count(shown.figures.whole, measure) for measure in measures_])
    first = pgettext("column", "Day") if periods[0].kind == "day" else pgettext("column", "Month")
    headings = [(first, ""), *_numbers(*(str(MEASURES[measure]) for measure in measures_))]
    return Table(
        "course",
        _("Month by month") if periods[0].kind != "day" else pgettext("statistics", "Day by day"),
        "",
        headings,
        rows,
        total,
    )


def limits(shown: Shown) -> Table:
    """How many limits of each step were kept."""
    now, then = shown.figures.whole, shown.figures_before.whole
    rows = []
    for step in measures.STEPS:
        share = measures.kept_share(now, step)
        kept, missed = (shown.count(now, f"{step}_{way}") for way in ("kept", "missed"))
        before = Cell(wording.percent(measures.kept_share(then, step)))
        rows.append(Row(str(step.label), [kept, missed, Cell(wording.percent(share)), _kept_bar(share), before]))
    headings = _numbers(pgettext("limit", "In time"), pgettext("limit", "Late"), _("Share in time"), BAR, _("Period before"))
    note = _(
        "A limit counts on the day on which it was met, or on its last day if it was not. Days on which the clock stood still do"
        " not count. Of several limits of one step in a case the last counts; one that ended by withdrawal or merger does not."
    )
    return Table("limits", _("Kept limits"), note, [(pgettext("column", "Step"), ""), *headings], rows)


def findings(shown: Shown) -> Table:
    """What was found, among the cases that were replied to."""
    return _shares(shown, "findings", _("Findings"), _("Of the cases that were replied to."), _FINDINGS)


def ratings(shown: Shown) -> Table:
    """How complainants rated, among the cases that were replied to."""
    return _shares(shown, "ratings", _("Satisfaction"), _("Of the cases that were replied to, as rated until now."), _RATINGS)


def open_cases(shown: Shown) -> Table:
    """What is open at this moment, by colour."""
    whole = shown.open.number
    rows = [
        Row(
            str(words),
            [
                Cell(wording.number(value), links.to_open(state) if value else ""),
                _bar(value, whole, warns=state in {"late", "yellow", "red"}),
            ],
            state=state if state != NO_LIMIT else "",
        )
        for state, words in _OPEN.items()
        if (value := shown.open.by_state[state]) or state not in {NO_LIMIT, PAUSED}
    ]
    total = Row(_("Total"), [Cell(wording.number(whole), links.to_open() if whole else ""), Cell()])
    headings = [(_("Limit that ends first"), ""), *_numbers(pgettext("number", "Cases"), BAR)]
    return Table("open", _("Open now"), _("At this moment, whatever the period."), headings, rows, total)


def categories(shown: Shown) -> Table:
    """Each category of problem."""
    names = {str(one.code): str(one.official) for one in CATEGORIES} | {"0": _("Not sorted yet")}
    return _parts(shown, Part.CATEGORY, _("Problem categories"), pgettext("column", "Category"), names)


def channels(shown: Shown) -> Table:
    """Each channel."""
    names = {code: str(label) for code, label in Channel.choices}
    return _parts(shown, Part.CHANNEL, _("Channels"), pgettext("column", "Channel"), names)


def abouts(shown: Shown) -> Table:
    """Each agency that was complained about."""
    names = {str(one.pk): agency_name(one) for one in shown.agencies} | {"": _("No agency, or one that is not listed")}
    found = _parts(shown, Part.ABOUT, _("Agencies complained about"), pgettext("column", "Agency"), names)
    return Table(found.code, found.title, found.note, found.headings, _most_first(found.rows), found.total)


def league(shown: Shown) -> Table:
    """What each agency does with the cases it is given; who keeps the limits best comes first, too few for a share come last."""
    with_ = shown.figures.by_part.get(Part.WITH, {})
    found = [one for one in shown.agencies if str(one.pk) in with_ or one.pk in shown.open.by_agency]
    share: Callable[[Agency], float | None] = lambda one: measures.kept_share(with_.get(str(one.pk), {}), Step.FINISH)  # noqa: E731
    found.sort(key=lambda one: (share(one) is None, -(share(one) or 0)))
    rows = [_agency_row(shown, one, with_.get(str(one.pk), {})) for one in found]
    names = (
        _("Open now"),
        _("Late now"),
        str(MEASURES["completed"]),
        _("Finished in time"),
        _("Finished late"),
        _("Share in time"),
    )
    headings = _numbers(*names, BAR, _("Signed late"), _("Share upheld"), _("Working days"))
    note = _(
        "Cases that were given to the agency. The last column says how many working days passed from receipt to reply on average."
    )
    return Table("league", _("Agencies, by limits kept"), note, [(pgettext("column", "Agency"), ""), *headings], rows)


def _agency_row(shown: Shown, agency: Agency, counts: Counts) -> Row:
    key = str(agency.pk)
    states: Mapping[str, int] = shown.open.by_agency.get(agency.pk, {})
    share = measures.kept_share(counts, Step.FINISH)
    open_, late_ = sum(states.values()), late(states)
    done, kept, missed, unsigned = (
        shown.count(counts, measure, Part.WITH, key)
        for measure in ("completed", "finish_kept", "finish_missed", "receive_missed")
    )
    return Row(
        agency_name(agency),
        [
            Cell(wording.number(open_), links.to_open(agency=agency.pk) if open_ else ""),
            Cell(wording.number(late_), links.to_open("overdue", agency.pk) if late_ else "", warns=late_ > 0),
            done,
            kept,
            missed,
            Cell(wording.percent(share)),
            _kept_bar(share),
            unsigned,
            Cell(wording.percent(measures.upheld_share(counts))),
            Cell(wording.days(measures.days_to_reply(counts))),
        ],
    )


def _shares(shown: Shown, code: str, title: str, note: str, names: Mapping[str, Words]) -> Table:
    counts = shown.figures.whole
    whole = counts["replied"]
    rows = []
    for measure, words in names.items():
        share = Cell(wording.percent(measures.share(counts[measure], whole)))
        rows.append(Row(str(words), [shown.count(counts, measure), share, _bar(counts[measure], whole)]))
    total = Row(_("Total"), [shown.count(counts, "replied"), Cell(), Cell()])
    headings = [(title, ""), *_numbers(pgettext("number", "Cases"), _("Share"), BAR)]
    return Table(code, title, note, headings, rows, total)


def _parts(shown: Shown, part: str, title: str, first: str, names: Mapping[str, str]) -> Table:
    """A line for each part in which something happened, in the order of the names."""
    found = shown.figures.by_part.get(part, {})
    most = max((counts.get("received", 0) for counts in found.values()), default=0)
    rows = [Row(names[key], _part_cells(shown, found[key], part, key, most)) for key in names if key in found]
    total = Row(_("Total"), _part_cells(shown, shown.figures.whole, "", "", 0))
    headings = _numbers(
        *(
            str(MEASURES["received"]),
            BAR,
            str(MEASURES["completed"]),
            str(Finding.UPHELD.label),
            str(Finding.PARTLY_UPHELD.label),
        ),
        *(_("Share upheld"), _("Finished late"), _("Share in time"), _("Working days")),
    )
    note = _("“Share upheld” is of the findings, wholly or partly; “working days” are those from receipt to reply on average.")
    return Table(str(part), title, note, [(first, ""), *headings], rows, total)


def _part_cells(shown: Shown, counts: Counts, part: str, key: str, most: int) -> list[Cell]:
    received, completed, upheld, partly, late_ = (
        shown.count(counts, measure, part, key)
        for measure in ("received", "completed", "upheld", "partly_upheld", "finish_missed")
    )
    shares = (measures.upheld_share(counts), measures.kept_share(counts, Step.FINISH))
    bar = _bar(counts.get("received", 0), most) if part else Cell()
    days = Cell(wording.days(measures.days_to_reply(counts)))
    return [
        received,
        bar,
        completed,
        upheld,
        partly,
        Cell(wording.percent(shares[0])),
        late_,
        Cell(wording.percent(shares[1])),
        days,
    ]


def _most_first(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: -int(row.cells[0].text.replace(",", "")))


def _bar(value: int, whole: int, *, warns: bool = False) -> Cell:
    return Cell(bar=round(100 * value / whole, 1) if whole else 0, warns=warns)


def _kept_bar(share: float | None) -> Cell:
    return Cell() if share is None else Cell(bar=round(share, 1), warns=share < TARGET, mark=TARGET)


def _numbers(*names: str) -> list[tuple[str, str]]:
    """Headings of columns: numbers stand at the right, bars have a heading that is only read out."""
    return [(name, "bar" if name == BAR else "number") for name in names]


TABLES: dict[str, Callable[[Shown], Table]] = {
    "outcome": outcome,
    "course": course,
    "limits": limits,
    "findings": findings,
    "ratings": ratings,
    "open": open_cases,
    "category": categories,
    "channel": channels,
    "about": abouts,
    "league": league,
}
