"""The files of a matter, for who knew its code, and previews of a draft's files, for who writes it."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from complaints import passes, reading
from complaints.reading import EvidenceFile
from core import clock, downloads
from core.models import StoredFile


@login_not_required
@never_cache
@require_safe
def evidence(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Hand out the cleaned copy of a file to who filed it."""
    file, stored = _file(request, number, pk)
    return downloads.to_be_saved(stored, file.name)


@login_not_required
@never_cache
@require_safe
def preview(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Show a small picture of a file to who filed it."""
    return downloads.small(_file(request, number, pk)[1])


@login_not_required
@never_cache
@require_safe
def draft_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a small picture of a file to who has just added it to the draft."""
    draft = passes.draft_of(request.session, at=clock.now())
    stored = reading.draft_file(draft, pk) if draft else None
    if stored is None:
        raise Http404
    return downloads.small(stored)


def _file(request: HttpRequest, number: str, pk: int) -> tuple[EvidenceFile, StoredFile]:
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    found = reading.evidence_file(complaint, pk) if complaint else None
    if found is None:
        raise Http404
    return found
