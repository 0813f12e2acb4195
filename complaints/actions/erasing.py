"""Erasing what names people when the retention time is over; the case and the masked copies stay readable.

Each person's matters are one transaction: rows first, then, after commit, the files that no row names any more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import transaction

from complaints import keeping, ports, retention
from complaints.models import (
    Complainant,
    Complaint,
    EarlierRating,
    Evidence,
    FilingConsent,
    Hold,
    Message,
    Rating,
    Representative,
    ReviewRequest,
    Upload,
    Withdrawal,
)
from complaints.retention import Policy
from core import clock, events, files
from core.models import StoredFile

AT_ONCE = 200
_NAMING = ("name", "organisation", "uscc", "phone", "email", "address", "id_number")
_MASKED = "**"  # stands for a masked name that is gone


@dataclass
class Erasure:
    """What came of a walk: matters erased (or due, in a dry run), held, waiting for another of the same person, locked."""

    erased: int = 0
    held: int = 0
    waiting: int = 0
    locked: int = 0

    def add(self, other: "Erasure") -> None:
        """Add the counts of another walk."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


def candidates(*, at: datetime) -> list[int]:
    """Return the complaints that ended long enough ago for the shortest policy, in the order of their ids."""
    before, found = retention.latest_end(keeping.policies(), clock.day_of(at)), list[int]()
    while before is not None:
        some = ports.ended_before(before, found[-1] if found else 0, AT_ONCE)
        found += some
        if len(some) < AT_ONCE:
            break
    return found


def erase_expired(*, at: datetime, dry_run: bool = False) -> Iterator[Erasure]:
    """Erase what is over, one person's matters at a time, and yield after each; a stopped run is simply started again."""
    policies = keeping.policies()
    for pk in candidates(at=at):
        yield _erase_matter(pk, policies, at=at, dry_run=dry_run)


@transaction.atomic
def _erase_matter(pk: int, policies: Sequence[Policy], *, at: datetime, dry_run: bool) -> Erasure:
    matters = _locked(pk)
    if matters is None:
        return Erasure(locked=1)
    ended_on = ports.ended_on([one.pk for one in matters])
    over = {one for one, day in ended_on.items() if retention.is_over(policies, day, clock.day_of(at))}
    if pk not in over or pk not in {one.pk for one in matters}:
        return Erasure()  # ended under a longer policy, opened again, or erased meanwhile
    held = set(Hold.objects.filter(complaint__in=matters, lifted_at__isnull=True).values_list("complaint_id", flat=True))
    if pk in held:
        return Erasure(held=1)
    if held or not over.issuperset(one.pk for one in matters):
        return Erasure(waiting=1)
    if dry_run:
        return Erasure(erased=1)
    for one in matters:
        _erase(one, at)
    _erase_person(matters[0].complainant_id, at)
    return Erasure(erased=len(matters))


def _locked(pk: int) -> list[Complaint] | None:
    """Lock the complaint with the others of the same person that are not erased yet; None when somebody else holds one."""
    person = Complaint.objects.filter(pk=pk).values_list("complainant_id", flat=True).first()
    together = Complaint.objects.filter(erased_at__isnull=True)
    together = together.filter(complainant_id=person) if person else together.filter(pk=pk)
    asked = list(together.order_by("pk").values_list("pk", flat=True))
    rows = Complaint.objects.filter(pk__in=asked, erased_at__isnull=True).order_by("pk")
    locked = list(rows.select_for_update(of=("self",), skip_locked=True))
    return locked if len(locked) == len(asked) else None


def _erase(complaint: Complaint, at: datetime) -> None:
    """Erase the originals of one matter: its words, what was said later, its files."""
    complaint.narrative_sealed = complaint.wish_sealed = complaint.details_sealed = None
    complaint.notify_sms = complaint.notify_email = False
    complaint.erased_at = at
    complaint.save(update_fields=["narrative_sealed", "wish_sealed", "details_sealed", "notify_sms", "notify_email", "erased_at"])
    Message.objects.filter(complaint=complaint).update(text_sealed=None)
    for model in (Withdrawal, Rating, EarlierRating, ReviewRequest):
        model._base_manager.filter(complaint=complaint).update(reason_sealed=None)
    FilingConsent.objects.filter(complaint=complaint).update(given_by_sealed=None, given_by_masked=_MASKED)
    Representative.objects.filter(complaint=complaint).update(
        name_sealed=None, phone_sealed=None, name_masked=_MASKED, phone_masked=""
    )
    Upload.objects.filter(complaint=complaint).delete()
    stored = StoredFile.objects.select_for_update().filter(pk__in=Evidence.objects.filter(complaint=complaint).values("file"))
    number = sum(files.forget(one) for one in stored.order_by("pk"))
    ports.after_erasure(complaint, at)
    events.record("complaint.erased", subject=complaint.subject, actor=events.SYSTEM, at=at, facts={"files": number})


def _erase_person(pk: UUID | None, at: datetime) -> None:
    """Erase every value of the person, masked ones and keyed hashes too; how it was verified stays."""
    if pk is None:
        return
    Complainant.objects.filter(pk=pk).update(
        **{f"{column}_sealed": None for column in _NAMING},
        name_masked=_MASKED,
        phone_masked="",
        phone_index=None,
        id_masked="",
        id_index=None,
        id_kind="",
        id_consent_at=None,
        erased_at=at,
    )
