"""Writes imported matters with their dated history, a batch a transaction. Nobody is told of them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from cases.actions.limits import row_of
from cases.models import Case, CaseComplaint, Deadline
from cases.workflow import Status, Step
from complaints.actions.lodging import SERIES
from complaints.actions.printing import print_of
from complaints.filing import Rows, rows_of
from complaints.models import Complainant, Complaint, TextPrint
from core import calendars, clock, events, numbering, reminders
from core.deadlines import Limit
from core.models import DeadlinePolicy

from . import history
from .matters import Matter

# Any number that no other code locks by.
_TURN = 7_200_114
_SURELY_LATE = timedelta(days=60)


@dataclass
class Outcome:
    """What became of some matters, each in one of the three lists; a refused one with the reason."""

    written: list[Matter] = field(default_factory=list)
    present: list[Matter] = field(default_factory=list)
    refused: list[tuple[Matter, str]] = field(default_factory=list)


def write(matters: list[Matter], *, at: datetime, backdate: bool = False) -> Outcome:
    """Write the matters that are new. A row that the database refuses is left out; the rest of the batch stands.

    Open ones count their limit from the day of entry, or from the day of receipt when backdated.
    """
    try:
        with transaction.atomic():
            _take_turn()
            outcome = compare(matters)
            _write_new(outcome.written, at=at, backdate=backdate)
        return outcome
    except (DataError, IntegrityError):
        if len(matters) == 1:
            return Outcome(refused=[(matters[0], _("The database refuses the row."))])
        return _write_singly(matters, at=at, backdate=backdate)


def compare(matters: list[Matter]) -> Outcome:
    """Tell which matters are new, which are here already, and which bear the number of another message. Writes nothing."""
    here = Complaint.objects.filter(import_key__in=[matter.key for matter in matters])
    known = {key: rest for key, *rest in here.values_list("import_key", "working_copy", "received_at")}
    outcome = Outcome()
    for matter in matters:
        if matter.key not in known:
            outcome.written.append(matter)
        elif known[matter.key] == [matter.masked(matter.filing.narrative), matter.received_at]:
            outcome.present.append(matter)
        else:
            told = _(
                "Another message is here under this number. If the numbers come from another register, name it with --source."
            )
            outcome.refused.append((matter, told))
    return outcome


def _take_turn() -> None:
    """Wait until another import's batch is through, so that its rows are seen here as present; held until commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def _write_singly(matters: list[Matter], *, at: datetime, backdate: bool) -> Outcome:
    """Write each row in a transaction of its own, so that the one at fault is found."""
    whole = Outcome()
    for matter in matters:
        one = write([matter], at=at, backdate=backdate)
        whole.written += one.written
        whole.present += one.present
        whole.refused += one.refused
    return whole


def _write_new(matters: list[Matter], *, at: datetime, backdate: bool) -> None:
    """Write people, complaints, cases, links, deadlines and history, a table at a time."""
    # A person's rows one after the other: the patterns that mask this person's values are then made once.
    built = [_built(matter, at=at, backdate=backdate) for matter in matters]
    complaints, cases = [rows.complaint for rows, _ in built], [case for _, case in built]
    term_from = cache(_term)  # many rows begin on one day
    deadlines = [
        _deadline(case, term_from(clock.day_of(case.opened_at), at), at=at) for case in cases if case.status == Status.TRIAGE
    ]
    Complainant.objects.bulk_create([rows.complainant for rows, _ in built if rows.complainant])
    _number(complaints, cases)
    Complaint.objects.bulk_create(complaints)
    TextPrint.objects.bulk_create([print_of(complaint) for complaint in complaints])
    Case.objects.bulk_create(cases)
    CaseComplaint.objects.bulk_create(
        [CaseComplaint(case=case, complaint=one) for case, one in zip(cases, complaints, strict=True)]
    )
    Deadline.objects.bulk_create(deadlines)
    whole = zip(matters, complaints, cases, strict=True)
    events.record_all([event for matter, one, case in whole for event in history.of(one, case, line=matter.line, at=at)])


def _built(matter: Matter, *, at: datetime, backdate: bool) -> tuple[Rows, Case]:
    """Build the complaint with its person, and the case; a phone number without a name is masked in the copies too."""
    rows = rows_of(matter.filing, at=at)
    if matter.stray_phone:
        for name in ("title", "working_copy", "agency_words", "place"):
            setattr(rows.complaint, name, matter.masked(getattr(rows.complaint, name)))
    return rows, _case(matter, rows.complaint, at=at, backdate=backdate)


def _case(matter: Matter, complaint: Complaint, *, at: datetime, backdate: bool) -> Case:
    closed = matter.replied_at is not None
    return Case(
        title=complaint.title,
        status=Status.CLOSED if closed else Status.TRIAGE,
        channel=complaint.channel,
        category=complaint.category,
        respondent_agency=complaint.agency,
        kinds=[complaint.kind],
        reply=matter.masked(matter.reply),
        replied_at=matter.replied_at,
        received_at=matter.received_at,
        accepted_at=matter.received_at if closed else None,  # what it answered, the other register had accepted
        opened_at=matter.received_at if closed or backdate else at,
        closed_at=matter.replied_at,
        imported=True,
    )


def _number(complaints: list[Complaint], cases: list[Case]) -> None:
    """Number the complaints in the series of the year received, in the order of the file, and each case like its complaint."""
    years = [clock.day_of(complaint.received_at).year for complaint in complaints]
    # Earlier years first, always: two transactions that lock several counters must do so in one order.
    blocks = {year: iter(numbering.next_numbers(SERIES, year, count)) for year, count in sorted(Counter(years).items())}
    for year, complaint, case in zip(years, complaints, cases, strict=True):
        complaint.number = case.number = numbering.format_number(year, next(blocks[year]))


@dataclass(frozen=True)
class _Term:
    """The limit for acceptance that counts from one day, and its first reminder still to come."""

    policy: DeadlinePolicy
    limit: Limit
    reminder_at: datetime


def _term(start: date, at: datetime) -> _Term:
    policy = calendars.policy_for(Step.ACCEPT, start)
    limit = calendars.limit_for(policy, start)
    # However late a limit is, its next reminder comes on the next working day; counting the days of years for that takes long.
    due_on = max(limit.due_on, clock.day_of(at) - _SURELY_LATE)
    return _Term(policy, limit, reminders.next_after(start, due_on, at, calendars.work_calendar()).fires_at)


def _deadline(case: Case, term: _Term, *, at: datetime) -> Deadline:
    """Build the limit for acceptance and note its end on the case. Reminders of days gone by are not sent."""
    limit = term.limit
    case.due_on, case.due_at, case.due_policy = limit.due_on, limit.due_at, term.policy
    return row_of(limit, case=case, step=Step.ACCEPT, policy=term.policy, reminder_at=term.reminder_at, at=at)
