"""To the provider and back. Whoever has a second factor here is asked for it here."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.factors import entering, reading
from accounts.models import SignIn
from accounts.sign_ins.entry import noted
from core import clock

from . import actions, provider

WANTED = "sso_next"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Lead to the provider."""
    if not settings.OIDC_ISSUER:
        raise Http404
    request.session[WANTED] = request.GET.get("next", "")[:500]
    try:
        return provider.begin(request)
    except provider.NoAnswer:
        return _refuse(request, _("The county's sign-in does not answer. Sign in with name and password, or try again later."))


@login_not_required
@never_cache
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Recognise who comes back, and sign in."""
    if not settings.OIDC_ISSUER:
        raise Http404
    try:
        user = actions.recognise(provider.identity(request), at=clock.now())
    except provider.NoAnswer:
        return _refuse(request, _("The county's sign-in was not completed. Try again, or sign in with name and password."))
    except actions.NotKnown:
        return _refuse(request, _("No account here belongs to this sign-in. Ask the system administrator."))
    onward = request.session.pop(WANTED, "")
    if reading.has_any(user.pk):
        return entering.ask_for_code(request, user, backend=BACKEND, onward=onward)
    login(request, user, backend=BACKEND)
    return noted(request, user, SignIn.How.SSO, redirect(entering.onward(request, onward)))


def _refuse(request: HttpRequest, words: str) -> HttpResponse:
    messages.error(request, words)
    return redirect("accounts:login")
