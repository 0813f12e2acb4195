"""The list of agencies and one agency with its posts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from .models import Agency, Post


def agency_list(request: HttpRequest) -> HttpResponse:
    """List the agencies that the person may see, in the order of the tree."""
    return render(request, "agencies/agency_list.html", {"agencies": Agency.objects.visible_to(request.user).for_list()})


def agency_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one agency, its posts and its sections."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user).for_list(), pk=pk)
    posts = Post.objects.filter(agency=agency).for_list()
    return render(request, "agencies/agency_detail.html", {"agency": agency, "posts": posts, "sections": agency.sections.for_list()})
