"""A new query code for somebody who lost the old one and has confirmed the number."""

from datetime import datetime

from django.db import transaction

from complaints import notifications
from complaints.models import Complaint
from core import events


@transaction.atomic
def renew_code(complaint: Complaint, *, seen: int, at: datetime) -> Complaint:
    """Make a new query code: the old one, old printouts and sessions opened with it stop working.

    `seen` is the version of the code that the page spoke of; a second click finds another one and makes nothing.
    """
    complaint = Complaint.objects.select_for_update(of=("self",), no_key=True).select_related("complainant").get(pk=complaint.pk)
    if complaint.code_version == seen:
        complaint.code_version += 1
        complaint.save(update_fields=["code_version"])
        events.record("complaint.code_renewed", subject=complaint.subject, actor=events.CITIZEN, at=at)
        notifications.code_renewed(complaint, at=at)
    return complaint
