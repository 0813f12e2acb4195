"""The roster."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import SignedInRequest
from core import clock

from .models import Supervisor


def supervisor_list(request: SignedInRequest) -> HttpResponse:
    """List the supervisors that the person may see, and tell whose term covers today."""
    supervisors = Supervisor.objects.visible_to(request.user).for_list()
    return render(request, "supervisors/supervisor_list.html", {"supervisors": supervisors, "today": clock.today()})
