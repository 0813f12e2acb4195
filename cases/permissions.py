"""Who may do what to a case they can see. Whether the case is in a state for it, `workflow` says."""

from django.conf import settings

from accounts.models import User
from accounts.roles import AGENCY, OFFICE, Role
from agencies.models import Post
from agencies.people import holders

from .merging.places import goes_on_in
from .merging.rules import may_part
from .models import (
    Assignment,
    Case,
    Disposition,
    Extension,
    InvestigationRecord,
    Rectification,
    Recusal,
    Review,
    SavedSearch,
    Unmasking,
)
from .workflow import OPEN, Finding, Mode, Status

# States of a case in which a finding can still change, and those in which nothing follows from one any more.
_BEFORE_APPROVAL = (Status.ACCEPTED, Status.DISPATCHED, Status.RECEIVED, Status.RETURNED, Status.HANDLING, Status.REPORTED)
_NOTHING_FOLLOWS = (Status.TRIAGE, Status.DECLINED, Status.REFERRED, Status.WITHDRAWN, Status.MERGED, Status.ARCHIVED)
_AT_FAULT = (Finding.UPHELD, Finding.PARTLY_UPHELD)


def can_see_queue(user: User) -> bool:
    """People of the office."""
    return user.has_role(*OFFICE)


def can_act_on_many(user: User) -> bool:
    """People of the office hand cases on, remind and export; each case is asked for again when it comes to it."""
    return user.has_role(*OFFICE)


def can_change_search(user: User, search: SavedSearch) -> bool:
    """Who saved it."""
    return search.owner_id == user.pk


def can_see_assignments(user: User) -> bool:
    """People of the agencies, and of the office, who see all that went out."""
    return user.has_role(*OFFICE, *AGENCY)


def can_accept(user: User, case: Case) -> bool:
    """Any officer decides whether a case is accepted."""
    return user.has_role(Role.OFFICER)


def can_decline(user: User, case: Case) -> bool:
    """Any officer may decline."""
    return user.has_role(Role.OFFICER)


def can_merge(user: User, case: Case) -> bool:
    """Any officer may merge a case that waits for acceptance into another, and undo it."""
    return user.has_role(Role.OFFICER)


def can_unmerge(user: User, case: Case) -> bool:
    """The same, until the joint case has its reply."""
    place = goes_on_in(case)
    return can_merge(user, case) and place is not None and may_part(place.status)


def can_receive(user: User, assignment: Assignment) -> bool:
    """The liaison officers who stand for the agency; of its parent when the post is vacant."""
    return user.has_role(Role.LIAISON_OFFICER) and user in holders(assignment.agency, Post.Kind.LIAISON_OFFICER)


def can_report(user: User, assignment: Assignment) -> bool:
    """The same people report the outcome, while the case is with their agency; one that must only put right reports nothing."""
    return assignment.agency_id == assignment.case.agency_id and can_receive(user, assignment)


def can_report_own(user: User, case: Case) -> bool:
    """The handler of a case that the office handles itself."""
    return case.mode == Mode.HANDLE and can_speak_for(user, case)


def can_approve(user: User, case: Case) -> bool:
    """An office leader, but never of a report of his own."""
    return user.has_role(Role.OFFICE_LEADER) and not any(
        report.reported_by_id == user.pk for report in case.reports.all() if not report.decision
    )


def can_send_back(user: User, case: Case) -> bool:
    """Who may approve may send back."""
    return can_approve(user, case)


def can_follow_up(user: User, case: Case) -> bool:
    """Any officer may note a follow-up."""
    return user.has_role(Role.OFFICER)


def can_close(user: User, case: Case) -> bool:
    """Any officer may close a case that was followed up."""
    return user.has_role(Role.OFFICER)


def can_reveal_phone(user: User, case: Case) -> bool:
    """The handling officer; before acceptance, when nobody handles the case yet, any officer."""
    return user.has_role(Role.OFFICER) if case.status == Status.TRIAGE else can_speak_for(user, case)


def can_confirm_filer(user: User, case: Case) -> bool:
    """Who may call may note who filed, in any state of the case."""
    return can_reveal_phone(user, case)


def can_ask_unmasking(user: User, case: Case) -> bool:
    """Who may call may ask to be told who filed, while something is to be done on the case and nobody has withdrawn it."""
    return case.status in OPEN and case.withdrawn_at is None and can_reveal_phone(user, case)


def can_decide_unmasking(user: User, unmasking: Unmasking) -> bool:
    """An office leader, or an officer whom the office has named for it; never who asked."""
    named = user.has_role(Role.OFFICER) and user.username in settings.UNMASKING_APPROVERS
    return user.pk != unmasking.requested_by_id and (user.has_role(Role.OFFICE_LEADER) or named)


def can_see_unmasked(user: User, unmasking: Unmasking) -> bool:
    """Who asked, and nobody else. Whether it was allowed and still holds, the action asks."""
    return user.has_role(*OFFICE) and user.pk == unmasking.requested_by_id


def can_see_disclosed(user: User, assignment: Assignment) -> bool:
    """The liaison officers who deal with the assignment; leaders of the agency do not need the person's name or number."""
    return can_receive(user, assignment)


def can_speak_for(user: User, case: Case) -> bool:
    """The handler, while in the office."""
    return user.has_role(*OFFICE) and case.handler_id == user.pk


def can_talk(user: User, case: Case) -> bool:
    """Any officer may ask and answer, and the handler."""
    return user.has_role(Role.OFFICER) or can_speak_for(user, case)


def must_answer(user: User, case: Case) -> bool:
    """The handler; while nobody handles the case, any officer."""
    return user.has_role(Role.OFFICER) if case.handler_id is None else can_speak_for(user, case)


def can_end_withdrawn(user: User, case: Case) -> bool:
    """Who must answer decides whether a withdrawn case ends."""
    return case.withdrawn_at is not None and must_answer(user, case)


def can_answer_review(user: User, review: Review) -> bool:
    """An office leader who neither signed the reply nor answered an earlier review of the same matter."""
    return user.has_role(Role.OFFICE_LEADER) and user.pk not in signed_before(review)


def can_see_review(user: User, review: Review) -> bool:
    """Office leaders; who of them must not answer is told so, and who can."""
    return user.has_role(Role.OFFICE_LEADER)


def signed_before(review: Review) -> set[int]:
    """Return who signed the reply or answered an earlier review of the matter, by id."""
    earlier = review.case.reviews.filter(request__complaint=review.request.complaint_id, answered_by__isnull=False)
    return {pk for pk in (review.case.replied_by_id, *earlier.values_list("answered_by", flat=True)) if pk}


def can_ask_extension(user: User, assignment: Assignment) -> bool:
    """The liaison officers who stand for the agency, while the case is with it."""
    return assignment.agency_id == assignment.case.agency_id and can_receive(user, assignment)


def can_ask_own_extension(user: User, case: Case) -> bool:
    """The handler of a case that the office handles itself."""
    return case.mode == Mode.HANDLE and can_speak_for(user, case)


def can_decide_extension(user: User, extension: Extension) -> bool:
    """An office leader; never who asked."""
    return user.has_role(Role.OFFICE_LEADER) and user.pk != extension.asked_by_id


def can_suspend(user: User, case: Case) -> bool:
    """Any officer or office leader stops the clock of a case and lets it run on."""
    return user.has_role(*OFFICE) and case.status in OPEN


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
    waiting = {row.investigator_id for row in record.signatures.all() if row.signed_at is None}
    return user.has_role(*OFFICE) and record.completed_at is None and user.pk in waiting


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
