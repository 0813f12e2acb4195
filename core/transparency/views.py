"""The log as everybody may see it: its heads, its keys, and proofs; never an event."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import downloads
from core.models import TreeHead
from core.paging import keyset_page

from . import reading

PAGE_SIZE = 50
_LONGEST = 18  # digits of a size


@login_not_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show what the log is, the keys, and the heads, newest first."""
    page = keyset_page(TreeHead.objects.order_by("-size"), request.GET.get("before", ""), size=PAGE_SIZE)
    rows = [(head, bytes(head.root).hex()) for head in page.rows]
    return render(request, "core/transparency.html", {"rows": rows, "page": page, "keys": reading.keys()})


@login_not_required
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The page on which a browser checks a receipt's proof by itself; nothing is sent to us."""
    return render(request, "core/verify.html")


@login_not_required
@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """Return the heads as JSON, newest first, so many at once; `before` goes on."""
    page = keyset_page(TreeHead.objects.order_by("-size"), request.GET.get("before", ""), size=PAGE_SIZE)
    return _json({"heads": [reading.published(head) for head in page.rows], "keys": reading.keys()})


@login_not_required
@require_safe
def consistency(request: HttpRequest) -> HttpResponse:
    """Return the proof that the log only grew from one published head to another."""
    first, second = (_size(request.GET.get(name, "")) for name in ("first", "second"))
    try:
        return _json(reading.consistency_between(first, second))
    except reading.NoSuchHead as error:
        raise Http404 from error


@login_not_required
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """Hand out the program that checks a proof without us."""
    program = settings.BASE_DIR / "docs" / "verify_receipt.py"
    return downloads.saved(program.read_bytes(), name=program.name, media_type="text/x-python; charset=utf-8")


def _size(given: str) -> int:
    if not (given.isascii() and given.isdecimal() and len(given) <= _LONGEST):
        raise Http404
    return int(given)


def _json(said: dict[str, Any]) -> HttpResponse:
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})
