"""Chasers: an officer urges the agency to keep a limit, in own words, at most once a day and limit."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import permissions
from cases.addressees import Addressees
from cases.letters.kinds import LetterKind
from cases.models import Case, Chaser
from cases.oversight import notices, rules
from cases.oversight.limits import limit_to_chase
from cases.redaction import disclosed_to
from cases.workflow import Refused
from core import calendars, clock, events

from .checking import check_words
from .lettering import draft_letter
from .moving import ask, lock


class NothingToChase(Refused):
    """No limit runs that the agency must keep."""


class ChasedToday(Refused):
    """The agency has had a chaser for the limit today."""


@transaction.atomic
def send_chaser(case: Case, *, by: User, words: str, looked_at: bool = False, at: datetime) -> Chaser:
    """Urge the agency to keep the limit that ends first. The later it is, the higher up the agency it is told.

    Raises NothingToChase, ChasedToday, NamesComplainant.
    """
    case = lock(case)
    ask(permissions.can_chase(by, case))
    deadline, today = limit_to_chase(case), clock.day_of(at)
    assignment = Addressees(deadline).assignment if deadline else None
    if deadline is None or assignment is None:
        raise NothingToChase(_("No limit runs that the agency must keep, so there is nothing to chase."))
    if deadline.chasers.filter(sent_on=today).exists():
        raise ChasedToday(_("The agency has had a chaser for this limit today. Send the next one tomorrow."))
    check_words(words, case, disclosed_to(assignment), field="words", looked_at=looked_at)
    row = Chaser.objects.create(
        case=case, deadline=deadline, agency=assignment.agency, words=words, sent_on=today, sent_at=at, sent_by=by
    )
    facts: dict[str, events.Fact] = {"chaser": row.pk, "step": deadline.step, "agency": assignment.agency_id}
    events.record("case.chased", subject=case.subject, actor=events.user_id(by), at=at, facts=facts)
    draft_letter(
        case, LetterKind.CHASER, agency=assignment.agency, cause=f"deadline:{deadline.pk}", author=by, at=at
    )  # the letter of that limit, if there is none yet
    late = rules.days_late(deadline, today, calendars.work_calendar())
    notices.chased(row, assignment, Addressees(deadline).when(late), at=at)
    return row
