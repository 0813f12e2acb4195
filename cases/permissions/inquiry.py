"""Who may investigate, decide what follows, and stand aside."""

from accounts.models import User
from accounts.roles import OFFICE, Role
from cases.models import (
    Case,
    Disposition,
    InvestigationRecord,
    Rectification,
    Recusal,
)
from cases.workflow import OPEN, Finding, Status

from .handling import can_receive, must_answer

# States of a case in which a finding can still change, and those in which nothing follows from one any more.
_BEFORE_APPROVAL = (Status.ACCEPTED, Status.DISPATCHED, Status.RECEIVED, Status.RETURNED, Status.HANDLING, Status.REPORTED)


_NOTHING_FOLLOWS = (Status.TRIAGE, Status.DECLINED, Status.REFERRED, Status.WITHDRAWN, Status.MERGED, Status.ARCHIVED)


_AT_FAULT = (Finding.UPHELD, Finding.PARTLY_UPHELD)


def can_note(user: User, case: Case) -> bool:
    """Anybody of the office writes notes and enters what the case has cost, in any state of it."""
    return user.has_role(*OFFICE)


def can_record(user: User, case: Case) -> bool:
    """Anybody of the office records what was done to find out, until the case has ended."""
    return user.has_role(*OFFICE) and case.status in OPEN


def can_change_record(user: User, record: InvestigationRecord) -> bool:
    """The same people, until everybody has signed."""
    return record.completed_at is None and can_record(user, record.case)


def can_sign(user: User, record: InvestigationRecord) -> bool:
    """Each of its investigators, once, as long as the record is not complete."""
    if not user.has_role(*OFFICE) or record.completed_at is not None:
        return False
    return user.pk in {row.investigator_id for row in record.signatures.all() if row.signed_at is None}


def can_decide_allegations(user: User, case: Case) -> bool:
    """Who deals with the case, or an office leader, until the outcome is approved."""
    return case.status in _BEFORE_APPROVAL and (must_answer(user, case) or user.has_role(Role.OFFICE_LEADER))


def can_propose_disposition(user: User, case: Case) -> bool:
    """Who deals with the case, in a case that was accepted and is not in the archive yet."""
    return case.status not in _NOTHING_FOLLOWS and must_answer(user, case)


def can_decide_disposition(user: User, row: Disposition) -> bool:
    """An office leader; never who proposed it."""
    return user.has_role(Role.OFFICE_LEADER) and user.pk != row.proposed_by_id


def can_demand_rectification(user: User, case: Case) -> bool:
    """Who deals with the case, once it was found at fault, also when it is closed."""
    return case.finding in _AT_FAULT and can_propose_disposition(user, case)


def can_judge_rectification(user: User, row: Rectification) -> bool:
    """Who deals with the case, or an office leader, in any state of it."""
    return must_answer(user, row.case) or user.has_role(Role.OFFICE_LEADER)


def can_answer_rectification(user: User, row: Rectification) -> bool:
    """The liaison officers of the agency that must put it right."""
    return can_receive(user, row.assignment)


def can_order_recusal(user: User, case: Case) -> bool:
    """An office leader. To declare one's own is everybody's right and duty: see `can_note`."""
    return user.has_role(Role.OFFICE_LEADER)


def can_lift_recusal(user: User, row: Recusal) -> bool:
    """An office leader; never the person himself."""
    return user.has_role(Role.OFFICE_LEADER) and user.pk != row.user_id
