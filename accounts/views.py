"""Signing in and out, where a person lands, and the person's own page."""

from typing import Any
from unicodedata import normalize

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator

from core import clock
from core.slowdown import Brake

from .factors import reading
from .factors.entering import HALF, ask_for_code
from .forms import SignInForm
from .landing import landing_path
from .models import SignIn
from .sign_ins.entry import noted
from .sign_ins.idle import WAS_IDLE
from .sign_ins.kept import KEPT

# The lock of a name at one address (django-axes) sees neither one address that tries many names nor many addresses that try one.
# An office shares one address, so that limit is wide. Axes counts in the database: while the cache is away its lock is left.
ONE_NAME = Brake("sign-in-name", free=30, open_when_blind=True)
ONE_ADDRESS = Brake("sign-in-address", free=100, open_when_blind=True)


@method_decorator(login_not_required, name="dispatch")
class LoginView(auth_views.LoginView):
    """Sign in; who is signed in already goes on to the start page."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the county's own sign-in where there is one."""
        told = {"single_sign_on": bool(settings.OIDC_ISSUER), "was_idle": self.request.session.pop(WAS_IDLE, False)}
        told["is_kept"] = KEPT in self.request.session
        return super().get_context_data(**kwargs, **told)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check name and password, unless too many were wrong of late."""
        name = {"username": normalize("NFKC", request.POST.get("username", "")).casefold().strip()[:60]}
        address, at = {"address": request.META["REMOTE_ADDR"]}, clock.now()
        if wait := ONE_ADDRESS.admit(address, at=at) or ONE_NAME.admit(name, at=at):
            return _wait(request, wait)
        response = super().post(request, *args, **kwargs)
        if request.user.is_authenticated or HALF in request.session:
            ONE_ADDRESS.forgive(address)
            ONE_NAME.forgive(name)
        return response

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, or ask for the second factor first where there is one."""
        user = form.get_user()
        if not reading.has_any(user.pk):
            return noted(self.request, user, SignIn.How.PASSWORD, super().form_valid(form))
        return ask_for_code(self.request, user, backend=user.backend, onward=self.get_redirect_url())


def _wait(request: HttpRequest, seconds: int) -> HttpResponse:
    response = render(request, "accounts/locked_out.html", {"minutes": -(-seconds // 60)}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def landing(request: HttpRequest) -> HttpResponse:
    """Send a person to the page where the day's work is."""
    return redirect(landing_path(request.user))


def profile(request: HttpRequest) -> HttpResponse:
    """Show the person's own account."""
    return render(request, "accounts/profile.html", {"account": request.user})
