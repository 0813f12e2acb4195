"""The tracking page: where a matter stands, put together from what the rooms answer."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext

from core import calendars, clock, deadlines, explain
from core.templatetags.portal import day

from . import asking, labels, ports, reading, summaries
from .asking import Offers
from .identifying import to_confirm
from .models import Complaint, Rating
from .possible import Possible

_ALL = 100


@dataclass(frozen=True)
class Due:
    """The limit that runs now, as templates/components/due.html shows it."""

    state: str
    text: str
    holder: str
    percent: int
    started: str
    today: str
    ends: str
    explanation: str


def page_of(complaint: Complaint) -> dict[str, Any]:
    """Return everything the tracking page shows about a complaint, for who filed it."""
    progress = ports.progress(complaint)
    withdrawal = reading.withdrawal_of(complaint)
    return {
        **standing_of(complaint, progress),
        "filed": summaries.of_matter(reading.as_filed(complaint))[:2],
        "evidence": reading.evidence_files(complaint),
        "looks": reading.looks(complaint) if complaint.is_named else [],
        "rating": rating_of(complaint),
        "earlier_ratings": reading.earlier_ratings(complaint) if progress.was_reopened else [],
        "may_rate": progress.may_rate and withdrawal is None and rating_of(complaint) is None,
        "withdrawal": withdrawal,
        "to_confirm": to_confirm(complaint) if progress.ended_on is None else None,
        "thread": reading.thread_for_filer(complaint),
        "papers": ports.papers(complaint),
        "can": asking.possible_now(progress, withdrawn=withdrawal is not None, today=clock.today()),
        "offers": asking.offers(complaint, progress, withdrawn=withdrawal is not None, today=clock.today()),
    }


def standing_of(complaint: Complaint, progress: ports.Progress) -> dict[str, Any]:
    """Return where a matter stands, the same for the complainant and for a helper unit that filed it."""
    return {
        "complaint": complaint,
        "progress": progress,
        "agency": labels.agency_words(complaint.agency, complaint.agency_words),
        "category": labels.category_official(complaint.category),
        "stages": [
            {"label": one.label, "state": "" if one.state == "next" else one.state, "when": one.note} for one in progress.stages
        ],
        "due": due_of(progress.deadline, clock.today()) if progress.deadline else None,
    }


def can(complaint: Complaint) -> Possible:
    """Return what can still be done about a complaint today."""
    withdrawn = reading.withdrawal_of(complaint) is not None
    return asking.possible_now(ports.progress(complaint), withdrawn=withdrawn, today=clock.today())


def offers(complaint: Complaint) -> Offers:
    """Return what can be asked for about a complaint today."""
    withdrawn = reading.withdrawal_of(complaint) is not None
    return asking.offers(complaint, ports.progress(complaint), withdrawn=withdrawn, today=clock.today())


def due_of(deadline: ports.NextDeadline, today: date) -> Due:
    """Put a running limit into words and a bar."""
    calendar = calendars.work_calendar()
    whole = max((deadline.due_on - deadline.started_on).days, 1)
    gone = (today - deadline.started_on).days
    return Due(
        state=deadlines.state(deadline.due_on, today, calendar).value,
        text=_left(deadline, today, working_days=calendar.count(today, deadline.due_on)),
        holder=deadline.holder,
        percent=max(0, min(_ALL, round(_ALL * gone / whole))),
        started=gettext("%(day)s: start") % {"day": day(deadline.started_on)},
        today=gettext("Today, %(day)s") % {"day": day(today)},
        ends=gettext("%(day)s: last day") % {"day": day(deadline.due_on)},
        explanation=explain.in_words(deadline.explanation),
    )


def rating_of(complaint: Complaint) -> Rating | None:
    """Return the complaint's rating, if it was rated."""
    return getattr(complaint, "rating", None)


def _left(deadline: ports.NextDeadline, today: date, *, working_days: int) -> str:
    """Say what is left in the unit that the limit counts."""
    days = (deadline.due_on - today).days
    if days < 0:
        return ngettext("%(n)d day late", "%(n)d days late", -days) % {"n": -days}
    if days == 0:
        return gettext("Today is the last day")
    if deadline.explanation.get("unit") == deadlines.Unit.WORKING_DAYS:
        return ngettext("%(n)d working day left", "%(n)d working days left", working_days) % {"n": working_days}
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
