"""Opens a case again: its complainant is dissatisfied, or a leader finds that the reply does not hold."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import OFFICE, Role
from agencies.models import Post
from agencies.people import holders
from cases import permissions
from cases.ends import notifications
from cases.leading import lead_of
from cases.models import Assignment, Case, Reopening, Review
from cases.redaction import disclosed_to
from cases.workflow import Mode, Refused, Step, check
from complaints import actions as complaint_actions
from core import clock, events

from . import limits
from .checking import check_words
from .dispatching import NobodyStandsForAgency
from .moving import ask, lock, move
from .problems import count_rework
from .shared import check_shared


class CannotReopen(Refused):
    """There is nothing in the case that could be looked into again."""


class NoAgencyBefore(Refused):
    """No agency has dealt with the case, so it cannot go back to one."""

    field = "who"


@transaction.atomic
def reopen(
    case: Case,
    *,
    by: User,
    version: int | None,
    reason: str,
    at: datetime,
    with_agency: bool = False,
    words: str = "",
    looked_at: bool = False,
) -> Reopening:
    """Open a case again: the office looks itself, or the agency that had it gets `words`, what is still open, and signs anew.

    The reply, its rating and how it was closed are kept beside the case; a new limit runs from today; the complainants are told
    and rate the next reply. Raises CannotReopen, NoAgencyBefore, NobodyStandsForAgency, WordsNameComplainant.
    """
    case = lock(case, version)
    ask(permissions.can_reopen(by, case))
    check("reopen", case.status)
    _check_reopenable(case)
    check_shared(case, reason, field="reason")
    assignment = _sent_again(case, words, looked_at=looked_at, at=at) if with_agency else None
    if assignment is None:
        case.assignments.current().update(ended_at=at)
    row = _keep(case, assignment, reason=reason, words=words if assignment else "", by=by, at=at)
    _begin_again(case, row, by=by, at=at)
    complaint_actions.put_ratings_aside(list(case.links.values_list("complaint", flat=True)), at=at)
    count_rework(case, at=at)
    notifications.reopened(case, row, by=by, at=at)
    return row


def _check_reopenable(case: Case) -> None:
    if case.replied_at is None:
        raise CannotReopen(_("The office has never replied in this case, so there is nothing to look into again."))
    if case.withdrawn_at is not None:
        raise CannotReopen(_("The complainant has withdrawn. Enter a new matter if the facts ask for it."))
    if case.links.filter(complaint__erased_at__isnull=False).exists():
        raise CannotReopen(_("The complainant's data has been deleted, its time was over. New facts are a new matter."))
    if Review.objects.waiting().filter(case=case).exists():
        raise CannotReopen(_("A review of the reply waits for its answer. Answer it first; then the case can be opened again."))


def _sent_again(case: Case, words: str, *, looked_at: bool, at: datetime) -> Assignment:
    """Let the agency that dealt with the case last sign for it anew."""
    led = case.assignments.select_related("agency").filter(is_lead=True, received_at__isnull=False)
    found = lead_of(case) or led.order_by("received_at", "pk").last()
    if found is None:
        raise NoAgencyBefore(_("No agency has dealt with this case. Look into it in the office."))
    people = holders(found.agency, Post.Kind.LIAISON_OFFICER)
    if not any(user.has_role(Role.LIAISON_OFFICER) for user in people):
        raise NobodyStandsForAgency(
            _("%(agency)s has no liaison officer to receive the case. Have the post filled first, or look into it in the office.")
            % {"agency": found.agency.name}
        )
    found.case = case
    check_words(words, case, disclosed_to(found), field="words", looked_at=looked_at)
    case.assignments.current().filter(agency=found.agency).exclude(pk=found.pk).update(ended_at=at)
    found.received_at = found.received_by = found.ended_at = None
    found.save(update_fields=["received_at", "received_by", "ended_at"])
    return found


def _keep(case: Case, assignment: Assignment | None, *, reason: str, words: str, by: User, at: datetime) -> Reopening:
    """Write down how the case stood."""
    assert case.replied_at is not None  # noqa: S101 _check_reopenable has seen to it
    return Reopening.objects.create(
        case=case,
        assignment=assignment,
        reason=reason,
        words=words,
        reopened_at=at,
        reopened_by=by,
        came_from=case.status,
        finding=case.finding,
        satisfaction=case.satisfaction,
        follow_up_note=case.follow_up_note,
        close_reason=case.close_reason,
        reply=case.reply,
        replied_at=case.replied_at,
        signer=case.replied_by,
    )


def _begin_again(case: Case, row: Reopening, *, by: User, at: datetime) -> None:
    """Move the case and start the limit of the step at which it begins; the earlier reply stands until the next."""
    assignment = row.assignment
    facts: dict[str, events.Fact] = {"reopening": row.pk, "agency": assignment.agency_id if assignment else None}
    handler = case.handler if case.handler and case.handler.is_active and case.handler.has_role(*OFFICE) else by
    move(
        case,
        "reopen_with_agency" if assignment else "reopen",
        event="case.reopened",
        actor=events.user_id(by),
        at=at,
        facts=facts,
        mode=(case.mode if case.mode == Mode.TRANSFER else Mode.ASSIGN) if assignment else Mode.HANDLE,
        agency=assignment.agency if assignment else None,
        handler=handler,
        finding="",
        satisfaction="",
        follow_up_note="",
        close_reason="",
        closed_at=None,
    )
    limits.close_limits(case, at=at)
    limits.open_limit(case, Step.RECEIVE if assignment else Step.FINISH, start=clock.day_of(at), at=at)
