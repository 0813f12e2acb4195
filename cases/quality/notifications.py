"""Who hears of accountability for a wrong case: leaders who must decide, and the person named from the decision on."""

from datetime import datetime

from django.urls import reverse

from accounts.models import User
from cases.ends.notifications import tell
from cases.models import Responsibility, WrongCaseReview
from cases.outbox import leaders_of
from core.events import Fact

from .deciders import deciders_of, third_people


def opened(review: WrongCaseReview, *, by: User, at: datetime) -> None:
    """Tell the other leaders who see the case."""
    others = leaders_of(review.case)
    tell(review.case, "wrong_case_opened", others, at=at, once=f"wrong_case:{review.pk}", but=by, path=review_path(review))


def named(row: Responsibility, *, by: User, at: datetime) -> None:
    """Ask those who may decide what follows."""
    _tell(row, "wrong_case_named", deciders_of(row), at=at, but=by, path=review_path(row.review))


def decided(row: Responsibility, *, at: datetime) -> None:
    """Tell the person named what was decided, and until when he may appeal."""
    until = row.appeal_until.isoformat() if row.appeal_until else ""
    _tell(row, "wrong_case_decided", [row.account] if row.account else [], at=at, path=own_path(row), until=until)


def appealed(row: Responsibility, *, by: User, at: datetime) -> None:
    """Ask those who may decide on the appeal."""
    people = third_people(row) or [row.review.opened_by]
    _tell(row, "wrong_case_appealed", people, at=at, but=by, path=review_path(row.review))


def answered(row: Responsibility, *, at: datetime) -> None:
    """Tell the person named what came of the appeal."""
    _tell(row, "wrong_case_answered", [row.account] if row.account else [], at=at, path=own_path(row))


def review_path(review: WrongCaseReview) -> str:
    """Return the address of the leaders' page."""
    return reverse("cases:wrong_case", args=[review.pk])


def own_path(row: Responsibility) -> str:
    """Return the address of the page of the person named."""
    return reverse("cases:own_responsibility", args=[row.pk])


def _tell(
    row: Responsibility, template: str, people: list[User], *, at: datetime, path: str, but: User | None = None, **more: Fact
) -> None:
    tell(row.review.case, template, people, at=at, once=f"responsibility:{row.pk}", but=but, path=path, **more)
