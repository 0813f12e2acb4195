"""How the reviews of a case stand: on the page of the case, and as the complainant is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Role
from cases import permissions
from cases.models import Case, Deadline, Review
from cases.workflow import REVIEW_STEPS, Step
from complaints.labels import enumerated
from complaints.ports import Reviewed
from core.models import Event
from core.templatetags.portal import day_week

from .answerers import answerers_of


@dataclass(frozen=True)
class Line:
    """One review on the page of its case; while it waits, whether the reader may answer it, and who else may."""

    row: Review
    title: str
    waits: bool
    withdrawn: bool
    may_answer: bool
    answerers: str


ASKED, ANSWERED = "complaint.review_asked", "complaint.review_answered"
# What the complainant reads in the history, for each level.
TITLES: Mapping[str, Mapping[int, str | Promise]] = {
    ASKED: {1: gettext_lazy("You asked for a review"), 2: gettext_lazy("You asked for the final review")},
    ANSWERED: {1: gettext_lazy("We answered the review"), 2: gettext_lazy("We answered the final review")},
}


def lines(case: Case, user: User) -> list[Line]:
    """Return the reviews of a case, the oldest first."""
    return [_line(row, user) for row in Review.objects.visible_to(user).for_detail().filter(case=case)]


def waiting(found: Iterable[Line]) -> Line | None:
    """Return the review to answer next."""
    return next((line for line in found if line.waits), None)


def of_complaint(case: Case, complaint_id: int) -> list[Review]:
    """Return the reviews that one complainant asked for, in order of their level."""
    return list(case.reviews.filter(request__complaint=complaint_id).select_related("request").order_by("request__level"))


def told(reviews: Iterable[Review]) -> list[Reviewed]:
    """Return the reviews as the complainant reads them; never a name."""
    return [
        Reviewed(
            level=row.request.level,
            asked_at=row.request.asked_at,
            outcome=str(row.get_outcome_display()) if row.outcome else "",
            answer=row.answer,
            answered_at=row.answered_at,
        )
        for row in reviews
    ]


def own_limits(limits: Iterable[Deadline], reviews: Iterable[Review], *, withdrawn: bool) -> list[Deadline]:
    """Return the limits that concern this complainant, the one of the own review first; another's review is not his."""
    own = set() if withdrawn else {row.step for row in reviews if not row.outcome}
    mine = [limit for limit in limits if limit.step not in REVIEW_STEPS.values() or limit.step in own]
    return sorted(mine, key=lambda limit: limit.step not in own)


def title_of(event: Event) -> str | Promise:
    """Name an event of a review to the complainant."""
    return TITLES[event.type][event.facts["level"]]


def headline(limits: Sequence[Deadline]) -> str:
    """Return what stands above the page while a review is open; empty otherwise."""
    step = _running(limits)
    if step is None:
        return ""
    return _("We are reviewing our reply for the last time") if step == Step.FINAL_REVIEW else _("We are reviewing our reply")


def lead(reviews: Sequence[Review], limits: Sequence[Deadline]) -> str:
    """Say who answers by when while a review is open, and that it ends after the final one; empty where neither holds."""
    if _running(limits) is not None:
        words = _("A leader of this office who has not signed before goes over it and answers you by the end of %(day)s.")
        return words % {"day": day_week(limits[0].due_on)}
    if any(row.step == Step.FINAL_REVIEW and row.outcome for row in reviews):
        return _("The final review has been answered. With it the matter ends here.")
    return ""


def _running(limits: Sequence[Deadline]) -> str | None:
    """The step of the own review's limit, which stands first."""
    return limits[0].step if limits and limits[0].step in REVIEW_STEPS.values() else None


def _line(row: Review, user: User) -> Line:
    withdrawn = hasattr(row.request.complaint, "withdrawal")
    waits = not row.outcome and not withdrawn
    leads = waits and user.has_role(Role.OFFICE_LEADER)
    answerers = answerers_of(row) if leads else []
    return Line(
        row=row,
        title=str(Step(row.step).label),
        waits=waits,
        withdrawn=withdrawn,
        may_answer=leads and permissions.can_answer_review(user, row),
        answerers=enumerated(person.full_name for person in answerers),
    )
