"""Signing in and out, where a person lands, and the person's own page."""

from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator

from .forms import SignInForm
from .landing import landing_path


@method_decorator(login_not_required, name="dispatch")
class LoginView(auth_views.LoginView):
    """Sign in; who is signed in already goes on to the start page."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


def landing(request: HttpRequest) -> HttpResponse:
    """Send a person to the page where the day's work is."""
    return redirect(landing_path(request.user))


def profile(request: HttpRequest) -> HttpResponse:
    """Show the person's own account."""
    return render(request, "accounts/profile.html", {"account": request.user})
