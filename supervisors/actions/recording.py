"""A record from an inspection is taken exactly once, however often a phone that heard no answer sends it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from core import events, files
from core.files import Examined
from supervisors.inspecting import permissions
from supervisors.models import ChecklistPoint, FieldRecord, Inspection, RecordPicture
from supervisors.refusals import Refused

from .lodging import lodge_if_open


class NotYourRecord(Refused):
    """Only who goes along records, and only until it is over or called off."""


class KeyTaken(Refused):
    """Another record came under this key: nothing is thrown away unsaid."""


class NotOfThisInspection(Refused):
    """The agency, or the earlier record, has nothing to do with this inspection."""

    field = "agency"


@dataclass(frozen=True)
class Seen:
    """What somebody saw. `behaviours` include those of the points; without any problem category and severity are empty."""

    agency: Agency
    place: str
    seen_at: datetime
    state: str
    words: str = ""
    category: int = 0
    behaviours: tuple[str, ...] = ()
    severity: str = ""
    points: tuple[ChecklistPoint, ...] = ()
    to_case: bool = False
    earlier: FieldRecord | None = None
    position: tuple[Decimal, Decimal] | None = None


@transaction.atomic
def record_seen(
    inspection: Inspection, seen: Seen, *, key: uuid.UUID, pictures: Sequence[Examined] = (), by: User, at: datetime
) -> FieldRecord:
    """Keep a record with its pictures and what follows, once per key; the same again returns the first.

    Raises NotYourRecord, KeyTaken, NotOfThisInspection.
    """
    locked = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    if known := FieldRecord.objects.filter(key=key).first():
        return _same(known, locked, seen, by)
    if not permissions.can_send_late(by, locked):
        raise NotYourRecord(_("You cannot record anything for this inspection."))
    _check(locked, seen)
    row, is_new = FieldRecord.objects.get_or_create(key=key, defaults=_columns(locked, seen, by, at))
    if not is_new:
        return _same(row, locked, seen, by)
    row.points.set(seen.points)
    for picture in pictures:
        RecordPicture.objects.create(record=row, file=files.store(picture, at=at))
    if seen.earlier:
        _close_loop(seen.earlier, row)
    facts: dict[str, events.Fact] = {"record": row.pk, "state": row.state}
    events.record("inspection.recorded", subject=locked.subject, actor=events.user_id(by), at=at, facts=facts)
    lodge_if_open(row, at=at)
    return row


def _columns(inspection: Inspection, seen: Seen, by: User, at: datetime) -> dict[str, object]:
    clean = seen.state == FieldRecord.State.CLEAN
    latitude, longitude = seen.position or (None, None)
    return {
        "inspection": inspection,
        "agency": seen.agency,
        "place": seen.place,
        "seen_at": min(seen.seen_at, at),
        "recorded_at": at,
        "recorded_by": by,
        "state": seen.state,
        "words": seen.words,
        "category": 0 if clean else seen.category,
        "behaviours": [] if clean else sorted(set(seen.behaviours)),
        "severity": "" if clean else seen.severity,
        "latitude": latitude,
        "longitude": longitude,
        "earlier": seen.earlier,
        "to_case": seen.to_case and not clean,
    }


def _check(inspection: Inspection, seen: Seen) -> None:
    if not inspection.agencies.filter(pk=seen.agency.pk).exists():
        raise NotOfThisInspection(_("This agency is not on the plan."))
    if seen.earlier and seen.earlier.agency_id != seen.agency.pk:
        raise NotOfThisInspection(_("The earlier record is about another agency."))


def _same(row: FieldRecord, inspection: Inspection, seen: Seen, by: User) -> FieldRecord:
    """Return the record that came before if it is this very one."""
    told = (row.inspection_id, row.recorded_by_id, row.agency_id, row.place, row.words)
    if told != (inspection.pk, by.pk, seen.agency.pk, seen.place, seen.words):
        raise KeyTaken(_("Something else was kept from this form already. Open a new form and enter it there."))
    return row


def _close_loop(earlier: FieldRecord, row: FieldRecord) -> None:
    """What was to be put right was found in order, or is still there; a later look never undoes an earlier one."""
    found = FieldRecord.State.RESOLVED if row.state == FieldRecord.State.CLEAN else FieldRecord.State.PERSISTS
    FieldRecord.objects.filter(pk=earlier.pk, state=FieldRecord.State.OPEN).update(state=found)
