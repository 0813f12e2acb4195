"""Who hears of what happens to a case, and by which text. Sends nothing by itself: `core.notices` writes the outbox."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from agencies.models import Post
from complaints.addresses import to_complainant
from complaints.models import Complaint, Consent, Evidence, Message, RewardClaim
from core import notices
from core.digests import GATHERING
from core.events import Fact
from core.models import InboxItem
from core.notices import Outgoing
from core.recipients import to_user

from .leading import led_at
from .models import Assignment, Case, Deadline, Extension, Letter, Review, Suspension, Unmasking
from .outbox import (
    assignment_path,
    but_recused,
    case_path,
    facts_of,
    handler_in_office,
    handler_or_officers,
    leaders,
    leaders_of,
    officers,
    people_at,
    send,
    tell_agency,
    tell_clerks,
    tell_clerks_of,
    tell_complainants,
    tell_office,
    tell_these,
)
from .workflow import Mode


def opened(case: Case, *, at: datetime) -> None:
    """Tell all officers that a complaint waits for acceptance."""
    tell_office(case, "opened", officers(), at=at)


def accepted(case: Case, *, by: User, at: datetime) -> None:
    """Tell the complainant, and the handler when somebody else accepted."""
    tell_complainants(case, "accepted_to_complainant", at=at)
    tell_clerks(case, "accepted", at=at)
    tell_office(case, "accepted", handler_in_office(case), but=by, at=at)


def declined(case: Case, *, at: datetime) -> None:
    """Tell the complainant; the reason stands on the tracking page."""
    tell_complainants(case, "declined_to_complainant", at=at)
    tell_clerks(case, "declined", at=at)


def assigned(assignment: Assignment, *, at: datetime) -> None:
    """Tell the agency's liaison officers."""
    tell_agency(assignment, "assigned", at=at)


def received(assignment: Assignment, *, by: User, at: datetime) -> None:
    """Tell the handler."""
    tell_office(assignment.case, "received", handler_in_office(assignment.case), but=by, at=at)


def reported(case: Case, *, by: User, at: datetime) -> None:
    """Tell the office leaders, who decide, and the handler; of a transferred case the handler decides, while in the office."""
    handler = handler_in_office(case)
    people = handler if handler and case.mode == Mode.TRANSFER else [*leaders(), *handler]
    tell_office(case, "reported", people, but=by, at=at)


def sent_back(case: Case, assignment: Assignment | None, *, by: User, at: datetime) -> None:
    """Tell those who must report again, and the handler."""
    if assignment is not None:
        tell_agency(assignment, "sent_back", at=at)
    tell_office(case, "sent_back_to_office", handler_in_office(case), but=by, at=at)


def approved(case: Case, assignment: Assignment | None, *, by: User, at: datetime) -> None:
    """Tell the complainant that the reply is there, the agency that its report was approved, and the handler."""
    tell_complainants(case, "replied_to_complainant", at=at)
    tell_clerks(case, "replied", at=at)
    if assignment is not None:
        tell_agency(assignment, "approved", at=at)
    tell_office(case, "replied", handler_in_office(case), but=by, at=at)


def rated(case: Case, *, at: datetime) -> None:
    """Tell the handler how the complainant rates the outcome."""
    tell_office(case, "rated", handler_in_office(case), at=at, satisfaction=case.satisfaction)


def closed(case: Case, *, at: datetime) -> None:
    """Tell the complainant that an officer closed the case."""
    tell_complainants(case, "closed_to_complainant", at=at)
    tell_clerks(case, "closed", at=at)


def message_came(case: Case, message: Message, *, at: datetime) -> None:
    """Tell who deals with the case. `message` is the oldest that nobody has seen, so that one notice does for all."""
    tell_office(case, "message", handler_or_officers(case), at=at, once=f"message:{message.pk}")


def evidence_came(case: Case, evidence: Evidence, *, at: datetime) -> None:
    """Tell who deals with the case that evidence was added; `evidence` is the first file of it.

    Files may come one by one: who has not read of the first is not told of the next.
    """
    people = handler_or_officers(case)
    unread = InboxItem.objects.filter(user__in=people, read_at__isnull=True)
    told = set(
        unread.filter(notice__template="cases/evidence", notice__facts__path=case_path(case)).values_list("user", flat=True)
    )
    untold = [user for user in people if user.pk not in told]
    tell_office(case, "evidence", untold, at=at, once=f"evidence:{evidence.pk}")


def corrected(case: Case, *, at: datetime) -> None:
    """Tell who deals with the case that its complainant has another name or number, never which."""
    tell_office(case, "corrected", handler_or_officers(case), at=at, once=f"corrected:{at.isoformat()}")


def evidence_locked(evidence: Evidence, at: datetime) -> None:
    """Tell who deals with the case that a file of it was locked; answers the complaints' port."""
    for case in Case.objects.filter(links__complaint=evidence.complaint).select_related("handler", "agency", "respondent_agency"):
        tell_office(case, "evidence_locked", handler_or_officers(case), at=at, once=f"evidence_locked:{evidence.pk}")


def withdrawn(case: Case, *, at: datetime) -> None:
    """Tell who deals with the case, who decides whether it goes on if it has not ended with the withdrawal."""
    tell_office(case, "withdrawn", handler_or_officers(case), at=at, ended=case.closed_at is not None)


def merged(source: Case, target: Case, complaints: Iterable[Complaint], *, by: User, at: datetime) -> None:
    """Tell the complainants who are now dealt with together with another, and the handler of the joint case."""
    tell_these(complaints, source, "merged_to_complainant", at=at)
    tell_clerks_of(complaints, source, "merged", at=at)
    tell_office(target, "joined", handler_in_office(target), but=by, at=at, other=source.number)


def unmerged(source: Case, target: Case, complaints: Iterable[Complaint], *, by: User, at: datetime) -> None:
    """Tell the same people that the matter is dealt with by itself again, and the officers that it waits for acceptance."""
    tell_these(complaints, source, "unmerged_to_complainant", at=at)
    tell_clerks_of(complaints, source, "unmerged", at=at)
    tell_office(target, "parted", handler_in_office(target), but=by, at=at, other=source.number)
    tell_office(source, "waits_again", officers(), but=by, at=at)


def review_asked(review: Review, answerers: list[User], *, at: datetime) -> None:
    """Ask the office leaders who may answer; when none may, all of them, so that somebody sees to it."""
    level = review.request.level
    tell_office(review.case, "review_asked", answerers or leaders(), at=at, once=_once(review), level=level)


def review_answered(review: Review, *, by: User, at: datetime) -> None:
    """Tell the complainant that there is an answer, and the handler, who may have to act on it."""
    case, complaint = review.case, review.request.complaint
    if recipient := to_complainant(complaint):
        facts: dict[str, Fact] = {"number": complaint.number}
        send(case, "review_answered_to_complainant", recipient, facts, at, once=_once(review))
    tell_office(case, "review_answered", handler_in_office(case), but=by, at=at, once=_once(review), outcome=review.outcome)


def reward_claimed(case: Case, claim: RewardClaim, *, at: datetime) -> None:
    """Tell the handler and the office leaders."""
    people = {user.pk: user for user in (*handler_in_office(case), *leaders())}.values()
    tell_office(case, "reward_claimed", people, at=at, once=f"claim:{claim.pk}")


def consent_changed(case: Case, consent: Consent, *, at: datetime) -> None:
    """Tell who deals with the case that the complainant has decided anew what the agency may learn."""
    once = f"consent:{consent.pk}:{'revoked' if consent.revoked_at else 'given'}"
    tell_office(case, "consent_changed", handler_or_officers(case), at=at, once=once)


def _once(review: Review) -> str:
    return f"review:{review.pk}"


def ended(assignment: Assignment, *, at: datetime) -> None:
    """Tell the agency that no report is waited for any more; not why, which only the complainant could have caused."""
    tell_agency(assignment, "ended", at=at)


def identity_denied(case: Case, complaint: Complaint, clerks: Iterable[User], *, by: User, at: datetime) -> None:
    """Tell who deals with the case that nobody is to be called any more, and the helper unit's clerk that it lost the filing."""
    once = f"identity_denied:{complaint.pk}"
    facts: dict[str, Fact] = {"number": complaint.number, "what": "denied", "path": reverse("filings:list")}
    tell_office(case, "identity_denied", handler_or_officers(case), but=by, at=at, once=once)
    for clerk in clerks:
        send(case, "filing_moved", to_user(clerk), facts, at, once=once)


def unmasking_asked(unmasking: Unmasking, approvers: Iterable[User], *, at: datetime) -> None:
    """Ask those who may decide; the text says neither whose name it is nor why."""
    _tell_of_unmasking(unmasking, "unmasking_asked", approvers, at)


def unmasking_decided(unmasking: Unmasking, *, at: datetime) -> None:
    """Tell who asked."""
    _tell_of_unmasking(unmasking, f"unmasking_{unmasking.decision}", [unmasking.requested_by], at)


def _tell_of_unmasking(unmasking: Unmasking, template: str, people: Iterable[User], at: datetime) -> None:
    case = unmasking.case
    path = case_path(case) if unmasking.decision else reverse("cases:decide_unmasking", args=[unmasking.pk])
    until = unmasking.expires_at.isoformat() if unmasking.expires_at else ""
    facts: dict[str, Fact] = {"number": case.number, "column": unmasking.column, "path": path, "until": until}
    for user in people:
        notices.send(
            f"cases/{template}", to=to_user(user), key=f"unmasking:{unmasking.pk}:{template}:user:{user.pk}", at=at, facts=facts
        )


def extension_asked(case: Case, row: Extension, *, at: datetime) -> None:
    """Ask the office leaders who see the case, and tell the handler; never who asked."""
    facts: dict[str, Fact] = {"number": case.number, "step": row.deadline.step, "due_on": row.old_due_on.isoformat()}
    for user in leaders_of(case):
        path = reverse("cases:decide_extension", args=[row.pk])
        _tell_of_extension(row, "extension_asked", user, facts | {"path": path}, at, but=row.asked_by)
    for user in handler_in_office(case):
        _tell_of_extension(row, "extension_noted", user, facts | {"path": case_path(case)}, at, but=row.asked_by)


def extension_decided(case: Case, row: Extension, *, at: datetime) -> None:
    """Tell who asked and the handler, and, when time was given, the complainant; the reason stands on the tracking page."""
    day = (row.new_due_on or row.deadline.due_on).isoformat()
    facts: dict[str, Fact] = {"number": case.number, "step": row.deadline.step, "due_on": day}
    assignment = led_at(case, row.asked_at)
    asked_by = but_recused(case, [row.asked_by])
    for user in {person.pk: person for person in [*asked_by, *handler_in_office(case)]}.values():
        outside = assignment is not None and user.pk == row.asked_by_id
        path = assignment_path(assignment) if assignment and outside else case_path(case)
        _tell_of_extension(row, f"extension_{row.decision}", user, facts | {"path": path}, at, but=row.decided_by)
    if row.new_due_on:
        tell_complainants(case, "extended_to_complainant", at=at, once=f"extension:{row.pk}", due_on=day)


def suspended(case: Case, row: Suspension, *, by: User, at: datetime) -> None:
    """Tell the complainant, the agency and the handler that the clock stands still."""
    _tell_of_clock(case, "suspended", f"suspension:{row.pk}", by, at)


def resumed(case: Case, row: Suspension, *, by: User, at: datetime) -> None:
    """Tell the same people that it runs again, and until when."""
    _tell_of_clock(case, "resumed", f"suspension:{row.pk}", by, at)


def letter_issued(letter: Letter, *, at: datetime) -> None:
    """Tell the agency's liaison officers, or the complainant, that there is a letter; what it says stands on their pages."""
    case, once = letter.case, f"letter:{letter.pk}"
    if letter.complaint is not None:
        tell_these([letter.complaint], case, "letter_to_complainant", at=at, once=once)
    for assignment in case.assignments.select_related("agency", "case").filter(agency=letter.agency_id):
        facts: dict[str, Fact] = {"number": case.number, "kind": letter.kind, "path": assignment_path(assignment)}
        for user in people_at(assignment, Post.Kind.LIAISON_OFFICER):
            send(case, "letter", to_user(user), facts, at, once=once)


def _tell_of_clock(case: Case, template: str, once: str, by: User, at: datetime) -> None:
    tell_complainants(case, f"{template}_to_complainant", at=at, once=once)
    tell_office(case, template, handler_in_office(case), but=by, at=at, once=once)
    for assignment in case.assignments.current().select_related("agency", "case"):
        facts = facts_of(case) | {"path": assignment_path(assignment)}
        for user in people_at(assignment, Post.Kind.LIAISON_OFFICER):
            send(case, template, to_user(user), facts, at, once=once)


def _tell_of_extension(
    row: Extension, template: str, user: User, facts: dict[str, Fact], at: datetime, *, but: User | None
) -> None:
    if but is None or user.pk != but.pk:
        key = f"extension:{row.pk}:{template}:user:{user.pk}"
        notices.send(f"cases/{template}", to=to_user(user), key=key, at=at, facts=facts)


def reminded(
    deadline: Deadline, people: Iterable[User], *, rung: str, offset: int, opened: Mapping[int, Assignment], at: datetime
) -> None:
    """Remind people of a limit, each of them once a rung; see `reminders`."""
    notices.send_all(reminders(deadline, people, rung=rung, offset=offset, opened=opened, at=at), at=at)


def reminders(
    deadline: Deadline, people: Iterable[User], *, rung: str, offset: int, opened: Mapping[int, Assignment], at: datetime
) -> list[Outgoing]:
    """Return a reminder for each of these people. `offset`: working days from the last day, negative before it.

    `opened`: which assignment a person of an agency opens, by the person's id; all others open the case.

    The mail waits some minutes for others of the same morning, see `core.digests`.
    """
    facts: dict[str, Fact] = {"number": deadline.case.number, "step": deadline.step, "due_on": deadline.due_on.isoformat()}
    facts |= {"rung": rung, "offset": offset}
    once, leaves = f"deadline:{deadline.pk}:{rung}:user", at + GATHERING
    paths: dict[int, Fact] = {pk: assignment_path(assignment) for pk, assignment in opened.items()}
    outgoing = [(user, facts | {"path": paths.get(user.pk, case_path(deadline.case))}) for user in people]
    return [Outgoing("cases/reminder", to_user(user), f"{once}:{user.pk}", each, leaves) for user, each in outgoing]


def handed_on(cases: list[Case], *, to: User, came: bool, mark: str, at: datetime) -> None:
    """Tell a handler of all the cases that came to him, or went from him, in one act; `mark` tells one act from another."""
    template = "cases/handed_on" if came else "cases/handed_away"
    path = reverse("cases:list") + ("?view=mine" if came else "")
    facts: dict[str, Fact] = {"count": len(cases), "numbers": [case.number for case in cases], "path": path}
    notices.send(template, to=to_user(to), key=f"{template}:{mark}:user:{to.pk}", at=at, facts=facts)
