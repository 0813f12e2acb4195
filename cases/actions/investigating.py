"""Investigation records: written by anybody of the office, signed by each investigator, complete once all have signed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import permissions
from cases.inquiry import telling
from cases.inquiry.rules import enough_people
from cases.models import Case, InvestigationRecord, RecordEvidence, Signature
from cases.workflow import Refused
from core import events, files
from core.files import Examined

from .moving import ask, lock
from .naming import check_unnamed
from .noting import sees

_MOST_EVIDENCE = 50


class NotTwoPeople(Refused):
    """Nobody investigates alone, and nobody who is recused."""

    field = "investigators"


class RecordRefused(Refused):
    """Times that cannot be, or a record that it cannot correct."""

    field = "ended_at"


class RecordMoved(Refused):
    """The record was changed after the page was opened, or is complete."""


@dataclass(frozen=True)
class Account:
    """What a record says: what was done, from when to when, where, with whom (role and post), and what came of it."""

    kind: str
    began_at: datetime
    ended_at: datetime
    place: str
    interviewed: str
    text: str


@transaction.atomic
def record_investigation(
    case: Case,
    *,
    by: User,
    account: Account,
    investigators: Collection[User],
    replaces: InvestigationRecord | None = None,
    at: datetime,
) -> InvestigationRecord:
    """Record what at least two people did. `replaces` is a complete record that it corrects.

    Raises NotTwoPeople, RecordRefused, NamesFiler.
    """
    case = lock(case, by=by)
    ask(permissions.can_record(by, case))
    _check(case, account, investigators, at=at)
    if replaces and (replaces.case_id != case.pk or replaces.completed_at is None):
        raise RecordRefused(_("Only a complete record of this case is corrected by a new one; change the other one itself."))
    lead, second = list(investigators)[:2]
    row = InvestigationRecord.objects.create(
        case=case, lead=lead, second=second, replaces=replaces, recorded_at=at, recorded_by=by, **vars(account)
    )
    _ask_signatures(row, investigators, by=by, at=at)
    _note("case.record_written", row, by=by, at=at)
    return row


@transaction.atomic
def change_record(
    record: InvestigationRecord, *, by: User, seen: int, account: Account, investigators: Collection[User], at: datetime
) -> InvestigationRecord:
    """Change a record that is not complete; whoever had signed the old words signs again. Raises also RecordMoved."""
    row = _lock(record, by=by, seen=seen)
    _check(row.case, account, investigators, at=at)
    for name, value in vars(account).items():
        setattr(row, name, value)
    row.lead, row.second = list(investigators)[:2]
    row.version += 1
    row.save()
    _ask_signatures(row, investigators, by=by, at=at)
    _note("case.record_changed", row, by=by, at=at)
    return row


@transaction.atomic
def add_evidence(
    record: InvestigationRecord, *, by: User, what: str, from_whom: str, file: Examined | None = None, at: datetime
) -> RecordEvidence:
    """Add a numbered item to a record that is not complete; whoever had signed signs again. Raises RecordMoved, NamesFiler."""
    row = _lock(record, by=by)
    check_unnamed(row.case, what=what, from_whom=from_whom)
    last = row.evidence.order_by("number").last()
    number = last.number + 1 if last else 1
    if number > _MOST_EVIDENCE:
        raise RecordMoved(_("A record takes %(n)d items. Write another record for the rest.") % {"n": _MOST_EVIDENCE})
    stored = files.store(file, at=at) if file else None
    item = RecordEvidence.objects.create(
        record=row, number=number, what=what, from_whom=from_whom, file=stored, added_at=at, added_by=by
    )
    row.version += 1
    row.save(update_fields=["version"])
    people = [one.investigator for one in row.signatures.select_related("investigator").order_by("pk")]
    _ask_signatures(row, people, by=by, at=at)
    return item


@transaction.atomic
def sign_record(record: InvestigationRecord, *, by: User, seen: int, at: datetime) -> InvestigationRecord:
    """Confirm a record by a click of one's own; with the last signature it is complete and nothing of it changes any more.

    `seen` is the version of the record that the person has read. Raises RecordMoved.
    """
    row = _lock(record, by=by, seen=seen, may=permissions.can_sign)
    mine = row.signatures.get(investigator=by)
    mine.signed_at = at
    mine.save(update_fields=["signed_at"])
    _note("case.record_signed", row, by=by, at=at)
    if not row.signatures.filter(signed_at__isnull=True).exists():
        row.completed_at = at
        row.save(update_fields=["completed_at"])
        _note("case.record_completed", row, by=by, at=at)
    return row


def _lock(
    record: InvestigationRecord, *, by: User, seen: int | None = None, may: object = permissions.can_change_record
) -> InvestigationRecord:
    """Lock the case first, then the record, and look at it again."""
    case = lock(record.case, by=by)
    row = InvestigationRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    row.case = case
    if row.completed_at is not None:
        raise RecordMoved(_("The record is complete. A new one that names it corrects it."))
    if seen is not None and row.version != seen:
        raise RecordMoved(_("Somebody changed the record meanwhile, so nothing was saved. Read it again."))
    ask(callable(may) and may(by, row))
    return row


def _check(case: Case, account: Account, investigators: Collection[User], *, at: datetime) -> None:
    if not enough_people([user.pk for user in investigators]):
        raise NotTwoPeople(_("At least two people investigate together."))
    for user in investigators:
        if not sees(user, case):
            raise NotTwoPeople(_("%(name)s may not deal with it.") % {"name": user.full_name})
    if account.ended_at < account.began_at:
        raise RecordRefused(_("The end lies before the beginning."))
    if account.ended_at > at:
        raise RecordRefused(_("The end must not be in the future."))
    check_unnamed(case, place=account.place, interviewed=account.interviewed, text=account.text)


def _ask_signatures(row: InvestigationRecord, investigators: Collection[User], *, by: User, at: datetime) -> None:
    """Ask everybody anew: what was signed before were other words."""
    row.signatures.all().delete()
    Signature.objects.bulk_create([Signature(record=row, investigator=user) for user in dict.fromkeys(investigators)])
    telling.record_to_sign(row, investigators, by=by, at=at)


def _note(what: str, row: InvestigationRecord, *, by: User, at: datetime) -> None:
    facts: dict[str, events.Fact] = {"record": row.pk, "record_kind": row.kind}
    events.record(what, subject=row.case.subject, actor=events.user_id(by), at=at, facts=facts)
