"""Splits a matter into what it alleges, and decides on each of it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from cases import permissions
from cases.models import Allegation, Case
from cases.workflow import Refused
from core import events

from .moving import ask, lock
from .naming import check_unnamed

MOST = 30


class TooManyAllegations(Refused):
    """More than anybody can keep apart."""

    field = "texts"


class AllegationsOpen(Refused):
    """The handler reports on the whole only when each allegation has its finding."""

    field = "finding"


class AllegationStruck(Refused):
    """Somebody has struck it out meanwhile."""


@transaction.atomic
def split(case: Case, *, by: User, version: int | None, texts: Iterable[str], at: datetime) -> list[Allegation]:
    """Enter what the matter alleges, one by one. Raises TooManyAllegations, NamesFiler."""
    case = lock(case, version, by=by)
    ask(permissions.can_decide_allegations(by, case))
    wanted = list(texts)
    check_unnamed(case, texts="\n".join(wanted))
    last = case.allegations.aggregate(last=Max("number"))["last"] or 0
    if last + len(wanted) > MOST:
        raise TooManyAllegations(_("At most %(n)d allegations a case.") % {"n": MOST})
    rows = [
        Allegation(case=case, number=last + place, text=text, entered_at=at, entered_by=by)
        for place, text in enumerate(wanted, start=1)
    ]
    Allegation.objects.bulk_create(rows)
    _note("case.split", case, by=by, at=at, facts={"allegations": [row.number for row in rows]})
    return rows


@transaction.atomic
def decide_allegation(
    allegation: Allegation, *, by: User, version: int | None, text: str, finding: str, reason: str, at: datetime
) -> Allegation:
    """Write what was found of one allegation and why, or (without a finding) open it again; its words may be made clearer."""
    case, row = _lock(allegation, by=by, version=version)
    check_unnamed(case, text=text, reason=reason)
    row.text, row.finding, row.reason = text, finding, reason if finding else ""
    row.decided_at, row.decided_by = (at, by) if finding else (None, None)
    row.save()
    _note("case.allegation_decided", case, by=by, at=at, facts={"allegation": row.number, "finding": finding})
    return row


@transaction.atomic
def strike_allegation(allegation: Allegation, *, by: User, version: int | None, at: datetime) -> Allegation:
    """Strike out what was no allegation of its own; it stays to be read and counts no more."""
    case, row = _lock(allegation, by=by, version=version)
    row.struck_at, row.struck_by = at, by
    row.save(update_fields=["struck_at", "struck_by"])
    _note("case.allegation_struck", case, by=by, at=at, facts={"allegation": row.number})
    return row


def check_decided(case: Case) -> None:
    """Refuse the handler's report while an allegation has no finding. Raises AllegationsOpen."""
    waiting = case.allegations.filter(struck_at__isnull=True, finding="").order_by("number").values_list("number", flat=True)
    if numbers := [str(number) for number in waiting]:
        words = _("Decide on each allegation first; number %(numbers)s has no finding yet.")
        raise AllegationsOpen(words % {"numbers": _(", ").join(numbers)})


def _lock(allegation: Allegation, *, by: User, version: int | None) -> tuple[Case, Allegation]:
    case = lock(allegation.case, version, by=by)
    ask(permissions.can_decide_allegations(by, case))
    row = Allegation.objects.select_for_update(of=("self",)).get(pk=allegation.pk)
    if row.struck_at is not None:
        raise AllegationStruck(_("Somebody has struck it out meanwhile."))
    return case, row


def _note(what: str, case: Case, *, by: User, at: datetime, facts: dict[str, events.Fact]) -> None:
    """Record it. The new version tells pages that were opened before, such as a report being written."""
    case.version += 1
    case.save(update_fields=["version"])
    events.record(what, subject=case.subject, actor=events.user_id(by), at=at, facts=facts)
