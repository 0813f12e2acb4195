"""Unmasking: one officer asks in writing, a second person decides, and each look in the time that follows is an event."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import notifications, outbox, permissions, unmasking
from cases.models import Case, Unmasking
from cases.workflow import Refused
from complaints.actions import reveal
from complaints.models import Complaint
from complaints.purposes import Purpose
from core import events

from .moving import ask, lock

Decision = Unmasking.Decision


class NothingToUnmask(Refused):
    """The complaint is anonymous, or has no such value."""


class AskedAlready(Refused):
    """The same person has asked for the same already, or may see it."""


class NobodyDecides(Refused):
    """There is no second person."""


class DecidedAlready(Refused):
    """Somebody else was faster, or the asker has taken the request back."""


class UnmaskingOver(Refused):
    """It was never allowed, or it no longer holds."""


@transaction.atomic
def ask_unmasking(
    case: Case, *, complaint: Complaint, column: str, purpose: str, reason: str, by: User, at: datetime
) -> Unmasking:
    """Ask to be told one value of who filed. Raises NothingToUnmask, AskedAlready, NobodyDecides."""
    case = lock(case, by=by)
    ask(permissions.can_ask_unmasking(by, case))
    if column not in unmasking.columns_of(complaint, case) or not case.links.filter(complaint=complaint).exists():
        raise NothingToUnmask(_("This complaint has nothing of the kind."))
    earlier = case.unmaskings.filter(complaint=complaint, column=column, requested_by=by)
    if any(unmasking.is_waiting(row) or unmasking.is_granted(row, at) for row in earlier):
        raise AskedAlready(_("You have asked for this already. See the case."))
    approvers = outbox.unmasking_approvers(case, by)
    if not approvers:
        raise NobodyDecides(_("Nobody but you could allow it. An office leader is needed."))
    row = Unmasking.objects.create(
        case=case, complaint=complaint, column=column, purpose=Purpose(purpose), reason=reason, requested_at=at, requested_by=by
    )
    _record("asked", row, by, at)
    notifications.unmasking_asked(row, approvers, at=at)
    return row


@transaction.atomic
def decide_unmasking(row: Unmasking, *, decision: str, note: str, by: User, at: datetime) -> Unmasking:
    """Allow it for some minutes, or refuse it with a reason. Raises DecidedAlready, UnmaskingOver."""
    row = _lock(row, by)
    ask(permissions.can_decide_unmasking(by, row))
    if not unmasking.is_waiting(row):
        raise DecidedAlready(_("This has been decided or taken back meanwhile."))
    if not unmasking.may_still(row, row.requested_by):
        raise UnmaskingOver(_("The case has ended or is with somebody else now, so there is nothing to decide."))
    row.decision, row.decision_note = Decision(decision), note
    row.decided_at, row.decided_by = at, by
    if row.decision == Decision.APPROVED:
        row.expires_at = at + timedelta(minutes=settings.UNMASKING_MINUTES)
    row.save(update_fields=["decision", "decision_note", "decided_at", "decided_by", "expires_at"])
    _record(row.decision, row, by, at)
    notifications.unmasking_decided(row, at=at)
    return row


@transaction.atomic
def show_unmasked(row: Unmasking, *, by: User, at: datetime) -> str:
    """Return the value for one look and record it, while the permission holds. Raises UnmaskingOver."""
    row = _lock(row, by)
    ask(permissions.can_see_unmasked(by, row))
    if not unmasking.is_granted(row, at) or not unmasking.may_still(row, by):
        raise UnmaskingOver(_("The permission is over. Ask again if you still need it."))
    return reveal(row.complaint, row.column, by=by, purpose=Purpose(row.purpose), at=at)


@transaction.atomic
def end_unmasking(row: Unmasking, *, by: User, at: datetime) -> None:
    """Take a request back, or give a permission back before its time. Raises UnmaskingOver."""
    row = _lock(row, by)
    ask(permissions.can_see_unmasked(by, row))
    if not unmasking.is_waiting(row) and not unmasking.is_granted(row, at):
        raise UnmaskingOver(_("There is nothing left to give back."))
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    _record("ended", row, by, at)


def end_unmaskings(case: Case, complaints: Iterable[Complaint], *, by: User, at: datetime) -> None:
    """End what was asked or allowed about complainants who leave a locked case; in the other case it is asked anew."""
    for row in case.unmaskings.filter(complaint__in=list(complaints), ended_at=None).select_related("complaint"):
        if unmasking.is_waiting(row) or unmasking.is_granted(row, at):
            row.ended_at = at
            row.save(update_fields=["ended_at"])
            _record("ended", row, by, at)


def _lock(row: Unmasking, by: User) -> Unmasking:
    """Lock the case first, as every act on it does, then the request."""
    case = lock(row.case, by=by)
    locked = Unmasking.objects.select_for_update(of=("self",)).for_detail().get(pk=row.pk)
    locked.case = case
    return locked


def _record(what: str, row: Unmasking, by: User, at: datetime) -> None:
    """Note it with the complaint, beside the looks; the written reasons stay out of the log."""
    facts: dict[str, events.Fact] = {"column": row.column, "purpose": row.purpose, "unmasking": row.pk}
    events.record(f"vault.unmasking_{what}", subject=row.complaint.subject, actor=events.user_id(by), at=at, facts=facts)
