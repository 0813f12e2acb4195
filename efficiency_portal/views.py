"""Pages that belong to no room: the home page and the health report."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .health import report


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Each part of the portal, ok or not; 503 when one is not."""
    parts = report()
    return JsonResponse(parts, status=200 if set(parts.values()) == {"ok"} else 503)


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page."""
    return render(request, "home.html")
