"""Pages that belong to no room: the home page, the information pages, the health report and the measures for a monitor."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import metrics as measures
from . import pages
from .health import report


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Each part of the portal, ok or not; 503 when one is not."""
    parts = report()
    return JsonResponse(parts, status=200 if set(parts.values()) == {"ok"} else 503)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """What a monitor collects; only for who shows METRICS_TOKEN, and not there at all while none is set."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse(measures.text(), content_type=measures.CONTENT_TYPE)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the office does for a citizen, and the two ways in."""
    return render(request, "home.html", pages.limits() | pages.categories())


@login_not_required
@require_safe
def information(request: HttpRequest) -> HttpResponse:
    """The list of information pages."""
    return render(request, "pages/index.html", {"pages": pages.PAGES})


@login_not_required
@require_safe
def information_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One information page."""
    page = pages.BY_SLUG.get(slug)
    if page is None:
        raise Http404
    return render(request, page.template, {"page": page, "pages": pages.PAGES} | page.facts())


def not_an_administrator(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """Where the administration sends who may not see it: there is nothing, and no form that signs in past the second factor."""
    raise Http404


def own_password(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """From the administration to the page on which a password is changed with its event and notice."""
    return redirect("accounts:password")
