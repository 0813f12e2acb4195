"""The choice of excellent cases: nominated, judged once by each judge, chosen by a leader."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import permissions
from cases.ends import notifications
from cases.excellence.criteria import criteria_of
from cases.excellence.totals import weighted
from cases.models import Case, Nomination, Points, Score
from cases.models.excellence import MOST_POINTS
from cases.workflow import Refused, Status
from core import events

from .moving import ask, lock
from .shared import check_nameless

_OVER = (Status.CLOSED, Status.ARCHIVED)


class NotClosed(Refused):
    """Only a closed case can be excellent."""


class NominatedAlready(Refused):
    """It is nominated for that year."""

    field = "year"


class JudgedAlready(Refused):
    """Each judge judges once."""


class NotJudged(Refused):
    """Points are missing, or the case is chosen already."""


@transaction.atomic
def nominate(case: Case, *, by: User, version: int | None, year: int, summary: str, reason: str, at: datetime) -> Nomination:
    """Put a closed case forward for a year. The judges read the texts, so they name nobody.

    Raises NotClosed, NominatedAlready.
    """
    case = lock(case, version)
    ask(permissions.can_nominate(by, case))
    if case.status not in _OVER:
        raise NotClosed(_("Only a closed case can be nominated."))
    if case.nominations.filter(year=year).exists():
        raise NominatedAlready(_("This case is nominated for that year already."))
    check_nameless(case, summary, field="summary")
    check_nameless(case, reason, field="reason")
    row = Nomination.objects.create(case=case, year=year, summary=summary, reason=reason, nominated_at=at, nominated_by=by)
    _record("case.nominated", row, by=by, at=at)
    notifications.nominated(row, by=by, at=at)
    return row


@transaction.atomic
def judge(row: Nomination, *, by: User, points: Mapping[int, int], comment: str = "", at: datetime) -> Score:
    """Keep a judge's points (by the criterion's id) with the weights of today. Raises JudgedAlready, NotJudged."""
    row = _lock(row)
    ask(permissions.can_judge(by, row) and Nomination.objects.visible_to(by).filter(pk=row.pk).exists())
    if row.chosen_at:
        raise NotJudged(_("This case has been chosen already."))
    if row.scores.filter(judge=by).exists():
        raise JudgedAlready(_("You have judged this case already. Your points stand."))
    criteria = criteria_of(row.year)
    if not criteria or points.keys() != {one.pk for one in criteria} or not all(0 <= n <= MOST_POINTS for n in points.values()):
        raise NotJudged(_("Give points for each criterion, from 0 to 100."))
    check_nameless(row.case, comment, field="comment")
    total = weighted([(one.weight, points[one.pk]) for one in criteria])
    score = Score.objects.create(nomination=row, judge=by, total=total, comment=comment, given_at=at)
    Points.objects.bulk_create(Points(score=score, criterion=one, weight=one.weight, value=points[one.pk]) for one in criteria)
    events.record(
        "nomination.judged", subject=f"nomination:{row.pk}", actor=events.user_id(by), at=at, facts={"case": row.case_id}
    )
    return score


@transaction.atomic
def choose_excellent(row: Nomination, *, by: User, reason: str, at: datetime) -> Nomination:
    """A leader chooses a judged case as excellent. Raises NotJudged, NotClosed."""
    row = _lock(row)
    ask(permissions.can_choose(by, row) and Nomination.objects.visible_to(by).filter(pk=row.pk).exists())
    if row.chosen_at:
        raise NotJudged(_("This case has been chosen already."))
    if not row.scores.exists():
        raise NotJudged(_("Nobody has judged this case yet."))
    if row.case.status not in _OVER:
        raise NotClosed(_("The case has been opened again. It can be chosen once it is closed."))
    check_nameless(row.case, reason, field="reason")
    row.chosen_at, row.chosen_by, row.chosen_reason = at, by, reason
    row.save(update_fields=["chosen_at", "chosen_by", "chosen_reason"])
    _record("case.chosen_excellent", row, by=by, at=at)
    notifications.chosen_excellent(row, by=by, at=at)
    return row


def _lock(row: Nomination) -> Nomination:
    return Nomination.objects.select_for_update(of=("self",)).for_detail().get(pk=row.pk)


def _record(event: str, row: Nomination, *, by: User, at: datetime) -> None:
    facts: dict[str, events.Fact] = {"nomination": row.pk, "year": row.year}
    events.record(event, subject=row.case.subject, actor=events.user_id(by), at=at, facts=facts)
