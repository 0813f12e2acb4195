"""The files of a matter, for who knew its code: the cleaned copy to keep, and the preview to look at."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from complaints import passes, reading
from complaints.reading import EvidenceFile
from core import clock, downloads, files
from core.models import StoredFile


@login_not_required
@never_cache
@require_safe
def evidence(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Hand out the cleaned copy of a file to who filed it."""
    file, stored = _file(request, number, pk)
    return downloads.attachment(files.opened(stored, name=file.name))


@login_not_required
@never_cache
@require_safe
def preview(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Show a small picture of a file to who filed it."""
    content = files.preview(_file(request, number, pk)[1])
    if content is None:
        raise Http404
    return downloads.preview(content)


def _file(request: HttpRequest, number: str, pk: int) -> tuple[EvidenceFile, StoredFile]:
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    found = reading.evidence_file(complaint, pk) if complaint else None
    if found is None:
        raise Http404
    return found
