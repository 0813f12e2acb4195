"""What happened to a case and how its limits stand, in the office's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from accounts.models import User
from core.deadlines import State, state
from core.models import DeadlinePolicy, Event
from core.templatetags.portal import moment
from core.workdays import WorkCalendar

from .models import Case
from .workflow import Status

# What a complainant agreed to disclose, as others speak of it; on the citizen's own pages it is "my name".
DISCLOSED: dict[str, str | Promise] = {
    "words": pgettext_lazy("disclosed", "The complaint word for word"),
    "name": pgettext_lazy("disclosed", "Name"),
    "phone": pgettext_lazy("disclosed", "Phone number"),
}
# How an officer asked who filed; codes of `IdentityCheck.Level`.
WAYS: dict[str, str | Promise] = {
    "call_back": gettext_lazy("By calling back"),
    "in_person": pgettext_lazy("identity", "In person"),
}
TITLES: dict[str, str | Promise] = {
    "case.opened": gettext_lazy("Complaint received"),
    "case.accepted": gettext_lazy("Case accepted"),
    "case.declined": gettext_lazy("Case declined"),
    "case.referred": gettext_lazy("Referred to the body in charge"),
    "case.handling": gettext_lazy("Handled by the office"),
    "case.transferred": gettext_lazy("Transferred to %(agency)s"),
    "case.returned": gettext_lazy("%(agency)s gave it back"),
    "case.return_refused": gettext_lazy("Return refused: it stays with %(agency)s"),
    "case.co_assigned": gettext_lazy("%(agency)s asked to help"),
    "case.co_received": gettext_lazy("%(agency)s signed, beside the lead"),
    "case.opinion_given": gettext_lazy("Opinion of %(agency)s"),
    "case.co_ended": gettext_lazy("%(agency)s helps no longer"),
    "case.assigned": gettext_lazy("Assigned to %(agency)s"),
    "case.received": gettext_lazy("%(agency)s signed for it"),
    "case.receipt_missed": gettext_lazy("%(agency)s did not sign in time, its finish limit runs"),
    "case.reported": gettext_lazy("Outcome reported"),
    "case.sent_back": gettext_lazy("Report sent back"),
    "case.approved": gettext_lazy("Report approved"),
    "vault.words_checked": gettext_lazy("A text for the agency was checked: it held data of a complainant"),
    "case.replied": gettext_lazy("Reply given to the complainant"),
    "case.rated": gettext_lazy("Complainant rated the outcome"),
    "case.imported": gettext_lazy("Taken over from another register"),
    "case.merged": gettext_lazy("Merged into another case"),
    "case.unmerged": gettext_lazy("Merger undone, waits for acceptance again"),
    "case.joined": gettext_lazy("Another matter was merged into this case"),
    "case.parted": gettext_lazy("A merged matter was given back"),
    "case.withdrawal_noted": gettext_lazy("The complainant withdrew"),
    "case.withdrawn": gettext_lazy("Ended by withdrawal"),
    "complaint.message_received": gettext_lazy("Message from the complainant"),
    "complaint.message_sent": gettext_lazy("Message to the complainant"),
    "complaint.supplemented": gettext_lazy("Evidence added by the complainant"),
    "complaint.identity_confirmed": gettext_lazy("Confirmed who filed"),
    "complaint.identity_denied": gettext_lazy("The person named denies having filed: treated as anonymous"),
    "complaint.review_asked": gettext_lazy("The complainant asked for a review"),
    "complaint.review_answered": gettext_lazy("Review answered"),
    "complaint.reward_claimed": gettext_lazy("The complainant claimed a reward"),
    "complaint.reward_offered": gettext_lazy("The complainant was told of a reward"),
    "complaint.reward_collected": gettext_lazy("The reward was collected; it is to be paid"),
    "complaint.reward_paid": gettext_lazy("The reward was paid"),
    "complaint.reward_lapsed": gettext_lazy("The reward lapsed, because it was not collected in time"),
    "complaint.reward_cancelled": gettext_lazy("The reward was cancelled"),
    "complaint.reward_declined": gettext_lazy("The claim for a reward was declined"),
    "complaint.disclosure_given": gettext_lazy("The complainant agreed that %(agency)s is told more"),
    "complaint.disclosure_revoked": gettext_lazy("The complainant took back what %(agency)s may learn"),
    "complaint.id_number_given": gettext_lazy("The complainant gave the number of a document"),
    "complaint.id_number_removed": gettext_lazy("The complainant had the number of the document deleted"),
    "complaint.id_number_erased": gettext_lazy("The number of the document was deleted; nothing is to be paid any more"),
    "case.followed_up": gettext_lazy("Followed up"),
    "case.closed": pgettext_lazy("event", "Case closed"),
    "case.reopened": gettext_lazy("Opened again"),
    "case.archived": gettext_lazy("Put into the archive"),
    "case.problem_raised": gettext_lazy("Became a problem case"),
    "case.problem_lowered": gettext_lazy("No problem case any more"),
    "case.nominated": gettext_lazy("Nominated as an excellent case"),
    "case.chosen_excellent": gettext_lazy("Chosen as an excellent case"),
    "case.letter_drafted": gettext_lazy("Letter drafted"),
    "case.letter_changed": gettext_lazy("Words of a draft changed"),
    "case.letter_issued": gettext_lazy("Letter issued"),
    "case.letter_discarded": gettext_lazy("Draft of a letter discarded"),
    "case.letter_fetched": gettext_lazy("Letter fetched as a file"),
    "case.letter_read": gettext_lazy("Letter opened for the first time by who it is for"),
    "case.letter_delivered": gettext_lazy("Letter delivered on paper"),
    "deadline.reminded": gettext_lazy("Reminder: %(step)s"),
    "deadline.reminded_by_hand": gettext_lazy("Reminder sent by hand: %(step)s"),
    "case.handed_on": gettext_lazy("Handed on to another handler"),
    "deadline.recounted": gettext_lazy("The calendar changed: limit “%(step)s” counted again"),
    "deadline.policy_applied": gettext_lazy("The policy changed: limit “%(step)s” counted again"),
    "deadline.moved": gettext_lazy("The clock stood still: limit “%(step)s” moved"),
    "case.extension_asked": gettext_lazy("More time asked for: %(step)s"),
    "case.extended": gettext_lazy("More time given: %(step)s"),
    "case.extension_refused": gettext_lazy("More time refused: %(step)s"),
    "case.card_suggested": gettext_lazy("Card suggested for %(agency)s"),
    "case.card_dismissed": gettext_lazy("Suggested card not followed: %(agency)s"),
    "case.card_lapsed": gettext_lazy("Suggested card fell away, it lost its ground: %(agency)s"),
    "case.card_issued": gettext_lazy("Card issued to %(agency)s"),
    "case.card_appealed": gettext_lazy("%(agency)s appealed against its card"),
    "case.card_kept": gettext_lazy("Appeal decided, the card stays: %(agency)s"),
    "case.card_withdrawn": gettext_lazy("Card withdrawn: %(agency)s"),
    "case.chased": gettext_lazy("Chaser sent to %(agency)s: %(step)s"),
    "case.order_given": gettext_lazy("Supervision order to %(agency)s"),
    "case.order_answered": gettext_lazy("%(agency)s answered the supervision order"),
    "case.order_sent_back": gettext_lazy("Answer to the supervision order sent back"),
    "case.order_accepted": gettext_lazy("Supervision order carried out"),
    "case.order_cancelled": gettext_lazy("Supervision order cancelled"),
    "case.suspended": gettext_lazy("The clock was stopped"),
    "case.resumed": gettext_lazy("The clock runs again"),
    "case.noted": gettext_lazy("Internal note written"),
    "case.cost_entered": gettext_lazy("Cost entered"),
    "case.cost_corrected": gettext_lazy("Cost corrected"),
    "case.record_written": gettext_lazy("Investigation record written"),
    "case.record_changed": gettext_lazy("Investigation record changed"),
    "case.record_signed": gettext_lazy("Investigation record signed"),
    "case.record_completed": gettext_lazy("Investigation record complete"),
    "case.split": gettext_lazy("Allegations entered"),
    "case.allegation_decided": gettext_lazy("Finding on an allegation"),
    "case.allegation_struck": gettext_lazy("Allegation struck out"),
    "case.recused": gettext_lazy("Recused from the case"),
    "case.recusal_lifted": gettext_lazy("Recusal lifted"),
    "case.disposition_proposed": gettext_lazy("Disposition proposed against %(agency)s"),
    "case.disposition_decided": gettext_lazy("Disposition decided against %(agency)s"),
    "case.disposition_refused": gettext_lazy("Disposition against %(agency)s not decided"),
    "case.rectification_demanded": gettext_lazy("%(agency)s must put it right"),
    "case.rectification_answered": gettext_lazy("%(agency)s says that it has put it right"),
    "case.rectification_accepted": gettext_lazy("What %(agency)s has put right was accepted"),
    "case.rectification_sent_back": gettext_lazy("%(agency)s must do more to put it right"),
    "vault.revealed": gettext_lazy("Personal data of the complainant shown"),
    "vault.unmasking_asked": gettext_lazy("Asked to see who filed"),
    "vault.unmasking_approved": gettext_lazy("Allowed to see who filed"),
    "vault.unmasking_refused": gettext_lazy("Refused to show who filed"),
    "complaint.data_corrected": gettext_lazy("The complainant corrected own data"),
    "complaint.name_corrected": gettext_lazy("The complainant corrected the name"),
    "complaint.data_deleted": gettext_lazy("The complainant deleted own data"),
    "complaint.code_renewed": gettext_lazy("A new query code was made"),
    "complaint.hold_placed": gettext_lazy("Personal data held beyond its time"),
    "complaint.hold_lifted": gettext_lazy("Hold on the personal data lifted"),
    "complaint.erased": gettext_lazy("Personal data deleted, its time was over"),
    "vault.unmasking_ended": gettext_lazy("Gave the permission to see who filed back"),
}
ICONS = {
    "case.referred": "right",
    "case.returned": "undo",
    "case.return_refused": "undo",
    "case.co_assigned": "users",
    "case.co_received": "users",
    "case.opinion_given": "chat",
    "case.co_ended": "st-x",
    "case.declined": "st-x",
    "case.sent_back": "undo",
    "case.replied": "mail",
    "case.merged": "users",
    "case.unmerged": "undo",
    "case.joined": "users",
    "case.parted": "undo",
    "case.withdrawal_noted": "undo",
    "case.withdrawn": "st-x",
    "complaint.message_received": "mail",
    "complaint.message_sent": "mail",
    "complaint.supplemented": "plus",
    "complaint.identity_confirmed": "check",
    "complaint.identity_denied": "eye-off",
    "complaint.review_asked": "chat",
    "complaint.review_answered": "mail",
    "complaint.reward_claimed": "star",
    "complaint.reward_offered": "star",
    "complaint.reward_collected": "star",
    "complaint.reward_paid": "check",
    "complaint.reward_lapsed": "clock",
    "complaint.reward_cancelled": "st-x",
    "complaint.reward_declined": "st-x",
    "complaint.disclosure_given": "eye",
    "complaint.disclosure_revoked": "eye-off",
    "case.receipt_missed": "warn",
    "vault.words_checked": "eye-off",
    "case.reopened": "undo",
    "case.archived": "lock",
    "case.problem_raised": "warn",
    "case.problem_lowered": "check",
    "case.nominated": "star",
    "case.chosen_excellent": "star",
    "case.letter_drafted": "edit",
    "case.letter_changed": "edit",
    "case.letter_issued": "mail",
    "case.letter_discarded": "st-x",
    "case.letter_fetched": "download",
    "case.letter_read": "eye",
    "case.letter_delivered": "mail",
    "deadline.reminded": "clock",
    "deadline.reminded_by_hand": "clock",
    "case.handed_on": "user",
    "deadline.recounted": "clock",
    "deadline.moved": "clock",
    "deadline.policy_applied": "clock",
    "case.extension_asked": "clock",
    "case.extended": "clock",
    "case.extension_refused": "st-x",
    "case.card_suggested": "warn",
    "case.card_dismissed": "st-x",
    "case.card_lapsed": "undo",
    "case.card_issued": "d-red",
    "case.card_appealed": "chat",
    "case.card_kept": "check",
    "case.card_withdrawn": "undo",
    "case.chased": "mail",
    "case.order_given": "warn",
    "case.order_answered": "chat",
    "case.order_sent_back": "undo",
    "case.order_accepted": "check",
    "case.order_cancelled": "st-x",
    "case.suspended": "d-paused",
    "case.resumed": "clock",
    "case.noted": "edit",
    "case.cost_entered": "edit",
    "case.cost_corrected": "undo",
    "case.record_written": "edit",
    "case.record_changed": "edit",
    "case.record_signed": "check",
    "case.split": "edit",
    "case.allegation_struck": "st-x",
    "case.recused": "eye-off",
    "case.recusal_lifted": "eye",
    "case.disposition_refused": "st-x",
    "case.rectification_answered": "mail",
    "case.rectification_accepted": "check",
    "case.rectification_sent_back": "undo",
    "vault.revealed": "eye",
    "vault.unmasking_asked": "eye-off",
    "vault.unmasking_approved": "eye-off",
    "vault.unmasking_refused": "eye-off",
    "vault.unmasking_ended": "eye-off",
    "complaint.data_corrected": "edit",
    "complaint.name_corrected": "edit",
    "complaint.data_deleted": "edit",
    "complaint.code_renewed": "key",
    "complaint.hold_placed": "lock",
    "complaint.hold_lifted": "lock",
    "complaint.erased": "lock",
}
# That a matter was referred, the agency that it is about must not learn.
_UNSAID = {"case.referred"}
# How full the disc beside a status is: 0 not begun, 4 done, x given up.
DISCS: dict[str, int | str] = {
    Status.TRIAGE: 0,
    Status.DECLINED: "x",
    Status.REFERRED: "x",
    Status.WITHDRAWN: "x",
    Status.MERGED: "x",
    Status.ACCEPTED: 1,
    Status.DISPATCHED: 1,
    Status.RECEIVED: 2,
    Status.RETURNED: 1,
    Status.HANDLING: 2,
    Status.REPORTED: 3,
    Status.APPROVED: 3,
    Status.REPLIED: 3,
    Status.FOLLOWED_UP: 3,
    Status.CLOSED: 4,
    Status.ARCHIVED: 4,
}
# The colour's word. Lateness issues no card by itself: the words say that one is due. One that was issued has a chip of its own.
COLOURS: dict[State, str | Promise] = {
    State.RED: gettext_lazy("Red card due"),
    State.YELLOW: gettext_lazy("Yellow card due"),
    State.LATE: gettext_lazy("Overdue, no card"),
    State.TODAY: gettext_lazy("Due today"),
    State.NEAR: gettext_lazy("Within 5 working days"),
    State.OK: gettext_lazy("In time"),
}
# A card that an office leader has issued and nobody withdrawn; codes of `Case.card`.
CARDS: dict[str, str | Promise] = {
    "yellow": gettext_lazy("Yellow card issued"),
    "red": gettext_lazy("Red card issued"),
}
_SHORT: dict[State, str | Promise] = COLOURS | {State.LATE: gettext_lazy("Overdue"), State.NEAR: gettext_lazy("Due soon")}


@dataclass(frozen=True)
class Standing:
    """How a limit stands today: its colour, the colour's word, and what is left in words."""

    state: str
    text: str
    left: str


def standing(
    due_on: date, today: date, calendar: WorkCalendar, policy: DeadlinePolicy | None = None, *, card: str = ""
) -> Standing:
    """Return how a limit that ends on `due_on` stands today, by the thresholds of its policy.

    Where a `card` as grave is in force, none is due any more: the limit is overdue.
    """
    own = {"yellow_after": policy.yellow_after, "red_after": policy.red_after} if policy else {}
    colour = state(due_on, today, calendar, **own)
    answered = (colour == State.YELLOW and card) or (colour == State.RED and card == State.RED)
    return Standing(str(colour), str(_SHORT[State.LATE if answered else colour]), _left(due_on, today, calendar))


def card_words(card: str) -> str:
    """Say which card is in force; nothing where none is."""
    return str(CARDS.get(card, ""))


def standing_of(case: Case, today: date, calendar: WorkCalendar) -> Standing | None:
    """Return how the limit of a case that ends first stands today; None where no limit runs, or none while it is suspended."""
    if case.due_on is None or case.paused_on is not None:
        return None
    return standing(case.due_on, today, calendar, case.due_policy, card=case.card)


def _left(due_on: date, today: date, calendar: WorkCalendar) -> str:
    if today == due_on:
        return _("today, until 24:00")
    if today > due_on:
        late = calendar.count(due_on, today)
        if not late:
            return _("late, only by days off")
        return ngettext("%(n)d working day late", "%(n)d working days late", late) % {"n": late}
    left = calendar.count(today, due_on)
    return ngettext("%(n)d working day left", "%(n)d working days left", left) % {"n": left}


def length_words(n: int, unit: str) -> str:
    """Say a length of time in the unit that a policy counts."""
    if unit == "working_days":
        return ngettext("%(n)d working day", "%(n)d working days", n) % {"n": n}
    return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}


def rung_words(offset: int) -> str:
    """Name a rung of the reminder ladder: so many working days before the last day, on it, or after it."""
    if offset == 0:
        return _("on the last day")
    if offset > 0:
        return ngettext("%(n)d working day late", "%(n)d working days late", offset) % {"n": offset}
    return ngettext("%(n)d working day before", "%(n)d working days before", -offset) % {"n": -offset}


def names_of(people: Iterable[User]) -> str:
    """Return the names of people in one line."""
    return gettext(", ").join(user.full_name for user in people)


def title_of(event: Event, *, agency: str = "", step: str = "") -> str:
    """Return what happened in a few words."""
    words = str(TITLES.get(event.type, event.type))
    return words % {"agency": agency or _("the agency"), "step": step}


def what_changed(event: Event | None) -> str:
    """Say what happened last and when, for a reader whose page is out of date, who may be of an agency; names nobody."""
    if event is None or event.type in _UNSAID:
        return _("The case was changed meanwhile.")
    return _("Meanwhile: %(what)s, %(when)s.") % {"what": title_of(event), "when": moment(event.at)}
