"""A run over one file: rows that can be taken go in by batches, and every other row is told with its reason."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from agencies.models import Agency
from cases.workflow import Step
from complaints import wording
from core import calendars, clock

from . import actions, matters
from .columns import Columns
from .matters import Matter, Vocabulary
from .refusals import RowRefused
from .tables import Row

BATCH = 200
_NUMBER_SHOWN = 40


@dataclass(frozen=True)
class Refusal:
    """A row left out: where the file has it, its number there, and why. Holds nothing else of it."""

    line: int
    number: str
    reason: str


@dataclass
class Tally:
    """What became of the rows of a file."""

    rows: int = 0
    closed: int = 0
    open: int = 0
    present: int = 0
    without_category: int = 0
    without_agency: int = 0
    phones_left_out: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    def count(self, outcome: actions.Outcome) -> None:
        """Add what a batch came to."""
        self.present += len(outcome.present)
        for matter in outcome.written:
            self.closed += matter.replied_at is not None
            self.open += matter.replied_at is None
            self.without_category += not matter.filing.category
            self.without_agency += bool(matter.filing.agency_words)
            self.phones_left_out += bool(matter.stray_phone)


@dataclass
class Run:
    """One run over the rows of one file. `tally` holds at any moment what stands in the database (dry: what would stand)."""

    columns: Columns
    known: Vocabulary
    backdate: bool = False
    dry: bool = False
    tally: Tally = field(default_factory=Tally)
    _lines: dict[str, int] = field(default_factory=dict)
    _days: dict[date, bool] = field(default_factory=dict)

    def go(self, progress: Callable[[int], object] = lambda rows: None) -> Tally:
        """Take the rows, a batch a transaction; `progress` hears how many more are done."""
        for rows in _batches(self.columns.rows):
            batch = [matter for row in rows if (matter := self._read(row))]
            outcome = actions.compare(batch) if self.dry else actions.write(batch, at=self.known.now, backdate=self.backdate)
            for matter, reason in outcome.refused:
                self._refuse(matter.line, matter.number, reason)
            self.tally.count(outcome)
            self.tally.rows += len(rows)
            progress(len(rows))
        self.tally.refusals.sort(key=lambda refusal: refusal.line)
        return self.tally

    def _read(self, row: Row) -> Matter | None:
        values = self.columns.values(row)
        try:
            if self.columns.has_stray_cells(row):
                raise RowRefused(_("The row has more cells than there are headings; a comma may lack its quotation marks."))
            matter = matters.read(row.line, values, self.known)
            self._refuse_repeated(matter)
            self._refuse_without_policy(matter)
        except RowRefused as refusal:
            self._refuse(row.line, wording.one_line(values["id"]), str(refusal))
            return None
        self._lines[matter.key] = row.line
        return matter

    def _refuse_repeated(self, matter: Matter) -> None:
        if matter.key in self._lines:
            raise RowRefused(
                _("Line %(line)s has the same number, or says the same on the same day.") % {"line": self._lines[matter.key]}
            )

    def _refuse_without_policy(self, matter: Matter) -> None:
        """Refuse an open matter whose limit would count from a day that no policy covers."""
        if matter.replied_at is None and not self._has_policy(
            clock.day_of(matter.received_at if self.backdate else self.known.now)
        ):
            raise RowRefused(_("No time limit is known for the day of receipt. Import it without --backdate."))

    def _has_policy(self, day: date) -> bool:
        if day not in self._days:
            try:
                self._days[day] = bool(calendars.policy_for(Step.ACCEPT, day))
            except calendars.PolicyMissing:
                self._days[day] = False
        return self._days[day]

    def _refuse(self, line: int, number: str, reason: str) -> None:
        self.tally.refusals.append(Refusal(line, number[:_NUMBER_SHOWN], reason))


def vocabulary(*, now: datetime, channel: str, source: str, serial_origin: datetime) -> Vocabulary:
    """Gather what the rows are read by."""
    return Vocabulary(
        now=now, channel=channel, source=source or channel, agencies=_agencies_by_name(), serial_origin=serial_origin
    )


def _agencies_by_name() -> dict[str, Agency]:
    """Return the agencies by full name, and by those short and other names that only one of them bears."""
    agencies = list(Agency.objects.for_list())
    bearers: dict[str, set[Agency]] = defaultdict(set)
    for agency in agencies:
        for name in (agency.short_name, *agency.aliases.replace("，", ",").replace("、", ",").split(",")):
            bearers[matters.plain(name)].add(agency)
    found = {name: next(iter(those)) for name, those in bearers.items() if name and len(those) == 1}
    return found | {matters.plain(agency.name): agency for agency in agencies}


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
