"""The letters that a complainant finds on the tracking page, and an agency on the page of its assignment."""

from collections.abc import Sequence

from django.utils.translation import override

from cases.models import Assignment, Letter
from complaints.models import Complaint
from complaints.ports import Paper
from core import clock


def papers_of(complaint: Complaint) -> Sequence[Paper]:
    """Return what was issued to who filed a complaint (the answer to `complaints.ports.papers`)."""
    return [_paper(letter, complaint) for letter in Letter.objects.sent_to(complaint)]


def papers_with(assignment: Assignment) -> list[Paper]:
    """Return what was issued to the agency of an assignment; one query."""
    return [_paper(letter, None) for letter in Letter.objects.sent_with(assignment)]


def may_go_out(letter: Letter, complaint: Complaint | None) -> bool:
    """Tell whether an issued letter may still be handed out: never a name that somebody has denied having filed under since."""
    denied = complaint.denied_at if complaint else None
    is_stale = denied is not None and letter.issued_at is not None and letter.issued_at <= denied
    return letter.file is not None and letter.file.is_viewable and not is_stale


def file_name(letter: Letter) -> str:
    """Return the name under which a letter is saved, in Chinese as the letter is: kind and number, nothing of what it says."""
    with override("zh-hans"):
        return f"{letter.get_kind_display()} {letter.number or letter.pk}.docx"


def _paper(letter: Letter, complaint: Complaint | None) -> Paper:
    assert letter.issued_at  # noqa: S101 asked for
    is_ready = may_go_out(letter, complaint)
    return Paper(letter.pk, str(letter.get_kind_display()), letter.number, clock.day_of(letter.issued_at), is_ready)
