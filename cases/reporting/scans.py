"""The stamped scan of a report: when it is required, and how a page names and shows it."""

from dataclasses import dataclass

from django.conf import settings

from accounts.models import User
from cases.models import Assignment, Case, HeldScan, Report
from cases.workflow import BY_AGENCY
from core import files
from core.models import StoredFile

KINDS = {"application/pdf", "image/jpeg", "image/png"}
ENDINGS = ".pdf,.jpg,.jpeg,.png"


@dataclass(frozen=True)
class Scan:
    """One stamped scan as a page shows it."""

    name: str
    size: int
    is_picture: bool
    is_viewable: bool
    is_locked: bool
    standing: str
    has_preview: bool


def is_required(case: Case) -> bool:
    """Whether the report must carry a stamped scan: an agency's report must, unless the office has switched it off."""
    return settings.REPORT_SCAN_REQUIRED and case.mode in BY_AGENCY


def scan_of(report: Report) -> Scan | None:
    """Return the scan of a report that comes with it, or None."""
    return shown(report.scan) if report.scan else None


def held_for(assignment: Assignment, user: User) -> HeldScan | None:
    """Return what this person sent with a report that was not whole yet."""
    return HeldScan.objects.select_related("file").filter(assignment=assignment, held_by=user).first()


def shown(file: StoredFile) -> Scan:
    """Describe a stored file."""
    return Scan(
        name=files.name_of(file),
        size=file.size,
        is_picture=file.media_type.startswith("image/"),
        is_viewable=file.is_viewable,
        is_locked=file.state == StoredFile.State.INFECTED,
        standing=str(StoredFile.State(file.state).label),
        has_preview=bool(file.preview) and file.is_viewable,
    )
