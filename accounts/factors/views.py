"""The second step of signing in, and the page on which a person keeps the own account safe."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from core import clock, qr
from core.slowdown import Brake

from . import actions, codes, reading
from .forms import CodeForm
from .required import PROVED, must_have

HALF, HALF_LASTS = "half_signed_in", timedelta(minutes=10)
ONE_PERSON = Brake("second-factor", free=5)


def ask_for_code(request: HttpRequest, user: User, *, backend: str, onward: str) -> HttpResponse:
    """Keep in the session who has given the right password, and ask for the code; nobody is signed in yet."""
    request.session.flush()
    request.session[HALF] = {"user": user.pk, "backend": backend, "next": onward, "at": clock.now().isoformat()}
    return redirect("accounts:code")


@login_not_required
@never_cache
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code and sign in."""
    half = request.session.get(HALF)
    user = reading.active(half["user"]) if half and _is_fresh(half) else None
    if half is None or user is None:
        return redirect("accounts:login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if wait := ONE_PERSON.admit({"person": str(user.pk)}, at=clock.now()):
            return render(request, "accounts/locked_out.html", {"minutes": -(-wait // 60)}, status=429)
        try:
            actions.check(user, form.cleaned_data["code"], at=clock.now())
        except actions.WrongCode:
            form.refuse()
        else:
            ONE_PERSON.forgive({"person": str(user.pk)})
            del request.session[HALF]
            login(request, user, backend=half["backend"])
            request.session[PROVED] = True
            return redirect(_onward(request, half["next"]))
    return render(request, "accounts/code.html", {"form": form})


def security(request: SignedInRequest) -> HttpResponse:
    """What protects the own account."""
    factor = reading.confirmed(request.user.pk)
    left = reading.codes_left(request.user) if factor else 0
    return render(request, "accounts/security.html", {"factor": factor, "codes_left": left, "must": must_have(request.user)})


@never_cache
@sensitive_post_parameters()
def factor(request: SignedInRequest) -> HttpResponse:
    """Set up the authenticator: a code to scan, and its first digits."""
    if reading.confirmed(request.user.pk):
        return redirect("accounts:security" if request.session.get(PROVED) else "accounts:prove")
    form = CodeForm(request.POST or None, first=True)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = actions.confirm(request.user, form.cleaned_data["code"], at=clock.now())
        except actions.WrongCode:
            form.refuse()
        else:
            request.session[PROVED] = True
            return render(request, "accounts/recovery_codes.html", {"codes": fresh})
    secret = actions.begin(request.user, at=clock.now())
    picture = qr.drawing(codes.address(secret, account=request.user.username, issuer=_("Efficiency portal")))
    shown = {"picture": picture, "key": codes.shown(secret)}
    return render(request, "accounts/factor.html", {"form": form, "must": must_have(request.user)} | shown)


@never_cache
@sensitive_post_parameters()
def prove(request: SignedInRequest) -> HttpResponse:
    """Ask for a code in a session that began without one, as those of single sign-on or from before do."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _proved(request, form):
        return redirect("accounts:landing")
    return render(request, "accounts/code.html", {"form": form})


@never_cache
@sensitive_post_parameters()
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Make ten new recovery codes; a code is asked for, so that a page left open is not enough."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _proved(request, form):
        return render(request, "accounts/recovery_codes.html", {"codes": actions.new_codes(request.user, at=clock.now())})
    return render(request, "accounts/code.html", {"form": form, "for_codes": True})


@require_POST
def sign_out_everywhere(request: SignedInRequest) -> HttpResponse:
    """End every session, this one too."""
    actions.sign_out_everywhere(request.user, at=clock.now())
    messages.success(request, _("Signed out everywhere."))
    return redirect("accounts:login")


class PasswordView(auth_views.PasswordChangeView):
    """Change the own password; sessions elsewhere end."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("accounts:security")
    form_class = PasswordChangeForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Note it, tell the person, and stay signed in here."""
        response = super().form_valid(form)
        update_session_auth_hash(self.request, form.user)
        actions.password_changed(form.user, at=clock.now())
        messages.success(self.request, _("Password changed. You are signed out on all other devices."))
        return response


def _proved(request: SignedInRequest, form: CodeForm) -> bool:
    if ONE_PERSON.admit({"person": str(request.user.pk)}, at=clock.now()):
        form.refuse()
        return False
    try:
        actions.check(request.user, form.cleaned_data["code"], at=clock.now())
    except actions.WrongCode:
        form.refuse()
        return False
    ONE_PERSON.forgive({"person": str(request.user.pk)})
    request.session[PROVED] = True
    return True


def _is_fresh(half: dict[str, Any]) -> bool:
    return clock.now() - datetime.fromisoformat(half["at"]) < HALF_LASTS


def _onward(request: HttpRequest, wanted: str) -> str:
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "accounts:landing"
