"""Ending one of the own sessions; and what was on its way when one ended by itself."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import SignIn
from accounts.requests import SignedInRequest
from core import clock

from . import actions, kept


@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End it."""
    try:
        actions.end(request.user, pk, at=clock.now())
    except SignIn.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:security")


@never_cache
@require_safe
def kept_form(request: SignedInRequest) -> HttpResponse:
    """Show what somebody was sending when the session ended, and let it be sent."""
    found = kept.of(request.session, request.user, at=clock.now())
    if found is None:
        return redirect("accounts:landing")
    return render(request, "accounts/kept.html", {"kept": found})
