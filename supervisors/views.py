"""The roster."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock

from .models import Supervisor


def supervisor_list(request: HttpRequest) -> HttpResponse:
    """List the supervisors that the person may see, and tell whose term covers today."""
    supervisors = Supervisor.objects.visible_to(request.user).for_list()
    return render(request, "supervisors/supervisor_list.html", {"supervisors": supervisors, "today": clock.today()})
