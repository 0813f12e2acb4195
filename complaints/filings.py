"""What a helper unit's clerk sees of the unit's filings: where they stand, as the complainant reads it."""

from dataclasses import dataclass, replace
from typing import Any

from accounts.models import User
from agencies.models import Agency
from core import calendars, clock, deadlines
from core.paging import Page, keyset_page

from . import labels, ports, tracking, units
from .entries import consent_of
from .models import Complaint
from .ports import Standing

PAGE_SIZE = 40


@dataclass(frozen=True)
class Row:
    """One filing in the list; `state` is the colour of its limit, empty when none runs."""

    complaint: Complaint
    standing: Standing
    state: str
    agency: str


@dataclass(frozen=True)
class FilingList:
    """A page of the unit's filings, newest first."""

    unit: Agency | None
    rows: list[Row]
    page: Page[Complaint]


def filing_list(user: User, before: str) -> FilingList:
    """Return what the clerk's unit filed."""
    page = keyset_page(Complaint.objects.visible_to(user).for_list(), before, size=PAGE_SIZE)
    standings = ports.standings(page.rows)
    return FilingList(units.unit_of(user), [_row(one, standings[one.pk]) for one in page.rows], page)


def filing_page(complaint: Complaint) -> dict[str, Any]:
    """Return where one filing stands; nothing that the complainant told the office later, and no looks at the identity."""
    told = ports.progress(complaint)
    progress = replace(told, timeline=[entry for entry in told.timeline if not entry.private])
    return {**tracking.standing_of(complaint, progress), "consent": consent_of(complaint)}


def _row(complaint: Complaint, standing: Standing) -> Row:
    due_on = standing.due_on
    state = deadlines.state(due_on, clock.today(), calendars.work_calendar()).value if due_on else ""
    return Row(complaint, standing, state, labels.agency_words(complaint.agency, complaint.agency_words))
