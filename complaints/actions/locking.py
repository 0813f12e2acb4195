"""What follows when the scanner finds something: a draft's writer is sent back to it, evidence is locked and people are told."""

from datetime import datetime

from django.db import transaction

from complaints import notifications, ports
from complaints.models import Draft, Evidence
from core import events
from core.models import StoredFile


@transaction.atomic
def lock_infected(stored: StoredFile, at: datetime) -> None:
    """Answer `core.files.scanning.after_infection`, in its transaction."""
    draft = Draft.objects.select_for_update(of=("self",)).filter(files__file=stored).first()
    if draft is not None and draft.complaint_id is None:
        draft.version += 1  # what was checked has changed: it cannot be submitted without another look
        draft.save(update_fields=["version"])
        return
    evidence = Evidence.objects.select_related("complaint__complainant").filter(file=stored).first()
    if evidence is None:
        return
    facts: dict[str, events.Fact] = {"evidence": evidence.pk}
    events.record("complaint.evidence_locked", subject=evidence.complaint.subject, actor=events.SYSTEM, at=at, facts=facts)
    notifications.evidence_locked(evidence, at=at)
    ports.after_locking(evidence, at)
