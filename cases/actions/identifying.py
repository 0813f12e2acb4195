"""Confirming who filed: an officer has called or met the person named, and notes what he or she said."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import identifying, notifications, permissions, unmasking
from cases.models import Case
from cases.workflow import Refused
from complaints import actions as complaint_actions
from complaints.models import Complaint, IdentityCheck
from complaints.units import clerks_of

from .moving import ask, lock


class NotCalled(Refused):
    """Nobody can have called who has not looked at the number."""

    field = "level"


class CheckedMeanwhile(Refused):
    """The person denied before, or somebody else noted a check while this page was open."""


@transaction.atomic
def note_identity(case: Case, *, complaint: Complaint, level: str, confirmed: bool, seen: int, by: User, at: datetime) -> None:
    """Note a call back or a visit and what came of it. `seen`: checks that the page showed. Raises NotCalled, CheckedMeanwhile.

    Who denies having filed is nobody here from then on: requests to be told the name end with it.
    """
    ask(permissions.can_confirm_filer(by, case))
    if level == IdentityCheck.Level.CALL_BACK and not identifying.has_called(by, complaint):
        raise NotCalled(_("Show the number first, for the purpose “to confirm who filed”, and call it."))
    clerks = clerks_of(complaint)  # of the helper unit that filed; afterwards it follows the matter no longer
    try:  # the complaint is locked before its case, as everywhere
        complaint = complaint_actions.note_check(complaint, level=level, confirmed=confirmed, seen=seen, by=by, at=at)
    except complaint_actions.CheckRefused as refusal:
        raise CheckedMeanwhile(str(refusal)) from refusal
    case = lock(case, by=by)
    ask(permissions.can_confirm_filer(by, case))
    if not confirmed:
        _end_unmaskings(case, complaint, by=by, at=at)
        notifications.identity_denied(case, complaint, clerks, by=by, at=at)


def _end_unmaskings(case: Case, complaint: Complaint, *, by: User, at: datetime) -> None:
    """There is nobody to be shown any more; what nobody has decided leaves the inboxes with it."""
    for row in case.unmaskings.filter(complaint=complaint, ended_at__isnull=True):
        if unmasking.is_waiting(row) or unmasking.is_granted(row, at):
            row.ended_at = at
            row.save(update_fields=["ended_at"])
