"""The office's letters to a complainant, read and saved after number and query code."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from complaints import passes, ports
from complaints.models import Complaint
from core import clock, downloads
from core.files import Opened
from core.papers import paper_of

from .following import to_the_door


@login_not_required
@never_cache
@require_safe
def paper(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Show a letter as a page to read and print."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    if complaint is None:
        return to_the_door(number)
    opened = _opened(complaint, pk)
    title = opened.name.removesuffix(".docx")
    context = {"complaint": complaint, "pk": pk, "title": title, "blocks": paper_of(opened.content)}
    return render(request, "complaints/paper.html", context)


@login_not_required
@never_cache
@require_safe
def paper_file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Hand a letter out as a Word file."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    return to_the_door(number) if complaint is None else downloads.attachment(_opened(complaint, pk))


def _opened(complaint: Complaint, pk: int) -> Opened:
    """Open a letter to who filed this complaint; any other does not exist."""
    opened = ports.paper(complaint, pk, clock.now())
    if opened is None:
        raise Http404
    return opened
