"""Rectification: demanded from an agency with a limit, answered with proof, accepted or sent back while the limit runs on."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from agencies.models import Agency, Post
from agencies.people import holders
from cases import permissions
from cases.inquiry import telling
from cases.models import Assignment, Case, Rectification, RectificationAnswer, RectificationProof
from cases.redaction import disclosed_to
from cases.workflow import Refused, Step
from core import clock, events, files
from core.files import Examined

from . import limits
from .checking import check_words
from .dispatching import NobodyStandsForAgency
from .moving import ask, lock

MOST_PROOFS = 10


class RectificationOpen(Refused):
    """One demand at a time."""


class RectificationMoved(Refused):
    """Somebody else was faster, or there is nothing to answer or to judge."""


class TooManyProofs(Refused):
    """More files than a page can show."""

    field = "proofs"


@transaction.atomic
def demand_rectification(
    case: Case, *, by: User, version: int | None, agency: Agency, demand: str, at: datetime, looked_at: bool = False
) -> Rectification:
    """Demand that an agency puts right what was found; its limit runs from that day, whatever becomes of the case.

    An agency that the case never went to (the office handled it itself) gets an assignment that holds the demand and nothing
    else. Raises RectificationOpen, NamesComplainant, NobodyStandsForAgency.
    """
    case = lock(case, version, by=by)
    ask(permissions.can_demand_rectification(by, case))
    if case.rectifications.open().exists():
        raise RectificationOpen(_("A rectification is under way already. Accept it or send it back first."))
    assignment = case.assignments.select_related("agency", "case").filter(agency=agency).first()
    check_words(demand, case, disclosed_to(assignment) if assignment else {}, field="demand", looked_at=looked_at)
    assignment = assignment or _assign(case, agency, demand, by=by, at=at)
    assignment.case = case
    row = Rectification.objects.create(case=case, assignment=assignment, demand=demand, demanded_at=at, demanded_by=by)
    deadline = limits.open_limit(case, Step.RECTIFICATION, start=clock.day_of(at), at=at)
    _note("case.rectification_demanded", row, actor=by, at=at)
    telling.rectification_demanded(row, due_on=deadline.due_on.isoformat(), at=at)
    return row


@transaction.atomic
def answer_rectification(
    rectification: Rectification, *, by: User, text: str, proofs: Sequence[Examined] = (), at: datetime
) -> RectificationAnswer:
    """The agency says what it has put right, with files that prove it. Raises RectificationMoved, TooManyProofs."""
    row = _lock(rectification)
    ask(permissions.can_answer_rectification(by, row))
    if row.accepted_at or row.answers.filter(verdict="").exists():
        raise RectificationMoved(_("Your agency has answered already; the office looks at it."))
    if len(proofs) > MOST_PROOFS:
        raise TooManyProofs(_("At most %(n)d files.") % {"n": MOST_PROOFS})
    answer = RectificationAnswer.objects.create(rectification=row, text=text, answered_at=at, answered_by=by)
    RectificationProof.objects.bulk_create(
        [RectificationProof(answer=answer, file=files.store(proof, at=at)) for proof in proofs]
    )
    limits.close_limits(row.case, Step.RECTIFICATION, at=at)
    _note("case.rectification_answered", row, actor=by, at=at)
    telling.rectification_answered(row, answer, at=at)
    return answer


@transaction.atomic
def judge_rectification(
    rectification: Rectification, *, by: User, accept: bool, note: str = "", at: datetime, looked_at: bool = False
) -> Rectification:
    """Accept the agency's answer, or send it back with a reason; then the limit runs on from where it was.

    Raises RectificationMoved, NamesComplainant.
    """
    row = _lock(rectification, by=by)
    ask(permissions.can_judge_rectification(by, row))
    answer = row.answers.filter(verdict="").first()
    if answer is None:
        raise RectificationMoved(_("No answer waits for the office; somebody else may have looked at it already."))
    check_words(note, row.case, disclosed_to(row.assignment), field="note", looked_at=looked_at)
    answer.verdict = RectificationAnswer.Verdict.ACCEPTED if accept else RectificationAnswer.Verdict.SENT_BACK
    answer.verdict_note, answer.judged_at, answer.judged_by = note, at, by
    answer.save(update_fields=["verdict", "verdict_note", "judged_at", "judged_by"])
    if accept:
        row.accepted_at, row.accepted_by = at, by
        row.save(update_fields=["accepted_at", "accepted_by"])
    else:
        limits.reopen_limit(row.case, Step.RECTIFICATION, at=at)
    _note(f"case.rectification_{answer.verdict}", row, actor=by, at=at)
    limit = row.case.deadlines.filter(step=Step.RECTIFICATION).order_by("pk").last()
    telling.rectification_judged(row, answer, by=by, due_on=limit.due_on.isoformat() if limit else "", at=at)
    return row


def _lock(rectification: Rectification, *, by: User | None = None) -> Rectification:
    """Lock the case first, then the rectification; `by` is who of the office acts."""
    case = lock(rectification.case, by=by)
    rows = Rectification.objects.select_for_update(of=("self",)).select_related("assignment__agency")
    row = rows.get(pk=rectification.pk)
    row.case = row.assignment.case = case
    return row


def _assign(case: Case, agency: Agency, demand: str, *, by: User, at: datetime) -> Assignment:
    if not any(user.has_role(Role.LIAISON_OFFICER) for user in holders(agency, Post.Kind.LIAISON_OFFICER)):
        raise NobodyStandsForAgency(
            _("%(agency)s has no liaison officer to receive the case. Have the post filled first, or choose another agency.")
            % {"agency": agency.name}
        )
    # It holds the demand alone: the agency neither leads nor helps, so nothing else is waited for from it.
    return Assignment.objects.create(
        case=case, agency=agency, summary=demand, is_lead=False, assigned_at=at, assigned_by=by, ended_at=at
    )


def _note(what: str, row: Rectification, *, actor: User, at: datetime) -> None:
    """Record it. The new version tells pages that were opened before."""
    row.case.version += 1
    row.case.save(update_fields=["version"])
    facts: dict[str, events.Fact] = {"rectification": row.pk, "agency": row.assignment.agency_id}
    events.record(what, subject=row.case.subject, actor=events.user_id(actor), at=at, facts=facts)
