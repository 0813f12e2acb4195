"""Who hears of what happens to a case, and by which text. Sends nothing by itself: `core.notices` writes the outbox."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.roles import AGENCY, Role
from agencies.models import Post
from agencies.people import holders
from complaints.addresses import to_complainant
from complaints.models import Complaint, Consent, Evidence, Message, RewardClaim
from complaints.units import clerks_of
from core import notices
from core.digests import GATHERING
from core.events import Fact
from core.models import InboxItem
from core.recipients import Recipient, to_user

from .leading import led_at
from .models import Assignment, Case, Deadline, Extension, Review, Suspension, Unmasking
from .workflow import Mode


def opened(case: Case, *, at: datetime) -> None:
    """Tell all officers that a complaint waits for acceptance."""
    _tell_office(case, "opened", officers(), at=at)


def accepted(case: Case, *, by: User, at: datetime) -> None:
    """Tell the complainant, and the handler when somebody else accepted."""
    _tell_complainants(case, "accepted_to_complainant", at=at)
    _tell_clerks(case, "accepted", at=at)
    _tell_office(case, "accepted", _handler(case), but=by, at=at)


def declined(case: Case, *, at: datetime) -> None:
    """Tell the complainant; the reason stands on the tracking page."""
    _tell_complainants(case, "declined_to_complainant", at=at)
    _tell_clerks(case, "declined", at=at)


def assigned(assignment: Assignment, *, at: datetime) -> None:
    """Tell the agency's liaison officers."""
    _tell_agency(assignment, "assigned", at=at)


def received(assignment: Assignment, *, by: User, at: datetime) -> None:
    """Tell the handler."""
    _tell_office(assignment.case, "received", _handler(assignment.case), but=by, at=at)


def reported(case: Case, *, by: User, at: datetime) -> None:
    """Tell the office leaders, who decide, and the handler; of a transferred case the handler decides, while in the office."""
    handler = _handler(case)
    people = handler if handler and case.mode == Mode.TRANSFER else [*leaders(), *handler]
    _tell_office(case, "reported", people, but=by, at=at)


def sent_back(case: Case, assignment: Assignment | None, *, by: User, at: datetime) -> None:
    """Tell those who must report again, and the handler."""
    if assignment is not None:
        _tell_agency(assignment, "sent_back", at=at)
    _tell_office(case, "sent_back_to_office", _handler(case), but=by, at=at)


def approved(case: Case, assignment: Assignment | None, *, by: User, at: datetime) -> None:
    """Tell the complainant that the reply is there, the agency that its report was approved, and the handler."""
    _tell_complainants(case, "replied_to_complainant", at=at)
    _tell_clerks(case, "replied", at=at)
    if assignment is not None:
        _tell_agency(assignment, "approved", at=at)
    _tell_office(case, "replied", _handler(case), but=by, at=at)


def rated(case: Case, *, at: datetime) -> None:
    """Tell the handler how the complainant rates the outcome."""
    _tell_office(case, "rated", _handler(case), at=at, satisfaction=case.satisfaction)


def closed(case: Case, *, at: datetime) -> None:
    """Tell the complainant that an officer closed the case."""
    _tell_complainants(case, "closed_to_complainant", at=at)
    _tell_clerks(case, "closed", at=at)


def message_came(case: Case, message: Message, *, at: datetime) -> None:
    """Tell who deals with the case. `message` is the oldest that nobody has seen, so that one notice does for all."""
    _tell_office(case, "message", handler_or_officers(case), at=at, once=f"message:{message.pk}")


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
    _tell_office(case, "evidence", untold, at=at, once=f"evidence:{evidence.pk}")


def corrected(case: Case, *, at: datetime) -> None:
    """Tell who deals with the case that its complainant has another name or number, never which."""
    _tell_office(case, "corrected", handler_or_officers(case), at=at, once=f"corrected:{at.isoformat()}")


def evidence_locked(evidence: Evidence, at: datetime) -> None:
    """Tell who deals with the case that a file of it was locked; answers the complaints' port."""
    for case in Case.objects.filter(links__complaint=evidence.complaint).select_related("handler", "agency", "respondent_agency"):
        _tell_office(case, "evidence_locked", handler_or_officers(case), at=at, once=f"evidence_locked:{evidence.pk}")


def withdrawn(case: Case, *, at: datetime) -> None:
    """Tell who deals with the case, who decides whether it goes on if it has not ended with the withdrawal."""
    _tell_office(case, "withdrawn", handler_or_officers(case), at=at, ended=case.closed_at is not None)


def merged(source: Case, target: Case, complaints: Iterable[Complaint], *, by: User, at: datetime) -> None:
    """Tell the complainants who are now dealt with together with another, and the handler of the joint case."""
    _tell_these(complaints, source, "merged_to_complainant", at=at)
    _tell_clerks_of(complaints, source, "merged", at=at)
    _tell_office(target, "joined", _handler(target), but=by, at=at, other=source.number)


def unmerged(source: Case, target: Case, complaints: Iterable[Complaint], *, by: User, at: datetime) -> None:
    """Tell the same people that the matter is dealt with by itself again, and the officers that it waits for acceptance."""
    _tell_these(complaints, source, "unmerged_to_complainant", at=at)
    _tell_clerks_of(complaints, source, "unmerged", at=at)
    _tell_office(target, "parted", _handler(target), but=by, at=at, other=source.number)
    _tell_office(source, "waits_again", officers(), but=by, at=at)


def review_asked(review: Review, answerers: list[User], *, at: datetime) -> None:
    """Ask the office leaders who may answer; when none may, all of them, so that somebody sees to it."""
    level = review.request.level
    _tell_office(review.case, "review_asked", answerers or leaders(), at=at, once=_once(review), level=level)


def review_answered(review: Review, *, by: User, at: datetime) -> None:
    """Tell the complainant that there is an answer, and the handler, who may have to act on it."""
    case, complaint = review.case, review.request.complaint
    if recipient := to_complainant(complaint):
        facts: dict[str, Fact] = {"number": complaint.number}
        _send(case, "review_answered_to_complainant", recipient, facts, at, once=_once(review))
    _tell_office(case, "review_answered", _handler(case), but=by, at=at, once=_once(review), outcome=review.outcome)


def reward_claimed(case: Case, claim: RewardClaim, *, at: datetime) -> None:
    """Tell the handler and the office leaders."""
    people = {user.pk: user for user in (*_handler(case), *leaders())}.values()
    _tell_office(case, "reward_claimed", people, at=at, once=f"claim:{claim.pk}")


def consent_changed(case: Case, consent: Consent, *, at: datetime) -> None:
    """Tell who deals with the case that the complainant has decided anew what the agency may learn."""
    once = f"consent:{consent.pk}:{'revoked' if consent.revoked_at else 'given'}"
    _tell_office(case, "consent_changed", handler_or_officers(case), at=at, once=once)


def _once(review: Review) -> str:
    return f"review:{review.pk}"


def ended(assignment: Assignment, *, at: datetime) -> None:
    """Tell the agency that no report is waited for any more; not why, which only the complainant could have caused."""
    _tell_agency(assignment, "ended", at=at)


def identity_denied(case: Case, complaint: Complaint, clerks: Iterable[User], *, by: User, at: datetime) -> None:
    """Tell who deals with the case that nobody is to be called any more, and the helper unit's clerk that it lost the filing."""
    once = f"identity_denied:{complaint.pk}"
    facts: dict[str, Fact] = {"number": complaint.number, "what": "denied", "path": reverse("filings:list")}
    _tell_office(case, "identity_denied", handler_or_officers(case), but=by, at=at, once=once)
    for clerk in clerks:
        _send(case, "filing_moved", to_user(clerk), facts, at, once=once)


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
    for user in _handler(case):
        _tell_of_extension(row, "extension_noted", user, facts | {"path": case_path(case)}, at, but=row.asked_by)


def extension_decided(case: Case, row: Extension, *, at: datetime) -> None:
    """Tell who asked and the handler, and, when time was given, the complainant; the reason stands on the tracking page."""
    day = (row.new_due_on or row.deadline.due_on).isoformat()
    facts: dict[str, Fact] = {"number": case.number, "step": row.deadline.step, "due_on": day}
    assignment = led_at(case, row.asked_at)
    for user in {person.pk: person for person in [row.asked_by, *_handler(case)]}.values():
        outside = assignment is not None and user.pk == row.asked_by_id
        path = assignment_path(assignment) if assignment and outside else case_path(case)
        _tell_of_extension(row, f"extension_{row.decision}", user, facts | {"path": path}, at, but=row.decided_by)
    if row.new_due_on:
        _tell_complainants(case, "extended_to_complainant", at=at, once=f"extension:{row.pk}", due_on=day)


def suspended(case: Case, row: Suspension, *, by: User, at: datetime) -> None:
    """Tell the complainant, the agency and the handler that the clock stands still."""
    _tell_of_clock(case, "suspended", f"suspension:{row.pk}", by, at)


def resumed(case: Case, row: Suspension, *, by: User, at: datetime) -> None:
    """Tell the same people that it runs again, and until when."""
    _tell_of_clock(case, "resumed", f"suspension:{row.pk}", by, at)


def _tell_of_clock(case: Case, template: str, once: str, by: User, at: datetime) -> None:
    _tell_complainants(case, f"{template}_to_complainant", at=at, once=once)
    _tell_office(case, template, _handler(case), but=by, at=at, once=once)
    for assignment in case.assignments.current().select_related("agency", "case"):
        facts = _facts(case) | {"path": assignment_path(assignment)}
        for user in people_at(assignment, Post.Kind.LIAISON_OFFICER):
            _send(case, template, to_user(user), facts, at, once=once)


def _tell_of_extension(
    row: Extension, template: str, user: User, facts: dict[str, Fact], at: datetime, *, but: User | None
) -> None:
    if but is None or user.pk != but.pk:
        key = f"extension:{row.pk}:{template}:user:{user.pk}"
        notices.send(f"cases/{template}", to=to_user(user), key=key, at=at, facts=facts)


def reminded(
    deadline: Deadline, people: Iterable[User], *, rung: str, offset: int, opened: Mapping[int, Assignment], at: datetime
) -> None:
    """Remind people of a limit, each of them once a rung. `offset`: working days from the last day, negative before it.

    `opened`: which assignment a person of an agency opens, by the person's id; all others open the case.

    The mail waits some minutes for others of the same morning, see `core.digests`.
    """
    facts: dict[str, Fact] = {"number": deadline.case.number, "step": deadline.step, "due_on": deadline.due_on.isoformat()}
    facts |= {"rung": rung, "offset": offset}
    for user in people:
        key, assignment = f"deadline:{deadline.pk}:{rung}:user:{user.pk}", opened.get(user.pk)
        path: dict[str, Fact] = {"path": assignment_path(assignment) if assignment else case_path(deadline.case)}
        notices.send("cases/reminder", to=to_user(user), key=key, at=at, facts=facts | path, not_before=at + GATHERING)


def handed_on(cases: list[Case], *, to: User, came: bool, mark: str, at: datetime) -> None:
    """Tell a handler of all the cases that came to him, or went from him, in one act; `mark` tells one act from another."""
    template = "cases/handed_on" if came else "cases/handed_away"
    path = reverse("cases:list") + ("?view=mine" if came else "")
    facts: dict[str, Fact] = {"count": len(cases), "numbers": [case.number for case in cases], "path": path}
    notices.send(template, to=to_user(to), key=f"{template}:{mark}:user:{to.pk}", at=at, facts=facts)


def officers() -> list[User]:
    """Return all officers."""
    return list(User.objects.with_role(Role.OFFICER))


def handler_or_officers(case: Case) -> list[User]:
    """Return the handler, or all officers while nobody in the office handles the case."""
    return _handler(case) or officers()


def leaders() -> list[User]:
    """Return all office leaders."""
    return list(User.objects.with_role(Role.OFFICE_LEADER))


def leaders_of(case: Case) -> list[User]:
    """Return the office leaders who see the case."""
    return [user for user in leaders() if Case.objects.visible_to(user).filter(pk=case.pk).exists()]


def unmasking_approvers(case: Case, asker: User) -> list[User]:
    """Return who may allow this person to be told who filed: the leaders and the officers named for it who see the case."""
    named = User.objects.with_role(Role.OFFICER).filter(username__in=settings.UNMASKING_APPROVERS)
    people = [user for user in dict.fromkeys([*leaders(), *named]) if user.pk != asker.pk]
    return [user for user in people if Case.objects.visible_to(user).filter(pk=case.pk).exists()]


def people_at(assignment: Assignment, kind: Post.Kind) -> list[User]:
    """Return the people in a post of the agency that an assignment went to, as far as they can open it."""
    return [user for user in holders(assignment.agency, kind) if user.has_role(*AGENCY)]


def case_path(case: Case) -> str:
    """Return the address of the case's page."""
    return reverse("cases:detail", args=[case.pk])


def assignment_path(assignment: Assignment) -> str:
    """Return the address of the agency's page."""
    return reverse("cases:assignment_detail", args=[assignment.pk])


def _handler(case: Case) -> list[User]:
    """The handler, while in the office."""
    return [case.handler] if case.handler is not None and case.handler.is_active else []


def _tell_office(
    case: Case, template: str, people: Iterable[User], *, at: datetime, but: User | None = None, once: str = "", **more: Fact
) -> None:
    """Tell people of the office, never the one who has just done it. `once` names what they are told of, if it is no move."""
    facts = _facts(case) | {"path": case_path(case)} | more
    for user in people:
        if but is None or user.pk != but.pk:
            _send(case, template, to_user(user), facts, at, once=once)


def _tell_agency(assignment: Assignment, template: str, *, at: datetime, once: str = "") -> None:
    """Tell the agency's liaison officers; the facts hold nothing that the complainant wrote."""
    facts = _facts(assignment.case) | {"path": assignment_path(assignment)}
    for user in people_at(assignment, Post.Kind.LIAISON_OFFICER):
        _send(assignment.case, template, to_user(user), facts, at, once=once)


def _tell_complainants(case: Case, template: str, *, at: datetime, once: str = "", due_on: str = "") -> None:
    """Tell every complainant who wants to be told, by the channels chosen; the text never says what the matter is about."""
    complaints = [link.complaint for link in case.links.select_related("complaint__complainant")]
    _tell_these(complaints, case, template, at=at, once=once, due_on=due_on)


def _tell_these(
    complaints: Iterable[Complaint], case: Case, template: str, *, at: datetime, once: str = "", due_on: str = ""
) -> None:
    for complaint in complaints:
        if recipient := to_complainant(complaint):
            facts: dict[str, Fact] = {"number": complaint.number, "due_on": due_on or _due(case)}
            _send(case, template, recipient, facts, at, once=once)


def _tell_clerks(case: Case, what: str, *, at: datetime) -> None:
    """Tell the helper units' clerks who follow a filing of this case (`what`: accepted, declined, replied or closed)."""
    _tell_clerks_of([link.complaint for link in case.links.select_related("complaint")], case, what, at=at)


def _tell_clerks_of(complaints: Iterable[Complaint], case: Case, what: str, *, at: datetime) -> None:
    """`what` may also be merged or unmerged. Two filings in one case are two notices, even to one clerk."""
    for complaint in complaints:
        if complaint.filed_by_unit_id is None:
            continue
        facts: dict[str, Fact] = {"number": complaint.number, "what": what}
        facts["path"] = reverse("filings:detail", args=[complaint.number])
        for clerk in clerks_of(complaint):
            _send(case, "filing_moved", to_user(clerk), facts, at, once=f"v{case.version}:filing:{complaint.pk}")


def _facts(case: Case) -> dict[str, Fact]:
    agency = case.agency or case.respondent_agency
    names: dict[str, Fact] = {"agency": agency.name, "agency_en": agency.name_en} if agency else {}
    return {"number": case.number, "due_on": _due(case), "finding": case.finding} | names


def _due(case: Case) -> str:
    return case.due_on.isoformat() if case.due_on else ""


def _send(case: Case, template: str, to: Recipient, facts: dict[str, Fact], at: datetime, *, once: str = "") -> None:
    """Once a person, template and move of the case (the version counts the moves), or once what `once` names."""
    key = f"{case.subject}:{once or f'v{case.version}'}:{template}:{to.kind}:{to.id}"
    notices.send(f"cases/{template}", to=to, key=key, at=at, facts=facts)


# By these the rooms of the cases tell of their own moves.
handler_in_office = _handler
tell_office, tell_agency, tell_complainants, tell_clerks = _tell_office, _tell_agency, _tell_complainants, _tell_clerks
