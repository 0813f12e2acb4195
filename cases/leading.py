"""Which of the agencies of a case leads, and which help it. Asks once, or not at all where they are fetched already."""

from datetime import datetime

from django.conf import settings

from .models import Assignment, Case
from .workflow import Status

_HELPED = (Status.DISPATCHED, Status.RECEIVED)
_WAITS_FOR_LEAD = (Status.DISPATCHED, Status.RECEIVED, Status.RETURNED)


def lead_of(case: Case) -> Assignment | None:
    """Return what went to the agency that leads; None while none does."""
    return next((one for one in case.assignments.all() if one.is_lead and one.is_current), None)


def co_handlers_of(case: Case) -> list[Assignment]:
    """Return what went to the agencies that help the lead, in the order in which they were asked."""
    return sorted((one for one in case.assignments.all() if not one.is_lead and one.is_current), key=lambda one: one.pk)


def takes_help(case: Case) -> bool:
    """Whether other agencies may be asked: one has the case and has not reported."""
    return case.status in _HELPED and lead_of(case) is not None


def owing_of(case: Case) -> list[Assignment]:
    """Return those of them that have not given their opinion."""
    return [one for one in co_handlers_of(case) if one.opinion_at is None]


def led_at(case: Case, moment: datetime) -> Assignment | None:
    """Return what was with the agency that led at a moment; None when the office handled it."""
    rows = [one for one in case.assignments.all() if one.is_lead and one.assigned_at <= moment]
    return next((one for one in rows if one.ended_at is None or one.ended_at > moment), None)


def waiting_of(case: Case) -> list[Assignment]:
    """Return the assignments from which something is waited for; those agencies are told when the case ends otherwise."""
    lead = lead_of(case)
    return ([lead] if lead and case.status in _WAITS_FOR_LEAD else []) + owing_of(case)


def leader_must_decide(case: Case) -> bool:
    """Whether agencies have given the case back as often as they may, so that an office leader decides with effect."""
    return case.returns >= settings.RETURNS_AT_MOST


def returns_left(assignment: Assignment) -> int:
    """Return how often the case may still be given back."""
    return 0 if assignment.is_final else max(settings.RETURNS_AT_MOST - assignment.case.returns, 0)
