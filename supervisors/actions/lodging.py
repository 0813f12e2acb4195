"""What inspections found goes to the desk as reports, where it is decided on like anything else that is lodged."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from complaints.actions import lodge
from complaints.filing import Filing
from complaints.models import Channel, Kind
from core import clock, events
from supervisors.inspecting import permissions
from supervisors.models import FieldRecord, Inspection, Supervisor, Tip
from supervisors.refusals import Refused

_CHANNELS = {Inspection.Manner.OPEN: Channel.OPEN_INSPECTION, Inspection.Manner.COVERT: Channel.COVERT_VISIT}


class NotForTheDesk(Refused):
    """It is no fault, was put right, or is a case already."""


@transaction.atomic
def make_case(record: FieldRecord, *, by: User, at: datetime) -> FieldRecord:
    """Give a record to the desk, once. Raises NotForTheDesk."""
    row = FieldRecord.objects.select_for_update(of=("self",)).select_related("inspection", "agency").get(pk=record.pk)
    if not permissions.can_make_case(by, row):
        raise NotForTheDesk(_("This cannot become a case any more."))
    row.to_case = True
    _lodge(row, at=at, by=by)
    return row


@transaction.atomic
def make_tip(record: FieldRecord, *, by: User, at: datetime) -> Tip:
    """A supervisor gives what he or she recorded as an own tip, once. Raises NotForTheDesk."""
    row = FieldRecord.objects.select_for_update(of=("self",)).select_related("inspection", "agency").get(pk=record.pk)
    supervisor = Supervisor.objects.serving(clock.day_of(at)).filter(user=by).first()
    if supervisor is None or not permissions.can_make_tip(by, row):
        raise NotForTheDesk(_("This cannot become a tip any more."))
    row.to_case = True
    row.complaint = lodge(replace(_filing(row), kind=Kind.TIP, channel=Channel.SUPERVISOR), at=at, actor=events.SYSTEM)
    row.save(update_fields=["to_case", "complaint"])
    events.record("tip.given", subject=row.complaint.subject, actor=events.SYSTEM, at=at)
    return Tip.objects.create(key=row.key, supervisor=supervisor, complaint=row.complaint, given_at=at)


def lodge_waiting(inspection: Inspection, *, at: datetime) -> None:
    """Give to the desk what was recorded for it; while a covert visit goes on that would tell of the visit."""
    rows = inspection.records.select_related("agency", "recorded_by").filter(to_case=True, complaint__isnull=True)
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        row.inspection = inspection
        _lodge(row, at=at, by=row.recorded_by)


def lodge_if_open(record: FieldRecord, *, at: datetime) -> None:
    """Give a new record to the desk at once if it asks for it and nothing hidden would be told."""
    inspection = record.inspection
    hidden = inspection.manner == Inspection.Manner.COVERT and inspection.state != Inspection.State.DONE
    if record.to_case and not hidden:
        _lodge(record, at=at, by=record.recorded_by)


def _lodge(row: FieldRecord, *, at: datetime, by: User) -> None:
    row.complaint = lodge(_filing(row), at=at, actor=events.SYSTEM)
    row.save(update_fields=["to_case", "complaint"])
    facts: dict[str, events.Fact] = {"record": row.pk, "complaint": row.complaint.pk}
    events.record("inspection.lodged", subject=row.inspection.subject, actor=events.user_id(by), at=at, facts=facts)


def _filing(row: FieldRecord) -> Filing:
    return Filing(
        narrative=row.words,
        kind=Kind.REPORT,
        channel=_CHANNELS[Inspection.Manner(row.inspection.manner)],
        agency=row.agency,
        category=row.category,
        behaviours=tuple(row.behaviours),
        happened_on=clock.day_of(row.seen_at),
        place=row.place,
        files=tuple(picture.file for picture in row.pictures.select_related("file").order_by("pk")),
    )
