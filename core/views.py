"""The inbox and the display settings."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from . import actions, clock
from .context_processors import ELDER_COOKIE, THEME_COOKIE
from .models import DemoMessage, InboxItem
from .paging import keyset_page
from .rendering import render as render_notice

PAGE_SIZE = 30
_YEAR_SECONDS = 365 * 24 * 3600
_CHOICES = {ELDER_COOKIE: {"elder", "normal"}, THEME_COOKIE: {"dark", "light", "system"}, "language": {"zh-hans", "en"}}


@login_not_required
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep one display choice in a cookie and go back to the page it was made on."""
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(wanted if safe else "/")
    for name, values in _CHOICES.items():
        if (value := request.POST.get(name)) in values:
            cookie = settings.LANGUAGE_COOKIE_NAME if name == "language" else name
            response.set_cookie(cookie, value, max_age=_YEAR_SECONDS, httponly=True, secure=request.is_secure(), samesite="Lax")
    return response


def inbox(request: HttpRequest) -> HttpResponse:
    """List what the signed-in person was told, newest first."""
    page = keyset_page(InboxItem.objects.visible_to(request.user).for_list(), request.GET.get("before", ""), size=PAGE_SIZE)
    language = request.LANGUAGE_CODE
    entries = [(item, *render_notice(item.notice, language)) for item in page.rows]
    return render(request, "core/inbox.html", {"entries": entries, "page": page})


@require_POST
def inbox_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notice as read and go to what it is about."""
    item = get_object_or_404(InboxItem.objects.visible_to(request.user).for_list(), pk=pk)
    actions.open_item(item, at=clock.now())
    return redirect(str(item.notice.facts.get("path") or "core:inbox"))


@login_not_required
def demo_outbox(request: HttpRequest) -> HttpResponse:
    """Show what would have left the house; routed in demo mode only."""
    page = keyset_page(DemoMessage.objects.for_list(), request.GET.get("before", ""), size=PAGE_SIZE)
    return render(request, "core/demo_outbox.html", {"page": page})
