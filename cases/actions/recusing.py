"""Recusal: somebody of the office stays away from a case, at once and in everything, until a leader lifts it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import OFFICE
from cases import permissions, unmasking
from cases.inquiry import telling
from cases.merging.places import origins_of
from cases.models import Case, Recusal
from cases.workflow import Refused
from core import events, notices
from core.recipients import to_user

from .moving import ask, lock


class RecusedAlready(Refused):
    """The person is recused from the case already, or does not see it anyway."""

    field = "user"


class OwnRecusal(Refused):
    """One's own recusal is declared, not ordered."""

    field = "user"


class RecusalLifted(Refused):
    """Somebody else has lifted it already."""


@transaction.atomic
def declare_recusal(case: Case, *, by: User, ground: str, details: str = "", at: datetime) -> Recusal:
    """Somebody of the office declares himself recused. From then on the case does not exist for him."""
    case = lock(case)
    ask(permissions.can_note(by, case))
    return _recuse(case, by, ground, details, means=Recusal.Means.DECLARED, by=by, at=at)


@transaction.atomic
def order_recusal(case: Case, *, by: User, user: User, ground: str, details: str = "", at: datetime) -> Recusal:
    """An office leader orders that somebody else stays away. Raises RecusedAlready, OwnRecusal."""
    case = lock(case, by=by)
    ask(permissions.can_order_recusal(by, case) and user.has_role(*OFFICE))
    if user.pk == by.pk:
        raise OwnRecusal(_("Declare your own recusal; it needs no order."))
    return _recuse(case, user, ground, details, means=Recusal.Means.ORDERED, by=by, at=at)


@transaction.atomic
def lift_recusal(recusal: Recusal, *, by: User, reason: str, at: datetime) -> Recusal:
    """A leader who is not the person lifts it, with a reason. The case does not come back to him by itself."""
    case = lock(recusal.case, by=by)
    row = Recusal.objects.select_for_update(of=("self",)).select_related("user").get(pk=recusal.pk)
    ask(permissions.can_lift_recusal(by, row))
    if row.lifted_at is not None:
        raise RecusalLifted(_("Somebody else has lifted it already."))
    row.lifted_at, row.lifted_by, row.lift_reason = at, by, reason
    row.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    _note("case.recusal_lifted", case, row, by=by, at=at)
    telling.recusal_lifted(case, row, at=at)
    return row


def carry_recusals(source: Case, target: Case, *, at: datetime) -> None:
    """Two locked cases become one matter: whoever is recused from one of them is recused from both."""
    for one, other in ((source, target), (target, source)):
        theirs = set(other.recusals.open().values_list("user", flat=True))
        for row in one.recusals.open().exclude(user__in=theirs):
            Recusal.objects.create(
                case=other,
                user_id=row.user_id,
                ground=row.ground,
                means=row.means,
                details=row.details,
                placed_at=at,
                placed_by_id=row.placed_by_id,
            )


def _recuse(case: Case, user: User, ground: str, details: str, *, means: Recusal.Means, by: User, at: datetime) -> Recusal:
    """Recuse from the locked case and from all that was merged into it, and take from the person what he held in it."""
    if case.recusals.open().filter(user=user).exists():
        raise RecusedAlready(_("%(name)s is recused already.") % {"name": user.full_name})
    words = {"ground": ground, "details": details, "means": means, "placed_at": at, "placed_by": by}
    merged = Case.objects.filter(pk__in=origins_of(case) - {case.pk}).exclude(recusals__in=user.recusals.open())
    Recusal.objects.bulk_create([Recusal(case=one, user=user, **words) for one in merged])
    row = Recusal.objects.create(case=case, user=user, **words)
    was_handler = _leave(case, user)
    _note("case.recused", case, row, by=by, at=at)
    _end_unmaskings(case, user, at=at)
    notices.take_back(to_user(user), number=case.number)  # what has not left the house yet, such as a reminder
    telling.recused(case, row, was_handler=was_handler, by=by, at=at)
    return row


def _leave(case: Case, user: User) -> bool:
    """Take the case from its handler; whoever has it open reads that something changed. Returns whether it was his."""
    was_handler = case.handler_id == user.pk
    case.version += 1
    case.handler = None if was_handler else case.handler
    case.save(update_fields=["version", "handler"])
    return was_handler


def _end_unmaskings(case: Case, user: User, *, at: datetime) -> None:
    """What he asked to be told, or was allowed to see, ends with it."""
    for row in case.unmaskings.filter(requested_by=user, ended_at=None).select_related("complaint"):
        if unmasking.is_waiting(row) or unmasking.is_granted(row, at):
            row.ended_at = at
            row.save(update_fields=["ended_at"])
            facts: dict[str, events.Fact] = {"column": row.column, "purpose": row.purpose, "unmasking": row.pk}
            subject = row.complaint.subject
            events.record("vault.unmasking_ended", subject=subject, actor=events.SYSTEM, at=at, facts=facts)


def _note(what: str, case: Case, row: Recusal, *, by: User, at: datetime) -> None:
    facts: dict[str, events.Fact] = {"person": row.user_id, "recusal_ground": row.ground, "recusal_means": row.means}
    events.record(what, subject=case.subject, actor=events.user_id(by), at=at, facts=facts)
