"""What the pages of the choice of excellent cases show: of the cases the summaries alone, and of points only what may be seen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from accounts.models import User
from cases import permissions
from cases.models import Case, Nomination, Score
from cases.querysets import NominationQuerySet
from complaints.labels import category_official

from .criteria import criteria_of, words_of
from .totals import mean, places

FIRST_YEAR = 2020


@dataclass(frozen=True)
class Row:
    """One nomination in the ranking. Its mean is hidden from who is to judge it, the places from who is to judge any."""

    nomination: Nomination
    category: str
    judges: int
    mean: Decimal | None
    place: int | None
    to_judge: bool


@dataclass(frozen=True)
class Ranking:
    """The nominations of one year: those that the reader is still to judge, and the ranking of the others."""

    year: int
    years: list[int]
    to_judge: list[Row]
    ranked: list[Row]
    criteria: list[tuple[str, str, int]]


@dataclass(frozen=True)
class Judged:
    """One judge's points, with the criterion's title beside each."""

    score: Score
    points: list[tuple[str, int, int]]


@dataclass(frozen=True)
class NominationPage:
    """All that the page of one nomination shows."""

    row: Row
    judged: list[Judged]
    may_judge: bool
    may_choose: bool
    may_see_case: bool


def ranking(user: User, year: int, this_year: int) -> Ranking:
    """Read the ranking of a year."""
    found = list(_rows(user).filter(year=year))
    rows = _ranked(found, user)
    years = set(Nomination.objects.visible_to(user).values_list("year", flat=True).distinct()) | {this_year, year}
    ordered = sorted(rows, key=lambda row: (row.place or len(rows) + 1, row.nomination.pk))
    return Ranking(
        year=year,
        years=sorted(years, reverse=True),
        to_judge=[row for row in ordered if row.to_judge],
        ranked=[row for row in ordered if not row.to_judge],
        criteria=[(*words_of(one), one.weight) for one in criteria_of(year)],
    )


def nomination_page(nomination: Nomination, user: User) -> NominationPage:
    """Read one nomination; the others of its year give its place."""
    rows = _ranked(list(_rows(user).filter(year=nomination.year)), user)
    row = next(row for row in rows if row.nomination.pk == nomination.pk)
    chosen = nomination.chosen_at is not None
    return NominationPage(
        row=row,
        judged=[] if row.to_judge else [_judged(score) for score in row.nomination.scores.all()],
        may_judge=row.to_judge,
        may_choose=not chosen and not row.to_judge and row.judges > 0 and permissions.can_choose(user, nomination),
        may_see_case=Case.objects.visible_to(user).filter(pk=nomination.case_id).exists(),
    )


def years_offered(this_year: int) -> list[int]:
    """Return the years for which a case can be nominated now."""
    return [this_year, this_year - 1]


def suggested_summary(case: Case) -> str:
    """Return the summary that went to the agency, which names nobody; empty where the office handled the case itself."""
    rows = case.assignments.order_by("pk").values_list("summary", flat=True)
    return next(iter(rows), "")


def _rows(user: User) -> NominationQuerySet:
    return Nomination.objects.visible_to(user).for_detail().prefetch_related("scores__judge", "scores__points__criterion")


def _ranked(nominations: Sequence[Nomination], user: User) -> list[Row]:
    means = {one.pk: mean([score.total for score in one.scores.all()]) for one in nominations}
    rows = [_row(one, means[one.pk], user) for one in nominations]
    if any(row.to_judge for row in rows):
        return rows
    place = places(means)
    return [replace(row, place=place.get(row.nomination.pk)) for row in rows]


def _row(nomination: Nomination, value: Decimal | None, user: User) -> Row:
    scores = list(nomination.scores.all())
    judged = any(score.judge_id == user.pk for score in scores)
    to_judge = not judged and nomination.chosen_at is None and permissions.can_judge(user, nomination)
    return Row(
        nomination=nomination,
        category=category_official(nomination.case.category),
        judges=len(scores),
        mean=None if to_judge else value,
        place=None,
        to_judge=to_judge,
    )


def _judged(score: Score) -> Judged:
    points = sorted(score.points.all(), key=lambda one: (one.criterion.place, one.criterion_id))
    return Judged(score, [(words_of(one.criterion)[0], one.weight, one.value) for one in points])
