"""Who hears of notes, records, recusals, dispositions and rectification, and by which text; never who is recused."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from agencies.models import Post
from cases.models import Assignment, Case, Disposition, InvestigationRecord, Note, Rectification, RectificationAnswer, Recusal
from cases.outbox import assignment_path, but_recused, handler_or_officers, leaders, officers, people_at
from core import notices
from core.events import Fact
from core.recipients import to_user


def mentioned(case: Case, note: Note, *, at: datetime) -> None:
    """Tell a colleague that a note speaks to him; never what it says."""
    if note.mentioned:
        _tell(case, "mentioned", [note.mentioned], f"note:{note.pk}", at, but=note.written_by, anchor="notes")


def record_to_sign(record: InvestigationRecord, people: Iterable[User], *, by: User, at: datetime) -> None:
    """Ask the investigators of a record to read and sign it; once for each wording of it."""
    _tell(record.case, "record_to_sign", people, f"record:{record.pk}:{record.version}", at, but=by, anchor="records")


def recused(case: Case, row: Recusal, *, was_handler: bool, by: User, at: datetime) -> None:
    """Tell the officers and leaders who still see the case, and the person himself when a leader ordered it."""
    people = {user.pk: user for user in [*(officers(case) if was_handler else []), *leaders(case)]}.values()
    template = "handler_recused" if was_handler else "recused"
    _tell(case, template, people, f"recusal:{row.pk}", at, but=by, anchor="recusals")
    if row.user_id != by.pk:
        _send(case, "recused_you", row.user, f"recusal:{row.pk}", at, reverse("cases:list"))


def recusal_lifted(case: Case, row: Recusal, *, at: datetime) -> None:
    """Tell the person that he may see the case again."""
    _tell(case, "recusal_lifted", [row.user], f"recusal:{row.pk}", at, anchor="recusals")


def disposition_proposed(row: Disposition, *, at: datetime) -> None:
    """Ask the leaders who may decide."""
    for user in leaders(row.case):
        if user.pk != row.proposed_by_id:
            path = reverse("cases:decide_disposition", args=[row.pk])
            _send(row.case, "disposition_proposed", user, f"disposition:{row.pk}", at, path)


def disposition_decided(row: Disposition, assignment: Assignment | None, *, by: User, at: datetime) -> None:
    """Tell who proposed it and who deals with the case; and the agency, where it was decided and the case went to it."""
    people = {user.pk: user for user in [row.proposed_by, *handler_or_officers(row.case)]}.values()
    once = f"disposition:{row.pk}"
    _tell(row.case, f"disposition_{row.decision}", people, once, at, but=by, anchor="dispositions")
    if assignment is not None and row.decision == Disposition.Decision.APPROVED:
        _tell_agency(assignment, "disposition_to_agency", once, at)


def rectification_demanded(row: Rectification, *, due_on: str, at: datetime) -> None:
    """Tell the agency's liaison officers what is demanded of it."""
    _tell_agency(row.assignment, "rectification_demanded", f"rectification:{row.pk}", at, due_on=due_on)


def rectification_answered(row: Rectification, answer: RectificationAnswer, *, at: datetime) -> None:
    """Tell who deals with the case."""
    people, once = handler_or_officers(row.case), f"rectification_answer:{answer.pk}"
    _tell(row.case, "rectification_answered", people, once, at, anchor="rectification")


def rectification_judged(row: Rectification, answer: RectificationAnswer, *, by: User, due_on: str, at: datetime) -> None:
    """Tell the agency, and the handler when somebody else has judged."""
    once = f"rectification_answer:{answer.pk}"
    _tell_agency(row.assignment, f"rectification_{answer.verdict}", once, at, due_on=due_on)
    if row.case.handler:
        people, template = [row.case.handler], f"rectification_{answer.verdict}"
        _tell(row.case, template, people, once, at, but=by, anchor="rectification", due_on=due_on)


def sheet_path(case: Case, anchor: str) -> str:
    """Return the address of a section of the sheet."""
    return f"{reverse('cases:inquiry', args=[case.pk])}#{anchor}"


def _tell(
    case: Case,
    template: str,
    people: Iterable[User],
    once: str,
    at: datetime,
    *,
    anchor: str,
    but: User | None = None,
    **more: Fact,
) -> None:
    for user in but_recused(case, list(people)):
        if but is None or user.pk != but.pk:
            _send(case, template, user, once, at, sheet_path(case, anchor), **more)


def _tell_agency(assignment: Assignment, template: str, once: str, at: datetime, **more: Fact) -> None:
    """Tell the agency's liaison officers; the facts hold a number alone."""
    for user in people_at(assignment, Post.Kind.LIAISON_OFFICER):
        _send(assignment.case, template, user, once, at, assignment_path(assignment), **more)


def _send(case: Case, template: str, user: User, once: str, at: datetime, path: str, **more: Fact) -> None:
    facts: dict[str, Fact] = {"number": case.number, "path": path, **more}
    notices.send(f"cases/{template}", to=to_user(user), key=f"{once}:{template}:user:{user.pk}", at=at, facts=facts)
