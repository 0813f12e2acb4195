"""The list of agencies and one agency with its posts."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.requests import SignedInRequest

from . import posts
from .models import Agency, Post


def agency_list(request: SignedInRequest) -> HttpResponse:
    """List the agencies that the person may see, in the order of the tree, with who stands for each."""
    agencies = Agency.objects.visible_to(request.user).for_list()
    rows = posts.rows(agencies, Post.objects.of_agencies(agencies).current().for_list())
    return render(request, "agencies/agency_list.html", {"rows": rows})


def agency_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one agency, its posts now and before, and its sections."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user).for_list(), pk=pk)
    history = Post.objects.filter(agency=agency).for_list()
    row = posts.rows([agency], [post for post in history if post.until is None])[0]
    former = [post for post in history if post.until is not None]
    return render(request, "agencies/agency_detail.html", {"row": row, "former": former, "sections": agency.sections.for_list()})
