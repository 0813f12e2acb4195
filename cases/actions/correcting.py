"""What follows on the case when its complainant corrected own data."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cases import notifications
from cases.models import Case
from complaints.filing import masked
from complaints.models import Complaint
from complaints.reading import filer_of

from .moving import lock_of

_TOLD_OF = {"name", "phone"}


@transaction.atomic
def take_correction(complaint: Complaint, columns: Sequence[str], at: datetime) -> None:
    """Mask the case's title again, and tell who deals with it when the name or number is another one.

    The answer to `complaints.ports.after_correction`.
    """
    case, filer = lock_of(complaint), filer_of(complaint)
    title = masked(case.title, filer)[: Case._meta.get_field("title").max_length]
    if title != case.title:
        case.title = title
        case.save(update_fields=["title"])
    if _TOLD_OF & set(columns):
        notifications.corrected(case, at=at)
