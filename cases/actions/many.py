"""Acts on many cases at once: each is locked and looked at again; what has changed since it was chosen is left alone."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import OFFICE
from cases import bulk, notifications, permissions
from cases.addressees import Addressees
from cases.bulk import REMINDED_BY_HAND, Skipped, Sorted
from cases.handing.telling import handed_over
from cases.models import Case, Deadline, Handover
from cases.workflow import Refused
from core import calendars, clock, events
from core.numbering import next_numbers

from .archiving import SERIES, put_away
from .handing import write_lines
from .moving import ask, lock


class NoHandler(Refused):
    """Cases go to people of the office only."""

    field = "to"


@transaction.atomic
def hand_on(chosen: Mapping[int, int], *, to: User, by: User, at: datetime) -> Sorted:
    """Hand the chosen cases (ids with the versions seen) to another handler; returns what happened. Doing it again does nothing.

    Tells the new handler and those who handled them before, each in one notice.
    """
    sorted_, before = _hand(chosen, to=to, by=by, at=at)
    _tell(sorted_.changing, before, to=to, by=by, at=at)
    return sorted_


@transaction.atomic
def hand_over_cases(person: User, *, to: User, by: User, at: datetime) -> tuple[Handover | None, list[Skipped]]:
    """Hand on all open cases of somebody in the office, with a list for both; returns it and the cases that could not go.

    The successor hears of it once, with what the predecessor has not read. At most as many cases as go in one act.
    """
    ask(permissions.can_hand_over_person(by, person))
    mine = Case.objects.visible_to(by).open().filter(handler=person).order_by("pk")[: bulk.MOST]
    sorted_, before = _hand(dict(mine.values_list("pk", "version")), to=to, by=by, at=at)
    if not sorted_.changing:
        return None, sorted_.skipped
    handover = Handover.objects.create(handed_from=person, handed_to=to, handed_at=at, handed_by=by)
    write_lines(handover, [(case, None, "") for case in sorted_.changing])
    _tell(sorted_.changing, before, to=by, by=by, at=at)
    handed_over(handover, at=at)
    return handover, sorted_.skipped


def _hand(chosen: Mapping[int, int], *, to: User, by: User, at: datetime) -> tuple[Sorted, dict[int, User | None]]:
    """Hand cases on and tell nobody; returns what happened, and who handled them before."""
    ask(permissions.can_act_on_many(by))
    if not to.has_role(*OFFICE):
        raise NoHandler(_("Choose an officer of this office."))
    sorted_ = bulk.sort_for_handing_on(_locked(chosen, by=by), chosen, to=to)
    before = {case.pk: case.handler for case in sorted_.changing}
    for case in sorted_.changing:
        case.handler = to
        case.version += 1
        case.save(update_fields=["handler", "version"])
        events.record(
            "case.handed_on",
            subject=case.subject,
            actor=events.user_id(by),
            at=at,
            facts={"from": before[case.pk].pk if before[case.pk] else None, "recipients": [to.pk]},  # type: ignore[union-attr]
        )
    return sorted_, before


@transaction.atomic
def hand_on_one(case: Case, *, by: User, version: int | None, to: User, at: datetime) -> Case:
    """Hand one case on, from its own page. Raises NoHandler with the reason when it cannot go there."""
    case = lock(case, version)
    done = hand_on({case.pk: case.version}, to=to, by=by, at=at)
    if done.skipped:
        raise NoHandler(done.skipped[0].reason)
    return case


@transaction.atomic
def remind_now(chosen: Mapping[int, int], *, by: User, at: datetime) -> Sorted:
    """Remind those who must act on the chosen cases of the limit that ends first, once a day by hand; returns what happened."""
    ask(permissions.can_act_on_many(by))
    cases = list(_locked(chosen, by=by))
    sorted_ = bulk.sort_for_reminding(cases, chosen, today=clock.day_of(at))
    for case in sorted_.changing:
        limit = sorted_.limits[case.pk]
        limit.case = case
        _remind(limit, by=by, at=at)
    return sorted_


@transaction.atomic
def archive_many(chosen: Mapping[int, int], *, by: User, at: datetime) -> Sorted:
    """Put the chosen cases into the archive, numbered in the order in which they were received; returns what happened."""
    ask(permissions.can_archive_many(by))
    today = clock.day_of(at)
    sorted_ = bulk.sort_for_archiving(_locked(chosen, by=by), chosen, today=today)
    if not sorted_.changing:
        return sorted_
    numbers = next_numbers(SERIES, today.year, len(sorted_.changing))
    for case, number in zip(sorted(sorted_.changing, key=lambda case: (case.received_at, case.pk)), numbers, strict=True):
        put_away(case, number, by=by, at=at)
    return sorted_


def note_export(*, by: User, at: datetime, begun: bool, facts: Mapping[str, events.Fact]) -> None:
    """Log that somebody takes cases out of the house: what was asked for (never the words), in which format, how many rows."""
    events.record(
        "case.export_begun" if begun else "case.exported",
        subject=events.user_id(by),
        actor=events.user_id(by),
        at=at,
        facts=facts,
    )


def _locked(chosen: Mapping[int, int], *, by: User) -> Iterable[Case]:
    """Lock in the order of ids, so that two such acts wait for one another and never in a circle."""
    if len(chosen) > bulk.MOST:
        raise Refused(_("At most %(n)d cases at once.") % {"n": bulk.MOST})
    return bulk.find(chosen, by=by).select_for_update(of=("self",))


def _remind(limit: Deadline, *, by: User, at: datetime) -> None:
    today, calendar = clock.day_of(at), calendars.work_calendar()
    late = today > limit.due_on
    offset = calendar.count(limit.due_on, today) if late else -calendar.count(today, limit.due_on)
    case = limit.case
    addressees = Addressees(limit)
    people = addressees.when(offset)
    if addressees.assignment is None:  # whoever asks for it need not be told
        people = [user for user in people if user.pk != by.pk] or people
    notifications.reminded(limit, people, rung=f"hand:{today}", offset=offset, opened=addressees.opened_by(people), at=at)
    facts: dict[str, events.Fact] = {"deadline": limit.pk, "step": limit.step, "due_on": limit.due_on.isoformat()}
    facts |= {"offset": offset, "recipients": [user.pk for user in people]}
    events.record(REMINDED_BY_HAND, subject=case.subject, actor=events.user_id(by), at=at, facts=facts)


def _tell(cases: list[Case], before: Mapping[int, User | None], *, to: User, by: User, at: datetime) -> None:
    """Each person hears once of all the cases that came or went."""
    mark = hashlib.sha256(",".join(f"{case.pk}.{case.version}" for case in cases).encode()).hexdigest()[:24]
    if cases and to.pk != by.pk:
        notifications.handed_on(cases, to=to, came=True, mark=mark, at=at)
    for user in {user.pk: user for user in before.values() if user and user.pk not in {to.pk, by.pk}}.values():
        theirs = [case for case in cases if before[case.pk] == user]
        notifications.handed_on(theirs, to=user, came=False, mark=mark, at=at)
