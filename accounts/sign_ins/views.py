"""Ending one of the own sessions."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import SignIn
from accounts.requests import SignedInRequest
from core import clock

from . import actions


@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End it."""
    try:
        actions.end(request.user, pk, at=clock.now())
    except SignIn.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:security")
