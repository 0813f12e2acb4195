"""The page with what was sent to the person's agencies."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from cases import permissions

from .reading import work_list


@never_cache
@require_safe
def assignment_list(request: SignedInRequest) -> HttpResponse:
    """Show what waits for the person's agencies, or the view or search asked for."""
    if not permissions.can_see_assignments(request.user):
        raise Http404
    page = work_list(request.user, request.GET)
    return render(request, "cases/assignment_list.html", {"page": page})
