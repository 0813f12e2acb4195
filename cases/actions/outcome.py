"""What those who deal with a case do: the agency receives and reports, or the office's own handler reports."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import notifications, permissions
from cases.deadlines import finish_starts_on
from cases.models import Assignment, Case, HeldScan, Report
from cases.reporting.scans import is_required
from cases.workflow import Mode, Refused, Step
from core import clock, events
from core.models import StoredFile

from . import limits
from .alleging import check_decided
from .dispatching import fresh
from .helping import receive_beside
from .moving import ask, lock, move


class ReplyMissing(Refused):
    """An agency to which a matter was transferred answers on it."""

    field = "reply"


class ScanMissing(Refused):
    """An agency's report carries the scan of what was signed and stamped."""

    field = "scan"


@transaction.atomic
def receive(assignment: Assignment, *, by: User, version: int | None, at: datetime) -> Assignment:
    """Sign for an assignment. The finish limit counts from now or from the end of the receipt limit, whichever came first."""
    case = lock(assignment.case, version if assignment.is_lead else None)
    ask(permissions.can_receive(by, assignment))
    assignment = fresh(assignment, case)
    if not assignment.is_lead:
        receive_beside(assignment, by=by, at=at)
        return assignment
    facts: dict[str, events.Fact] = {"agency": assignment.agency_id, "assignment": assignment.pk}
    move(case, "receive", event="case.received", actor=events.user_id(by), at=at, facts=facts)
    assignment.received_at, assignment.received_by = at, by
    assignment.save(update_fields=["received_at", "received_by"])
    start_finish(case, received_on=clock.day_of(at), at=at)
    limits.close_limits(case, Step.RECEIVE, at=at)
    notifications.received(assignment, by=by, at=at)
    return assignment


def start_finish(case: Case, *, received_on: date | None, at: datetime) -> bool:
    """Start an agency's finish limit once, whether it receives or lets the receipt limit pass; returns whether it began now."""
    receipt = case.deadlines.open().filter(step=Step.RECEIVE).first()
    begun = case.deadlines.filter(step=Step.FINISH)  # one from before a reopening is over, and closed
    if receipt is None or begun.open().exists() or begun.filter(pk__gt=receipt.pk).exists():
        return False
    # While the clock stands still the receipt limit does not run out, so only the receipt itself starts the next one.
    stood_still = receipt.paused_on is not None and received_on is not None
    start = received_on if stood_still and received_on else finish_starts_on(received_on, receipt.due_on)
    limits.open_limit(case, Step.FINISH, start=start, at=at)
    return True


@transaction.atomic
def report(
    assignment: Assignment,
    *,
    by: User,
    version: int | None,
    finding: str,
    facts_found: str,
    measures: str = "",
    reply: str = "",
    scan: str = "",
    at: datetime,
) -> Report:
    """The agency that leads reports the outcome; the office decides on it.

    What was transferred it answers in its own name, so the report carries the reply it proposes. `scan` is the id of the stored
    file with the report as it was signed and stamped. Raises ReplyMissing and ScanMissing.
    """
    case = assignment.case = lock(assignment.case, version)
    ask(permissions.can_report(by, assignment))
    assignment = fresh(assignment, case)
    if case.mode == Mode.TRANSFER and not reply.strip():
        raise ReplyMissing(_("The matter was transferred to your agency: write what it answers the complainant."))
    file = _usable(scan, case)
    words = {"finding": finding, "facts_found": facts_found, "measures": measures, "reply": reply}
    HeldScan.objects.filter(assignment=assignment, held_by=by, file=file).delete()  # it is the report's from now on
    return _report(case, assignment, by=by, at=at, scan=file, **words)


def _usable(scan: str, case: Case) -> StoredFile | None:
    """Return the scan, locked so that nobody forgets it meanwhile. Raises ScanMissing."""
    found = StoredFile.objects.select_for_update(no_key=True).filter(pk=scan).first() if scan else None
    if found and found.state == StoredFile.State.INFECTED:
        raise ScanMissing(_("The virus scanner found something harmful in the file. Scan the report again on another device."))
    if found is None and is_required(case):
        raise ScanMissing(_("Choose the scan of the stamped report."))
    return found


@transaction.atomic
def report_own(
    case: Case, *, by: User, version: int | None, finding: str, facts_found: str, measures: str = "", at: datetime
) -> Report:
    """The handler reports the outcome of a case that the office handles itself. Raises AllegationsOpen."""
    case = lock(case, version, by=by)
    ask(permissions.can_report_own(by, case))
    check_decided(case)
    return _report(case, None, by=by, at=at, finding=finding, facts_found=facts_found, measures=measures)


def _report(
    case: Case,
    assignment: Assignment | None,
    *,
    by: User,
    at: datetime,
    finding: str,
    scan: StoredFile | None = None,
    **words: str,
) -> Report:
    """Write the report, end the finish limit and start the one for the reply."""
    facts: dict[str, events.Fact] = {"finding": finding, "agency": assignment.agency_id if assignment else None}
    facts |= {"scan": str(scan.pk)} if scan else {}
    move(case, "report", event="case.reported", actor=events.user_id(by), at=at, facts=facts)
    made = Report.objects.create(
        case=case, assignment=assignment, finding=finding, scan=scan, reported_at=at, reported_by=by, **words
    )
    limits.close_limits(case, Step.FINISH, at=at)
    limits.open_limit(case, Step.FEEDBACK, start=clock.day_of(at), at=at)
    notifications.reported(case, by=by, at=at)
    return made
