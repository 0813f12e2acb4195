"""The list of agencies and one agency with its posts."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.requests import SignedInRequest

from . import posts
from .models import Agency


def agency_list(request: SignedInRequest) -> HttpResponse:
    """List the agencies that the person may see, in the order of the tree, with who stands for each."""
    agencies = Agency.objects.visible_to(request.user).for_list()
    return render(request, "agencies/agency_list.html", {"rows": posts.rows_of(agencies)})


def agency_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one agency, its posts now and before, and its sections."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user).for_list(), pk=pk)
    return render(request, "agencies/agency_detail.html", {"page": posts.page_of(agency)})
