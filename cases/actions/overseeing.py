"""What the sweep does about an agency's late limit: drafts letters and suggests cards, each once. Nothing goes out by itself."""

from collections.abc import Iterable
from datetime import datetime

from agencies.models import Agency
from cases.addressees import Addressees
from cases.letters.kinds import LetterKind
from cases.models import Card, Case, Deadline
from cases.oversight import notices, rules
from core import calendars, clock, events
from core.events import Fact

from .lettering import draft_letter


def oversee(deadline: Deadline, *, at: datetime) -> None:
    """Draft the chaser and the circular and suggest the card that a late limit of an agency calls for; again changes nothing.

    Runs in the transaction that holds the lock of the case; `deadline` comes with its case, the case's handler and its policy.
    """
    late = rules.days_late(deadline, clock.day_of(at), calendars.work_calendar())
    if late < rules.CHASED_FROM:
        return
    assignment = Addressees(deadline).assignment
    if assignment is not None:
        _draft(deadline, assignment.agency, late, at=at)
        _suggest(deadline, assignment.agency, rules.colour_due(late, deadline.policy), at=at)


def look_at_suggestions(at: datetime, deadline: Deadline | None = None) -> int:
    """Let the suggestions fall that have lost their ground, of one limit whose case is locked or of all; returns how many."""
    rows = Card.objects.waiting().filter(ground=Card.Ground.LATE)
    if deadline is not None:
        rows = rows.filter(deadline=deadline)
    found = rows.order_by("case_id", "colour").values_list("pk", "case_id")  # red before yellow
    return sum(_let_fall(pk, case_id, at=at) for pk, case_id in list(found))


def replace_by(card: Card, others: Iterable[Card]) -> dict[str, Fact]:
    """Let yellow cards stand behind a red one; returns what the event tells of it."""
    found = [one.pk for one in others]
    Card.objects.filter(pk__in=found).update(state=Card.State.SUPERSEDED, superseded_by=card)
    return {"replaces": found} if found else {}


def give_back(card: Card, *, at: datetime) -> None:
    """A red card that falls gives back the yellow one whose place it took, as far as that has its ground still."""
    for row in card.supersedes.filter(state=Card.State.SUPERSEDED):
        row.state = Card.State.ISSUED if row.issued_at else Card.State.SUGGESTED
        row.superseded_by = None
        row.save(update_fields=["state", "superseded_by"])
        if row.state == Card.State.SUGGESTED:
            _let_fall(row.pk, row.case_id, at=at)


def card_facts(card: Card) -> dict[str, Fact]:
    """Return what events tell of a card."""
    return {"card": card.pk, "colour": card.colour, "card_ground": card.ground, "agency": card.agency_id}


def _draft(deadline: Deadline, agency: Agency, late: int, *, at: datetime) -> None:
    cause = f"deadline:{deadline.pk}"
    if draft_letter(deadline.case, LetterKind.CHASER, agency=agency, cause=cause, at=at):
        notices.chaser_drafted(deadline, at=at)
    after = _circular_after(deadline.case, at)
    if after is None or late < rules.CHASED_FROM + after:
        return
    if draft_letter(deadline.case, LetterKind.CIRCULAR, agency=agency, cause=cause, at=at):
        notices.circular_drafted(deadline, at=at)


def _circular_after(case: Case, at: datetime) -> int | None:
    """Return after how many more working days a circular is drafted; None where no policy asks for any."""
    try:
        return calendars.policy_for("circular", clock.day_of(at), case.case_class).length
    except calendars.PolicyMissing:
        return None


def _suggest(deadline: Deadline, agency: Agency, colour: str, *, at: datetime) -> None:
    """Suggest the card once; a suggested yellow one that nobody has decided on makes way for the red one."""
    known = {row.colour: row for row in _known(deadline)}
    if not colour or colour in known or Card.Colour.RED in known:
        return
    row = Card.objects.create(
        case=deadline.case,
        agency=agency,
        deadline=deadline,
        colour=colour,
        ground=Card.Ground.LATE,
        state=Card.State.SUGGESTED,
        suggested_at=at,
    )
    replaces = [one for one in known.values() if one.state == Card.State.SUGGESTED]
    facts = card_facts(row) | replace_by(row, replaces)
    events.record("case.card_suggested", subject=deadline.case.subject, actor=events.SYSTEM, at=at, facts=facts)
    notices.card_suggested(row, at=at)


def _known(deadline: Deadline) -> Iterable[Card]:
    return Card.objects.filter(deadline=deadline, ground=Card.Ground.LATE).exclude(state=Card.State.LAPSED).order_by("pk")


def _let_fall(pk: int, case_id: int, *, at: datetime) -> bool:
    """Look at one suggestion under its case's lock; returns whether it fell."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    row = Card.objects.waiting().select_related("deadline__policy").filter(pk=pk).first()
    if row is None or row.deadline is None:
        return False
    late = rules.days_late(row.deadline, clock.day_of(at), calendars.work_calendar())
    if rules.has_ground(row.colour, late, row.deadline.policy):
        return False
    row.case, row.state, row.ended_at = case, Card.State.LAPSED, at
    row.save(update_fields=["state", "ended_at"])
    give_back(row, at=at)
    events.record("case.card_lapsed", subject=case.subject, actor=events.SYSTEM, at=at, facts=card_facts(row))
    notices.card_lapsed(row, at=at)
    return True
