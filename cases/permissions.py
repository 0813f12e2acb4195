"""Who may do what to a case they can see. Whether the case is in a state for it, `workflow` says."""

from django.conf import settings

from accounts.models import User
from accounts.roles import AGENCY, OFFICE, Role
from agencies.models import Post
from agencies.people import holders

from . import ports
from .leading import leader_must_decide
from .letters.kinds import SIGNED_BY_LEADER, TO_COMPLAINANT
from .merging.places import goes_on_in
from .merging.rules import may_part
from .models import (
    Assignment,
    Card,
    Case,
    Disposition,
    Extension,
    InvestigationRecord,
    Letter,
    Nomination,
    Rectification,
    Recusal,
    Responsibility,
    Review,
    SavedSearch,
    SupervisionOrder,
    Unmasking,
    WrongCaseReview,
)
from .workflow import OPEN, Finding, Mode, Status

# States of a case in which a finding can still change, and those in which nothing follows from one any more.
_BEFORE_APPROVAL = (Status.ACCEPTED, Status.DISPATCHED, Status.RECEIVED, Status.RETURNED, Status.HANDLING, Status.REPORTED)
_NOTHING_FOLLOWS = (Status.TRIAGE, Status.DECLINED, Status.REFERRED, Status.WITHDRAWN, Status.MERGED, Status.ARCHIVED)
_AT_FAULT = (Finding.UPHELD, Finding.PARTLY_UPHELD)


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


def can_see_wrong_cases(user: User) -> bool:
    """Office leaders. In which of them somebody is named himself he does not see: `visible_to` leaves those out."""
    return user.has_role(Role.OFFICE_LEADER)


def can_open_wrong_case(user: User, case: Case) -> bool:
    """An office leader."""
    return user.has_role(Role.OFFICE_LEADER)


def can_name_responsible(user: User, review: WrongCaseReview) -> bool:
    """Who opened the review names who is responsible and proposes what follows."""
    return user.has_role(Role.OFFICE_LEADER) and user.pk == review.opened_by_id


def can_conclude(user: User, review: WrongCaseReview) -> bool:
    """Another office leader says what the review came to."""
    return user.has_role(Role.OFFICE_LEADER) and user.pk != review.opened_by_id


def can_decide_responsibility(user: User, row: Responsibility) -> bool:
    """Another office leader than who proposed it; never in the own matter."""
    return user.has_role(Role.OFFICE_LEADER) and user.pk not in {row.proposed_by_id, row.review.opened_by_id, row.account_id}


def can_appeal(user: User, row: Responsibility) -> bool:
    """The person named; for somebody without an account, an office leader enters the appeal that came in."""
    return row.account_id == user.pk if row.account_id else user.has_role(Role.OFFICE_LEADER)


def can_answer_appeal(user: User, row: Responsibility, third: list[User]) -> bool:
    """Somebody who neither opened nor decided (`third`); where there is nobody, the opener. Never who decided."""
    if not user.has_role(Role.OFFICE_LEADER) or user.pk in {row.decided_by_id, row.account_id}:
        return False
    return user in third if third else user.pk == row.review.opened_by_id


def can_nominate(user: User, case: Case) -> bool:
    """Any officer or office leader."""
    return user.has_role(*OFFICE)


def can_see_nominations(user: User) -> bool:
    """People of the office."""
    return user.has_role(*OFFICE)


def can_judge(user: User, row: Nomination) -> bool:
    """Officers and office leaders, but neither who handled the case nor who nominated it."""
    return user.has_role(*OFFICE) and user.pk not in {row.case.handler_id, row.nominated_by_id}


def can_choose(user: User, row: Nomination) -> bool:
    """An office leader who may judge it."""
    return user.has_role(Role.OFFICE_LEADER) and can_judge(user, row)


def can_write_letters(user: User, case: Case) -> bool:
    """People of the office draft letters, mend their words and discard them."""
    return user.has_role(*OFFICE)


def can_issue_letter(user: User, letter: Letter) -> bool:
    """An office leader signs replies, refusals and circulars; the rest any officer, or the case's handler."""
    if letter.kind in SIGNED_BY_LEADER:
        return user.has_role(Role.OFFICE_LEADER)
    return user.has_role(Role.OFFICER) or can_speak_for(user, letter.case)


def can_fetch_letter(user: User, letter: Letter) -> bool:
    """Anybody of the office; what names a complainant only who issued it and who handles the case, who post it."""
    if letter.kind in TO_COMPLAINANT and letter.issued_at is not None:
        return user.has_role(*OFFICE) and (user.pk == letter.issued_by_id or can_speak_for(user, letter.case))
    return user.has_role(*OFFICE)


def can_change_templates(user: User) -> bool:
    """Office leaders and the system administrator keep the templates and numbers of letters."""
    return user.has_role(Role.OFFICE_LEADER, Role.SYSTEM_ADMIN)


def can_see_board(user: User) -> bool:
    """People of the office see which agencies are late and what was done about it."""
    return user.has_role(*OFFICE)


def can_see_queue_of(user: User, case: Case) -> bool:
    """Whoever of the office sees the case."""
    return user.has_role(*OFFICE)


def can_issue_card(user: User, case: Case) -> bool:
    """A card is a sanction: an office leader issues it, asked or unasked, and withdraws it."""
    return user.has_role(Role.OFFICE_LEADER) and case.agency_id is not None


def can_propose_card(user: User, case: Case) -> bool:
    """Any officer may propose one while the case is with an agency."""
    return user.has_role(*OFFICE) and case.agency_id is not None


def can_dismiss_card(user: User, card: Card) -> bool:
    """People of the office decide not to follow a suggestion."""
    return user.has_role(*OFFICE)


def can_appeal_card(user: User, card: Card) -> bool:
    """Whoever holds one of the three posts of the agency; of its parent where the post is vacant."""
    return user.has_role(*AGENCY) and any(user in holders(card.agency, kind) for kind in Post.Kind)


def can_decide_appeal(user: User, card: Card) -> bool:
    """An office leader; never who issued the card."""
    return user.has_role(Role.OFFICE_LEADER) and user.pk != card.issued_by_id


def can_chase(user: User, case: Case) -> bool:
    """People of the office, while the case is with an agency."""
    return user.has_role(*OFFICE) and case.agency_id is not None


def can_order(user: User, case: Case) -> bool:
    """An office leader, while something is to be done on a case that went to an agency; its status does not move."""
    return user.has_role(Role.OFFICE_LEADER) and case.agency_id is not None and case.status in OPEN


def can_decide_order(user: User, order: SupervisionOrder) -> bool:
    """An office leader or the handler says whether it was carried out."""
    return user.has_role(Role.OFFICE_LEADER) or can_speak_for(user, order.case)


def can_cancel_order(user: User, order: SupervisionOrder) -> bool:
    """An office leader."""
    return user.has_role(Role.OFFICE_LEADER)


def can_answer_order(user: User, order: SupervisionOrder) -> bool:
    """The liaison officers who stand for the agency."""
    return user.has_role(Role.LIAISON_OFFICER) and user in holders(order.agency, Post.Kind.LIAISON_OFFICER)


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
