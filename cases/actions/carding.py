"""Yellow and red cards: proposed, issued, dismissed, withdrawn, appealed against and decided on; each once, by whom it is for."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import permissions
from cases.deadlines import agency_must_act
from cases.models import Assignment, Card, Case, Deadline
from cases.oversight import notices, rules
from cases.redaction import disclosed_to
from cases.workflow import Refused
from core import calendars, clock, events
from core.templatetags.portal import day_week

from .checking import check_words
from .moving import ask, lock
from .overseeing import card_facts, give_back, replace_by

ISSUED, SUGGESTED = Card.State.ISSUED, Card.State.SUGGESTED


class CardDecided(Refused):
    """Somebody else has decided about the card already."""


class NotWithAgency(Refused):
    """The case has not been sent to an agency, so no agency could get a card, a chaser or an order for it."""


class NoLateLimit(Refused):
    """No limit of the agency has been missed by so much."""

    field = "ground"


class CardThereAlready(Refused):
    """The same card is there already."""

    field = "colour"


class CannotBeAppealed(Refused):
    """It is too late for an appeal, or there has been one."""


@transaction.atomic
def propose_card(case: Case, *, by: User, colour: str, ground: str, reason: str, looked_at: bool = False, at: datetime) -> Card:
    """Suggest a card to the office leaders. Raises NotWithAgency, NoLateLimit, CardThereAlready, NamesComplainant."""
    case = lock(case)
    ask(permissions.can_propose_card(by, case))
    row = _new(case, colour=colour, ground=ground, reason=reason, looked_at=looked_at, at=at)
    row.state, row.suggested_at, row.proposer = SUGGESTED, at, by
    row.save(force_insert=True)
    _record(row, "case.card_suggested", by, at)
    notices.card_suggested(row, at=at)
    return row


@transaction.atomic
def issue_new_card(case: Case, *, by: User, colour: str, ground: str, reason: str, looked_at: bool = False, at: datetime) -> Card:
    """Issue a card that nobody has suggested. Raises NotWithAgency, NoLateLimit, CardThereAlready, NamesComplainant."""
    case = lock(case)
    ask(permissions.can_issue_card(by, case))
    row = _new(case, colour=colour, ground=ground, reason=reason, looked_at=looked_at, at=at)
    return _issue(row, by=by, at=at)


@transaction.atomic
def issue_card(card: Card, *, by: User, reason: str, looked_at: bool = False, at: datetime) -> Card:
    """Issue a suggested card with the reason that the agency reads. Raises CardDecided, NamesComplainant."""
    row = _locked(card)
    ask(permissions.can_issue_card(by, row.case))
    _check_waits(row)
    check_words(reason, row.case, disclosed_to(_assignment(row.case, row.agency_id)), field="reason", looked_at=looked_at)
    row.reason = reason
    return _issue(row, by=by, at=at)


@transaction.atomic
def dismiss_card(card: Card, *, by: User, reason: str, at: datetime) -> Card:
    """Do not follow a suggestion, with a reason that the office alone reads. Raises CardDecided."""
    row = _locked(card)
    ask(permissions.can_dismiss_card(by, row))
    _check_waits(row)
    _end(row, Card.State.DISMISSED, by=by, reason=reason, at=at)
    _record(row, "case.card_dismissed", by, at)
    notices.card_dismissed(row, at=at)
    return row


@transaction.atomic
def withdraw_card(card: Card, *, by: User, reason: str, looked_at: bool = False, at: datetime) -> Card:
    """Withdraw a card that stands, with a reason that the agency reads. Raises CardDecided, NamesComplainant."""
    row = _locked(card)
    ask(permissions.can_issue_card(by, row.case))
    if not row.stands:
        raise CardDecided(_("The card does not stand any more; somebody else may have withdrawn it."))
    check_words(reason, row.case, disclosed_to(_assignment(row.case, row.agency_id)), field="reason", looked_at=looked_at)
    return _withdraw(row, by=by, reason=reason, at=at)


@transaction.atomic
def appeal_card(card: Card, *, by: User, reason: str, at: datetime) -> Card:
    """The agency asks another leader to look at a card; once, and in time. Raises CardDecided, CannotBeAppealed.

    The reason is not searched for the complainant: a refusal would tell the agency that it has guessed who complained.
    """
    row = _locked(card)
    ask(permissions.can_appeal_card(by, row))
    if not row.stands or row.appeal_until is None:
        raise CardDecided(_("The card has been withdrawn already."))
    if row.appealed_at is not None:
        raise CannotBeAppealed(_("Your agency has appealed already."))
    if clock.day_of(at) > row.appeal_until:
        raise CannotBeAppealed(
            _("It is too late: the time for an appeal ended on %(day)s.") % {"day": day_week(row.appeal_until)}
        )
    row.appealed_at, row.appealed_by, row.appeal_reason = at, by, reason
    row.save(update_fields=["appealed_at", "appealed_by", "appeal_reason"])
    _record(row, "case.card_appealed", by, at)
    notices.card_appealed(row, at=at)
    return row


@transaction.atomic
def decide_appeal(card: Card, *, by: User, decision: str, reason: str, looked_at: bool = False, at: datetime) -> Card:
    """Another leader than the issuer lets the card stay or withdraws it, with a reason that the agency reads.

    Raises CardDecided, NamesComplainant.
    """
    row = _locked(card)
    ask(permissions.can_decide_appeal(by, row))
    if not row.has_open_appeal:
        raise CardDecided(_("Nothing is to be decided any more; somebody else has decided already."))
    check_words(reason, row.case, disclosed_to(_assignment(row.case, row.agency_id)), field="reason", looked_at=looked_at)
    row.decision, row.decision_note, row.decided_at, row.decided_by = decision, reason, at, by
    if decision == Card.Decision.WITHDRAWN:
        return _withdraw(row, by=by, reason=reason, at=at)
    row.save()
    _record(row, "case.card_kept", by, at)
    notices.appeal_kept(row, at=at)
    return row


def _new(case: Case, *, colour: str, ground: str, reason: str, looked_at: bool, at: datetime) -> Card:
    """Build a card for the agency that has the case, not saved yet."""
    if case.agency is None:
        raise NotWithAgency(_("The case is with no agency."))
    assignment = _assignment(case, case.agency.pk)
    check_words(reason, case, disclosed_to(assignment), field="reason", looked_at=looked_at)
    deadline = _late_limit(case, colour, at) if ground == Card.Ground.LATE else None
    _check_is_new(case, deadline, colour, ground)
    return Card(case=case, agency=case.agency, deadline=deadline, colour=colour, ground=ground, reason=reason)


def _late_limit(case: Case, colour: str, at: datetime) -> Deadline:
    """Return the agency's limit that was missed last by so much. Raises NoLateLimit."""
    today, calendar = clock.day_of(at), calendars.work_calendar()
    for row in case.deadlines.select_related("policy").order_by("-due_at", "-pk"):
        late = rules.days_late(row, today, calendar)
        if agency_must_act(row.step, case.mode) and rules.has_ground(colour, late, row.policy):
            return row
    raise NoLateLimit(_("No limit of the agency was missed by so many working days as its policy asks for this card."))


def _check_is_new(case: Case, deadline: Deadline | None, colour: str, ground: str) -> None:
    """Refuse a card that waits or stands already, and a yellow one where a red one does."""
    there = Card.objects.filter(case=case, agency=case.agency, ground=ground, deadline=deadline, state__in=[SUGGESTED, ISSUED])
    if there.filter(state=SUGGESTED, colour__in=[colour, Card.Colour.RED]).exists():
        raise CardThereAlready(_("This card, or a graver one, has been suggested already. Decide on the suggestion."))
    if there.filter(state=ISSUED, colour__in=[colour, Card.Colour.RED]).exists():
        raise CardThereAlready(_("The agency has this card, or a graver one, on this ground already."))


def _issue(row: Card, *, by: User, at: datetime) -> Card:
    """Issue it under the case's lock: it takes the place of the yellow one for the same limit or on the same ground."""
    case, today = row.case, clock.day_of(at)
    policy = calendars.policy_for("card_appeal", today, case.case_class)
    row.state, row.issued_at, row.issued_by = ISSUED, at, by
    row.appeal_until = calendars.limit_for(policy, today).due_on
    row.save()
    same = Card.objects.filter(case=case, agency=row.agency_id, ground=row.ground, deadline=row.deadline)
    lesser = (
        same.filter(colour=Card.Colour.YELLOW, state__in=[SUGGESTED, ISSUED]) if row.colour == Card.Colour.RED else same.none()
    )
    replaced = replace_by(row, lesser)
    keep_card(case)
    _record(row, "case.card_issued", by, at, **replaced)
    notices.card_issued(row, at=at)
    return row


def _withdraw(row: Card, *, by: User, reason: str, at: datetime) -> Card:
    _end(row, Card.State.WITHDRAWN, by=by, reason=reason, at=at)
    keep_card(row.case)
    _record(row, "case.card_withdrawn", by, at)
    notices.card_withdrawn(row, at=at)
    return row


def _end(row: Card, state: Card.State, *, by: User, reason: str, at: datetime) -> None:
    row.state, row.superseded_by = state, None
    row.ended_at, row.ended_by, row.end_reason = at, by, reason
    row.save()
    give_back(row, at=at)


def keep_card(case: Case) -> None:
    """Copy beside the case the gravest card in force, so that lists need no query for it."""
    colours = set(Card.objects.in_force().filter(case=case).values_list("colour", flat=True))
    case.card = next((colour for colour in (rules.RED, rules.YELLOW) if colour in colours), "")
    case.save(update_fields=["card"])


def _locked(card: Card) -> Card:
    """Lock the card's case and return the card as it is now."""
    case = lock(card.case)
    row = Card.objects.select_related("agency", "deadline__policy", "proposer", "issued_by").get(pk=card.pk)
    row.case = case
    return row


def _check_waits(row: Card) -> None:
    if row.state != SUGGESTED:
        raise CardDecided(
            _("Nothing is to be decided any more: the card is now “%(state)s”.") % {"state": row.get_state_display()}
        )


def _assignment(case: Case, agency_id: int) -> Assignment:
    """Return what the agency was given of the case. Raises NotWithAgency."""
    assignment = notices.assignment_of(case, agency_id)
    if assignment is None:
        raise NotWithAgency(_("The agency was given nothing of this case, so it could not see the card."))
    return assignment


def _record(row: Card, event: str, by: User, at: datetime, **more: events.Fact) -> None:
    events.record(event, subject=row.case.subject, actor=events.user_id(by), at=at, facts=card_facts(row) | more)
