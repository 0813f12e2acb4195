"""The page of a supervisor's year: for the office, and the own one."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from core import clock
from supervisors import permissions
from supervisors.duties.reading import own
from supervisors.models import Supervisor

from . import reading


@never_cache
@require_safe
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """A supervisor's year, for the office."""
    if not permissions.is_office(request.user):
        raise Http404
    return _page(request, get_object_or_404(Supervisor.objects.visible_to(request.user).for_list(), pk=pk))


@never_cache
@require_safe
def own_report(request: SignedInRequest) -> HttpResponse:
    """The own year."""
    row = own(request.user)
    if row is None:
        raise Http404
    return _page(request, row)


def _page(request: SignedInRequest, row: Supervisor) -> HttpResponse:
    today = clock.today()
    years = reading.years_of(row, today)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in years else today.year
    found = reading.year_of(row, year, today)
    page = {"row": row, "found": found, "years": years, "is_own": row.user_id == request.user.pk}
    return render(request, "supervisors/report.html", page)
