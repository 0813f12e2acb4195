"""The page on which an agency and the office see how the agency stands."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from agencies.models import Agency
from cases import permissions
from cases.querysets import within

from .reading import agency_page


@never_cache
@require_safe
def agency(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one agency to the office and to its own people."""
    if not permissions.can_see_agency_page(request.user):
        raise Http404
    found = get_object_or_404(within(Agency.objects.all(), request.user).select_related("parent"), pk=pk)
    return render(request, "cases/agency.html", {"page": agency_page(found, request.user)})
