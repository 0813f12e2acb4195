"""What pages show of cards, chasers and orders: on the sheet of a case, and on an agency's assignment."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from cases import outbox, permissions
from cases.letters.kinds import LetterKind
from cases.models import Assignment, Card, Case, Chaser, Letter, OrderReply, SupervisionOrder
from cases.reading import Act, NextStep
from cases.timing.limits import Limit, limit_of
from cases.wording import Standing, length_words, names_of, rung_words, standing
from cases.workflow import Step
from core import calendars, clock
from core.models import DeadlinePolicy
from core.templatetags.portal import year_day

from . import rules
from .limits import limit_to_chase
from .notices import assignment_of

_OF_SUPERVISION = (LetterKind.CHASER, LetterKind.CIRCULAR, LetterKind.SUPERVISION)


@dataclass(frozen=True)
class CardLine:
    """One card: what it is for, and what the reader can do about it."""

    row: Card
    title: str
    late: str
    lost_ground: bool
    may_issue: bool = False
    may_dismiss: bool = False
    may_withdraw: bool = False
    may_decide: bool = False
    may_appeal: bool = False
    deciders: str = ""

    @property
    def chip(self) -> str:
        """The colour of a card that stands or is suggested; what is over is quiet."""
        return self.row.colour if self.row.state in {Card.State.ISSUED, Card.State.SUGGESTED} else "quiet"

    @property
    def symbol(self) -> str:
        """The shape; one that is over keeps the shape of its colour."""
        return f"d-{self.row.colour}"


@dataclass(frozen=True)
class OrderLine:
    """One order with its answers, how its limit stands, and what the reader can do."""

    row: SupervisionOrder
    replies: list[OrderReply]
    due: Standing | None
    waits: bool  # for the office's word on an answer
    may_decide: bool = False
    may_cancel: bool = False
    may_answer: bool = False


@dataclass(frozen=True)
class SheetPage:
    """All that the sheet of a case shows."""

    cards: list[CardLine]
    orders: list[OrderLine]
    chasers: list[Chaser]
    letters: list[Letter]
    next_step: NextStep

    @property
    def is_empty(self) -> bool:
        """Whether nothing has happened yet."""
        return not (self.cards or self.orders or self.chasers or self.letters)


@dataclass(frozen=True)
class Own:
    """What an agency reads on the page of an assignment."""

    cards: list[CardLine] = field(default_factory=list)
    orders: list[OrderLine] = field(default_factory=list)
    chasers: list[Chaser] = field(default_factory=list)

    @property
    def order_to_answer(self) -> SupervisionOrder | None:
        """The order that waits for this person's answer."""
        return next((line.row for line in self.orders if line.may_answer), None)


def sheet_page(case: Case, user: User) -> SheetPage:
    """Read the sheet: five queries, and those that say who may decide where an appeal waits."""
    cards = [card_line(row, user, on_sheet=True) for row in Card.objects.visible_to(user).filter(case=case).for_list()]
    orders = [order_line(row, user) for row in SupervisionOrder.objects.visible_to(user).filter(case=case).for_list()]
    chasers = list(case.chasers.select_related("sent_by", "agency", "deadline").order_by("-pk"))
    letters = list(case.letters.filter(kind__in=_OF_SUPERVISION, discarded_at=None).select_related("agency").order_by("-pk"))
    return SheetPage(cards, orders, chasers, letters, _next_step(case, user, cards, orders))


def own(assignment: Assignment, user: User) -> Own:
    """Read what the agency reads: its cards, its orders, and what it was urged by."""
    mine = {"case": assignment.case_id, "agency": assignment.agency_id}
    cards = Card.objects.filter(issued_at__isnull=False, **mine).for_list()
    orders = SupervisionOrder.objects.filter(**mine).for_list()
    return Own(
        cards=own_lines(cards, user),
        orders=[order_line(row, user) for row in orders],
        chasers=list(assignment.case.chasers.filter(agency=assignment.agency_id).select_related("deadline").order_by("-pk")),
    )


def own_lines(rows: Iterable[Card], user: User) -> list[CardLine]:
    """Return cards as their agency reads them; who stands for an agency is asked once."""
    made, stands_for = [], dict[int, bool]()
    for row in rows:
        if is_appealable(row) and row.agency_id not in stands_for:
            stands_for[row.agency_id] = permissions.can_appeal_card(user, row)
        made.append(replace(card_line(row, user), may_appeal=is_appealable(row) and stands_for[row.agency_id]))
    return made


def card_line(row: Card, user: User, *, on_sheet: bool = False) -> CardLine:
    """Return one card as the office reads it; the sheet of its case also says who may decide on an appeal."""
    today, calendar = clock.today(), calendars.work_calendar()
    late = rules.days_late(row.deadline, today, calendar) if row.deadline else 0
    waits, leader = row.state == Card.State.SUGGESTED, permissions.can_issue_card(user, row.case)
    may_decide = row.has_open_appeal and permissions.can_decide_appeal(user, row)
    return CardLine(
        row=row,
        title=_title(row),
        late=rung_words(late) if late else "",
        lost_ground=row.stands and bool(row.deadline) and not rules.has_ground(row.colour, late, _policy(row)),
        may_issue=waits and leader,
        may_dismiss=waits and permissions.can_dismiss_card(user, row),
        may_withdraw=row.stands and leader,
        may_decide=may_decide,
        deciders=_deciders(row) if on_sheet and row.has_open_appeal and not may_decide else "",
    )


def is_appealable(row: Card) -> bool:
    """Whether an appeal against a card would be taken now."""
    return row.stands and row.appealed_at is None and row.appeal_until is not None and clock.today() <= row.appeal_until


def order_line(row: SupervisionOrder, user: User, *, in_list: bool = False) -> OrderLine:
    """Return one order as a page shows it; its answers come with it. A list does not ask who stands for the agency."""
    replies = sorted(row.replies.all(), key=lambda reply: reply.pk)
    is_open = row.state == SupervisionOrder.State.OPEN
    waits = is_open and any(not reply.decision for reply in replies)
    runs = row.deadline.closed_at is None and row.deadline.paused_on is None
    now = standing(row.deadline.due_on, clock.today(), calendars.work_calendar(), row.deadline.policy) if runs else None
    return OrderLine(
        row=row,
        replies=replies,
        due=now if is_open else None,
        waits=waits,
        may_decide=waits and permissions.can_decide_order(user, row),
        may_cancel=is_open and permissions.can_cancel_order(user, row),
        may_answer=not in_list and is_open and not waits and permissions.can_answer_order(user, row),
    )


def suggested_reason(card: Card, today: date) -> str:
    """Draft the reason of a card for a late limit as it stands on a day, in the portal's own language: the agency reads it."""
    if card.reason or card.deadline is None:
        return card.reason
    late = rules.days_late(card.deadline, today, calendars.work_calendar())
    with translation.override(settings.LANGUAGE_CODE):
        words = _("The limit for “%(step)s” ended on %(day)s. It was missed by %(late)s. Basis: %(basis)s.")
        length = length_words(late, DeadlinePolicy.Unit.WORKING_DAYS)
        policy = _policy(card)
        facts = {"step": Step(card.deadline.step).label, "day": year_day(card.deadline.due_on), "late": length}
        return words % (facts | {"basis": policy.basis})


def suggested_chaser(case: Case) -> str:
    """Draft a chaser about the limit of the agency that ends first, in the portal's own language."""
    deadline = limit_to_chase(case)
    if deadline is None:
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        facts = {"step": Step(deadline.step).label, "day": year_day(deadline.due_on)}
        if clock.now() >= deadline.due_at:
            return _("The limit for “%(step)s” ended on %(day)s. See to it at once and report the outcome.") % facts
        return _("The limit for “%(step)s” ends on %(day)s. See to it in time.") % facts


def assignment_with(case: Case, agency_id: int | None) -> Assignment | None:
    """Return what an agency was given of a case, for the forms whose text goes there."""
    return assignment_of(case, agency_id) if agency_id else None


def assignment_for(case: Case, agency_id: int, user: User) -> Assignment:
    """Return the same for a page of the agency; whoever sees the card or the order sees it. Raises Assignment.DoesNotExist."""
    return Assignment.objects.visible_to(user).for_detail().get(case=case, agency=agency_id)


def limit_of_chaser(case: Case) -> Limit | None:
    """Return the limit that a chaser is about, for the page on which it is written."""
    deadline = limit_to_chase(case)
    return limit_of(deadline) if deadline else None


def order_due_on(case: Case) -> date:
    """Return the day by which an order that is given today must be answered."""
    today = clock.today()
    return calendars.limit_for(calendars.policy_for(Step.SUPERVISION, today, case.case_class), today).due_on


def _title(row: Card) -> str:
    if row.deadline is not None:
        return _("Not kept: %(step)s") % {"step": Step(row.deadline.step).label}
    return str(row.get_ground_display())


def _policy(row: Card) -> DeadlinePolicy:
    assert row.deadline is not None  # noqa: S101 who asks has looked
    policy: DeadlinePolicy = row.deadline.policy
    return policy


def _deciders(row: Card) -> str:
    return names_of(user for user in outbox.leaders_of(row.case) if user.pk != row.issued_by_id)


def _next_step(case: Case, user: User, cards: Iterable[CardLine], orders: Iterable[OrderLine]) -> NextStep:
    """Say what waits, and offer what could be done unasked."""
    acts = []
    if permissions.can_chase(user, case) and limit_to_chase(case):
        acts.append(Act(_("Send a chaser"), reverse("cases:chase", args=[case.pk]), primary=False))
    if permissions.can_order(user, case) and not any(line.row.state == SupervisionOrder.State.OPEN for line in orders):
        acts.append(Act(_("Give a supervision order"), reverse("cases:give_order", args=[case.pk]), primary=False))
    if permissions.can_propose_card(user, case):
        words = _("Issue a card") if permissions.can_issue_card(user, case) else _("Propose a card")
        acts.append(Act(words, reverse("cases:new_card", args=[case.pk]), primary=False))
    return NextStep(_waits(case, list(cards), list(orders)), acts)


def _waits(case: Case, cards: list[CardLine], orders: list[OrderLine]) -> str:
    """Say all that waits for a decision, one after another."""
    waits = []
    if any(line.row.has_open_appeal for line in cards):
        waits.append(_("The agency has appealed. Another leader than the issuer decides."))
    if any(line.row.state == Card.State.SUGGESTED for line in cards):
        waits.append(_("A card is suggested. An office leader issues it; any officer may say why not."))
    if any(line.waits for line in orders):
        waits.append(_("The agency has answered the order. Say whether it was carried out."))
    if waits:
        return " ".join(waits)
    if case.agency_id is None:
        return _("The case is with no agency, so there is nobody to supervise.")
    return _("Nothing waits for a decision here.")
