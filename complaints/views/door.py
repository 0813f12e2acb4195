"""At the door: the sum that a browser solves, the waits of who brings none, the suggestions while an agency's name is typed."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from complaints import suggestions
from core import clock, proof
from core.doors import Door

from .waiting import minutes_of

# Nobody may lose a complaint because a server beside the database is down; a draft costs little and is deleted by itself.
DRAFTS = Door("draft", open_when_blind=True)
# A message costs money and rings a phone: without counting, none goes out.
CODES = Door("code")


@login_not_required
@never_cache
@require_safe
def challenge(request: HttpRequest) -> JsonResponse:
    """Hand out a sum to solve; nothing is stored for it."""
    return JsonResponse(proof.new_challenge(at=clock.now()).as_facts())


@login_not_required
@cache_control(private=True, max_age=300)
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Suggest agencies for what was typed so far."""
    return JsonResponse({"agencies": suggestions.agencies(request.GET.get("q", ""))})


def wait_at(door: Door, request: HttpRequest, *, at: datetime) -> int:
    """Return 0 when this request may pass, or the seconds to wait."""
    return door.admit(request.POST.get("proof", ""), address=request.META["REMOTE_ADDR"], at=at)


def told_to_wait(seconds: int, hotline: str) -> str:
    """Say that no code goes out yet."""
    minutes = minutes_of(seconds)
    wait = ngettext("Wait %(n)d minute", "Wait %(n)d minutes", minutes) % {"n": minutes}
    return gettext(
        "We can send no code just now. %(wait)s, then press “Send another code”, or call %(hotline)s. Your draft is kept"
    ) % {"wait": wait, "hotline": hotline}
