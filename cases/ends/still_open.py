"""What is still open in ended cases, so that they cannot go into the archive yet: for any number of cases in a few queries."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases import ports
from cases.models import Case, CaseComplaint, Deadline, Extension, Letter, Review, WrongCaseReview
from cases.workflow import Step
from complaints.models import Message
from complaints.reviews import Next, next_review
from core import calendars
from core.clock import day_of
from core.models import DeadlinePolicy
from core.templatetags.portal import day

_ASK_REVIEW = "ask_review"


def still_open(cases: Sequence[Case], *, today: date) -> Mapping[int, list[str]]:
    """Return for each case (by id) what is open in it, in words; an empty list where it can go into the archive."""
    found: dict[int, list[str]] = {case.pk: [] for case in cases}
    for pk, words in _running(cases):
        found[pk].append(words)
    for pk, last in _reviews_to_come(cases, today).items():
        found[pk].append(_("the complainant can ask for a review until %(day)s") % {"day": day(last)})
    return {pk: list(dict.fromkeys(words)) for pk, words in found.items()}


def _running(cases: Sequence[Case]) -> Iterable[tuple[int, str]]:
    """Yield what somebody has begun and nobody has finished."""
    for pk, step in Deadline.objects.open().filter(case__in=cases).order_by("due_at").values_list("case", "step"):
        yield pk, _("the limit “%(step)s” runs") % {"step": Step(step).label}
    waiting = {
        _("a review waits for its answer"): Review.objects.waiting().filter(case__in=cases),
        _("a letter is drafted and not issued"): Letter.objects.drafts().begun().filter(case__in=cases),
        _("accountability is being reviewed"): WrongCaseReview.objects.open().filter(case__in=cases),
    }
    for words, rows in waiting.items():
        yield from ((pk, words) for pk in rows.values_list("case", flat=True))
    yield from ((pk, _("a reward is under way")) for pk in ports.rewards_under_way([case.pk for case in cases]))
    asked = Extension.objects.filter(deadline__case__in=cases, decision="").values_list("deadline__case", flat=True)
    yield from ((pk, _("more time was asked for, and nobody has decided")) for pk in asked)
    unseen = Message.objects.filter(complaint__case_link__case__in=cases, side=Message.Side.COMPLAINANT, seen_at=None)
    yield from (
        (pk, _("a message of the complainant is unread")) for pk in unseen.values_list("complaint__case_link__case", flat=True)
    )


def _reviews_to_come(cases: Sequence[Case], today: date) -> Mapping[int, date]:
    """Return until when a complainant of a case can still ask for a review; cases in which nobody can are missing."""
    replied = {case.pk: day_of(case.replied_at) for case in cases if case.replied_at}
    links = CaseComplaint.objects.filter(case__in=list(replied), complaint__erased_at__isnull=True)
    answered: dict[int, list[Any]] = {}
    for complaint, at in (
        Review.objects.filter(case__in=list(replied)).order_by("request__level").values_list("request__complaint", "answered_at")
    ):
        answered.setdefault(complaint, []).append(day_of(at) if at else None)
    policies = list(DeadlinePolicy.objects.filter(step=_ASK_REVIEW, case_class=calendars.ORDINARY).order_by("valid_from"))
    found: dict[int, date] = {}
    for link in links.select_related("complaint__withdrawal"):
        withdrawn = hasattr(link.complaint, "withdrawal")
        following = next_review(
            replied_on=replied[link.case_id], answered_on=answered.get(link.complaint_id, []), withdrawn=withdrawn
        )
        if isinstance(following, Next) and (last := _last_day(policies, following.counts_from)) >= today:
            found[link.case_id] = max(last, found.get(link.case_id, last))
    return found


def _last_day(policies: Sequence[DeadlinePolicy], start: date) -> date:
    policy = next(one for one in reversed(policies) if one.valid_from <= start)
    return calendars.limit_for(policy, start).due_on
