"""The public information pages: their addresses, names and order, and what each needs to know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints import keeping, privacy
from complaints.categories import CATEGORIES
from complaints.remit import PLACES
from core import clock
from core.deadlines import Limit, Rule, Unit, compute
from core.models import DeadlinePolicy
from core.workdays import WorkCalendar


@dataclass(frozen=True)
class Page:
    """One information page; its text is templates/pages/<slug>.html."""

    slug: str
    title: str | Promise
    summary: str | Promise
    facts: Callable[[], dict[str, Any]] = dict

    @property
    def template(self) -> str:
        """Where its text is."""
        return f"pages/{self.slug.replace('-', '_')}.html"


@dataclass(frozen=True)
class Day:
    """One day of a worked example: "start", "off" or "end", or "" for a day that counts; and its number when it counts."""

    day: date
    kind: str
    number: int | None


def limits() -> dict[str, Any]:
    """The limits in force today by step, as the office has entered them; a step that nobody entered is missing."""
    rows = DeadlinePolicy.objects.filter(case_class="ordinary", valid_from__lte=clock.today()).order_by("valid_from")
    return {"limits": {policy.step: policy for policy in rows}}


def examples() -> dict[str, Any]:
    """Three worked examples, counted by the same rule that counts real deadlines, on the published calendar of 2026."""
    starts = (
        (date(2026, 9, 18), Rule(3, Unit.WORKING_DAYS)),
        (date(2026, 9, 30), Rule(3, Unit.WORKING_DAYS)),
        (date(2026, 9, 2), Rule(30, Unit.DAYS)),
    )
    calendar = WorkCalendar()
    return {"examples": [(limit := compute(start, rule, calendar), days_of(limit)) for start, rule in starts]}


def days_of(limit: Limit) -> list[Day]:
    """Every day from the start to the last one, and which of them count."""
    days = [Day(limit.started_on, "start", None)]
    number = 0
    for offset in range(1, (limit.due_on - limit.started_on).days + 1):
        day = limit.started_on + timedelta(days=offset)
        off = day in limit.days_off
        counts = day <= limit.unrolled_on and not (off and limit.rule.unit is Unit.WORKING_DAYS)
        number += counts
        days.append(Day(day, "end" if day == limit.due_on else "off" if off else "", number if counts else None))
    return days


def categories() -> dict[str, Any]:
    """The seven kinds of problem."""
    return {"categories": CATEGORIES}


def places() -> dict[str, Any]:
    """Where to go with what the office does not deal with."""
    return {"places": PLACES}


def privacy_notice() -> dict[str, Any]:
    """The version of the notice, since when it holds, and how many years from closing personal data is kept."""
    return {"version": privacy.VERSION, "valid_from": privacy.VALID_FROM, "years": keeping.years_on(clock.today())}


PAGES = (
    Page("how-to", _("How to complain"), _("Four ways in, what to write, with your name or without")),
    Page("scope", _("What we accept"), _("The seven kinds of problem, each with examples"), categories),
    Page(
        "elsewhere",
        _("What we do not deal with"),
        _("And where to go with it: courts, police, wages, quarrels and the rest"),
        places,
    ),
    Page("limits", _("Time limits"), _("How long each step may take, and what happens when it takes longer"), limits),
    Page("counting", _("How time limits are counted"), _("Which days count, with three worked examples"), examples),
    Page("protection", _("How complainants are protected"), _("Who may see what, and who never can")),
    Page(
        "privacy",
        _("How personal information is used"),
        _("What we ask for, why, how long we keep it, and your rights"),
        privacy_notice,
    ),
    Page("dissatisfied", _("If you disagree with the result"), _("Having it handled again, review and final review"), limits),
    Page("accessibility", _("Accessibility"), _("Large print, keyboard, screen readers, and other ways to reach us")),
)
BY_SLUG = {page.slug: page for page in PAGES}
