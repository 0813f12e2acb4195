"""The verdict on a file in quarantine: clean, and it opens; infected, and it never does and those concerned are told."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from core import events
from core.models import StoredFile
from core.ports import Port

from . import clamd
from .storing import original

# Port: what follows when something was found in a file; the room that the file belongs to tells people, in the same transaction.
after_infection: Port[[StoredFile, datetime], None] = Port("core.files.after_infection")


def scan(pk: UUID, *, at: datetime) -> None:
    """Have one waiting file scanned and keep the verdict. Raises clamd.ScannerAway; the file goes on waiting then."""
    stored = StoredFile.objects.waiting().filter(pk=pk).first()
    if stored is not None and settings.CLAMD_ADDRESS:
        conclude(pk, clamd.found_in(original(stored), address=settings.CLAMD_ADDRESS), at=at)


@transaction.atomic
def conclude(pk: UUID, found: str, *, at: datetime) -> None:
    """Keep a verdict, once; `found` names what was found, or is empty."""
    # No key is changed: a filing that links the file at this moment need not wait, and nobody waits in a circle.
    stored = StoredFile.objects.waiting().select_for_update(no_key=True).filter(pk=pk).first()
    if stored is None:
        return
    stored.state = StoredFile.State.INFECTED if found else StoredFile.State.CLEAN
    stored.scanned_at = at
    stored.save(update_fields=["state", "scanned_at"])
    if found:
        events.record("file.infected", subject=f"file:{pk}", actor=events.SYSTEM, at=at, facts={"found": found[:80]})
        after_infection(stored, at)
