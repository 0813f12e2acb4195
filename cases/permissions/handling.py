"""Who may do what to a case on its way, and who may be told who filed."""

from django.conf import settings

from accounts.models import User
from accounts.roles import AGENCY, OFFICE, Role
from agencies.models import Post
from agencies.people import LEADERS, holders
from cases import ports
from cases.leading import leader_must_decide
from cases.merging.places import goes_on_in
from cases.merging.rules import may_part
from cases.models import (
    Assignment,
    Case,
    Extension,
    Handover,
    Review,
    SavedSearch,
    Unmasking,
)
from cases.workflow import OPEN, Mode, Status


def can_see_queue(user: User) -> bool:
    """People of the office."""
    return user.has_role(*OFFICE)


def can_see_sheet(user: User, case: Case) -> bool:
    """People of the office; which cases they see, `visible_to` says."""
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


def can_triage(user: User) -> bool:
    """Officers sit at the desk where new cases are decided on."""
    return user.has_role(Role.OFFICER)


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


def can_refer(user: User, case: Case) -> bool:
    """Any officer refers a matter to the body in charge, and the handler."""
    return user.has_role(Role.OFFICER) or can_speak_for(user, case)


def can_decide_return(user: User, case: Case) -> bool:
    """Any officer; once it was given back as often as it may be, an office leader, with effect."""
    return user.has_role(Role.OFFICE_LEADER if leader_must_decide(case) else Role.OFFICER)


def can_add_co_handler(user: User, case: Case) -> bool:
    """Any officer asks other agencies to help, and ends their help; the handler too."""
    return user.has_role(Role.OFFICER) or can_speak_for(user, case)


def can_hand_on(user: User, case: Case) -> bool:
    """People of the office, while something is to be done."""
    return can_act_on_many(user) and case.status in OPEN


def can_give_back(user: User, assignment: Assignment) -> bool:
    """The liaison officers of the agency that leads. Whether it may still be given back, the action asks."""
    return assignment.is_lead and assignment.is_current and can_receive(user, assignment)


def can_give_opinion(user: User, assignment: Assignment) -> bool:
    """The liaison officers of an agency that helps the lead."""
    return not assignment.is_lead and assignment.is_current and can_receive(user, assignment)


def can_receive(user: User, assignment: Assignment) -> bool:
    """The liaison officers who stand for the agency; of its parent when the post is vacant."""
    return user.has_role(Role.LIAISON_OFFICER) and user in holders(assignment.agency, Post.Kind.LIAISON_OFFICER)


def can_report(user: User, assignment: Assignment) -> bool:
    """The same people report the outcome, if their agency leads."""
    return assignment.is_lead and assignment.is_current and can_receive(user, assignment)


def can_report_own(user: User, case: Case) -> bool:
    """The handler of a case that the office handles itself."""
    return case.mode == Mode.HANDLE and can_speak_for(user, case)


def can_approve(user: User, case: Case) -> bool:
    """An office leader; where the agency answers in its own name also the handler. Never of a report of one's own."""
    may = user.has_role(Role.OFFICE_LEADER) or (case.mode == Mode.TRANSFER and can_speak_for(user, case))
    return may and not any(report.reported_by_id == user.pk for report in case.reports.all() if not report.decision)


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
    """The handling officer; before acceptance, when nobody handles the case yet, any officer. Nobody once it is archived."""
    if case.status == Status.ARCHIVED:
        return False
    return user.has_role(Role.OFFICER) if case.status == Status.TRIAGE else can_speak_for(user, case)


def can_confirm_filer(user: User, case: Case) -> bool:
    """Who may call may note who filed, in any state of the case."""
    return can_reveal_phone(user, case)


def can_ask_unmasking(user: User, case: Case) -> bool:
    """Who may call may ask to be told who filed, while something is to be done on the case and nobody has withdrawn it.

    On an ended case only while a reward is to be paid; what may be asked for then, `unmasking.columns_of` says.
    """
    if case.withdrawn_at is not None or not can_reveal_phone(user, case):
        return False
    return case.status in OPEN or ports.is_to_be_paid(case.pk)


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
    """Any officer may ask and answer, and the handler, until the case is archived."""
    return case.status != Status.ARCHIVED and (user.has_role(Role.OFFICER) or can_speak_for(user, case))


def must_answer(user: User, case: Case) -> bool:
    """The handler; while nobody in the office handles the case, any officer."""
    alone = case.handler is None or not case.handler.is_active
    return user.has_role(Role.OFFICER) if alone else can_speak_for(user, case)


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
    """Return who signed the reply, or one before it, or answered an earlier review of the matter, by id."""
    earlier = review.case.reviews.filter(request__complaint=review.request.complaint_id, answered_by__isnull=False)
    replies = review.case.reopenings.values_list("signer", flat=True) if review.case.reworks else []
    return {pk for pk in (review.case.replied_by_id, *earlier.values_list("answered_by", flat=True), *replies) if pk}


def can_ask_extension(user: User, assignment: Assignment) -> bool:
    """The liaison officers who stand for the agency that leads, while the case is with it."""
    return assignment.case.status != Status.RETURNED and can_report(user, assignment)


def can_ask_own_extension(user: User, case: Case) -> bool:
    """The handler of a case that the office handles itself."""
    return case.mode == Mode.HANDLE and can_speak_for(user, case)


def can_decide_extension(user: User, extension: Extension) -> bool:
    """An office leader; never who asked."""
    return user.has_role(Role.OFFICE_LEADER) and user.pk != extension.asked_by_id


def can_suspend(user: User, case: Case) -> bool:
    """Any officer or office leader stops the clock of a case and lets it run on."""
    return user.has_role(*OFFICE) and case.status in OPEN


def can_reopen(user: User, case: Case) -> bool:
    """Any officer and the handler, while the complainant is dissatisfied; once it is closed, an office leader."""
    if case.status == Status.CLOSED:
        return user.has_role(Role.OFFICE_LEADER)
    return user.has_role(Role.OFFICER) or can_speak_for(user, case)


def can_archive(user: User, case: Case) -> bool:
    """Any officer puts an ended case into the archive."""
    return user.has_role(Role.OFFICER)


def can_archive_many(user: User) -> bool:
    """The same; each case is asked for again when it comes to it."""
    return user.has_role(Role.OFFICER)


def can_lower_problem(user: User, case: Case) -> bool:
    """An office leader."""
    return user.has_role(Role.OFFICE_LEADER)


def can_see_agency_page(user: User) -> bool:
    """People of the office and of the agencies; which agency, `visible_to` says."""
    return user.has_role(*OFFICE, *AGENCY)


def can_hand_over_post(user: User, post: Post) -> bool:
    """People of the office; of an agency its leaders, or those above it, and only the posts of liaison officers."""
    if user.has_role(*OFFICE):
        return True
    if post.kind != Post.Kind.LIAISON_OFFICER or not user.has_role(Role.AGENCY_LEADER):
        return False
    agency = post.agency
    above = [pk for pk in (agency.pk, agency.parent_id, agency.parent.parent_id if agency.parent else None) if pk]
    return user.posts.current().filter(kind__in=LEADERS, agency__in=above).exists()


def can_confirm_handover(user: User, handover: Handover) -> bool:
    """Who takes over, while an account of the office or an agency."""
    return user.has_role(*OFFICE, *AGENCY) and user.pk == handover.handed_to_id


def can_hand_over_person(user: User, person: User) -> bool:
    """People of the office hand on the cases of anybody who has some, also of who has left."""
    return can_act_on_many(user)
