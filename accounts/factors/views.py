"""The second step of signing in, and the page on which a person keeps the own account safe."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.models import SignIn, User
from accounts.requests import SignedInRequest
from accounts.sign_ins import reading as sign_ins
from accounts.sign_ins.entry import SIGN_IN
from core import clock, qr

from . import actions, codes, entering, reading
from .forms import CodeForm, PasskeyForm
from .passkeys import actions as passkeys
from .passkeys.protocol import WrongPasskey
from .required import PROVED, must_have


@login_not_required
@never_cache
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code or a passkey, and sign in."""
    user = entering.waiting(request)
    if user is None:
        return redirect("accounts:login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if wait := entering.wait_for(user):
            return render(request, "accounts/locked_out.html", {"minutes": -(-wait // 60)}, status=429)
        if entering.is_right(request, user, form):
            how = SignIn.How.PASSKEY if form.cleaned_data["answer"] else SignIn.How.CODE
            return entering.enter(request, user, how)
    return _ask(request, user, form)


def security(request: SignedInRequest) -> HttpResponse:
    """What protects the own account."""
    user = request.user
    factor, keys = reading.confirmed(user.pk), reading.passkeys(user.pk)
    left = reading.codes_left(user) if factor or keys else 0
    shown: dict[str, Any] = {"factor": factor, "passkeys": keys, "codes_left": left, "must": must_have(user)}
    shown["sign_ins"] = list(sign_ins.of(user.pk, session_key=request.session.session_key, at=clock.now()))
    return render(request, "accounts/security.html", shown)


@never_cache
@sensitive_post_parameters()
def factor(request: SignedInRequest) -> HttpResponse:
    """Set up the authenticator: a code to scan, and its first digits."""
    if entering.must_prove(request, request.user):
        return redirect("accounts:prove")
    if reading.confirmed(request.user.pk):
        return redirect("accounts:security")
    form = CodeForm(request.POST or None, first=True)
    if request.method == "POST" and form.is_valid():
        try:
            return _kept(request, actions.confirm(request.user, form.cleaned_data["code"], at=clock.now()))
        except actions.WrongCode:
            form.refuse()
    secret = actions.begin(request.user, at=clock.now())
    picture = qr.drawing(codes.address(secret, account=request.user.username, issuer=_("Efficiency portal")))
    shown = {"picture": picture, "key": codes.shown(secret)}
    return render(request, "accounts/factor.html", {"form": form, "must": must_have(request.user)} | shown)


@never_cache
def passkey(request: SignedInRequest) -> HttpResponse:
    """Set up a passkey; the browser's script does the talking with the device."""
    if entering.must_prove(request, request.user):
        return redirect("accounts:prove")
    form = PasskeyForm(request.POST or None)
    asked = request.session.pop(entering.ASKED, None)
    if request.method == "POST" and form.is_valid():
        name, answer = form.cleaned_data["name"], form.cleaned_data["answer"]
        try:
            return _kept(request, passkeys.add(request.user, answer, name=name, state=asked, at=clock.now()))
        except WrongPasskey:
            form.refuse()
        except passkeys.TooManyPasskeys:
            form.refuse(_("You have ten passkeys. Remove one that you do not need any more."))
    options, request.session[entering.ASKED] = passkeys.invitation(request.user)
    return render(request, "accounts/passkey.html", {"form": form, "options": options})


@never_cache
@sensitive_post_parameters()
def prove(request: SignedInRequest) -> HttpResponse:
    """Ask for a code in a session that began without one, as those of single sign-on or from before do."""
    form = CodeForm(request.POST or None)
    if _proved(request, form):
        return redirect("accounts:landing")
    return _ask(request, request.user, form)


@never_cache
@sensitive_post_parameters()
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Make ten new recovery codes; a code is asked for, so that a page left open is not enough."""
    form = CodeForm(request.POST or None)
    if _proved(request, form):
        return render(request, "accounts/recovery_codes.html", {"codes": actions.new_codes(request.user, at=clock.now())})
    return _ask(request, request.user, form, purpose="codes")


@never_cache
@sensitive_post_parameters()
def forget_factor(request: SignedInRequest) -> HttpResponse:
    """Part with the authenticator, for a new phone; a code of the old one, a recovery code or a passkey is asked for."""
    form = CodeForm(request.POST or None)
    if _proved(request, form):
        actions.forget(request.user, at=clock.now())
        request.session[PROVED] = reading.has_any(request.user.pk)
        return redirect("accounts:factor")
    return _ask(request, request.user, form, purpose="phone")


@never_cache
@sensitive_post_parameters()
def forget_passkey(request: SignedInRequest, pk: int) -> HttpResponse:
    """Part with one of the own passkeys; a code or a passkey is asked for."""
    if pk not in [key.pk for key in reading.passkeys(request.user.pk)]:
        raise Http404
    form = CodeForm(request.POST or None)
    if _proved(request, form):
        passkeys.forget(request.user, pk, at=clock.now())
        request.session[PROVED] = reading.has_any(request.user.pk)
        return redirect("accounts:security")
    return _ask(request, request.user, form, purpose="passkey")


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
        session = self.request.session
        actions.password_changed(form.user, here=session.get(SIGN_IN), session_key=str(session.session_key), at=clock.now())
        messages.success(self.request, _("Password changed. You are signed out on all other devices."))
        return response


def _ask(request: HttpRequest, user: User, form: CodeForm, *, purpose: str = "") -> HttpResponse:
    shown = {"form": form, "purpose": purpose, "question": entering.question(request, user)}
    return render(request, "accounts/code.html", shown)


def _kept(request: SignedInRequest, fresh: list[str]) -> HttpResponse:
    """Show the recovery codes of a first factor; of a further one, only that it is there."""
    request.session[PROVED] = True
    if fresh:
        return render(request, "accounts/recovery_codes.html", {"codes": fresh})
    messages.success(request, _("Set up. From now on you can sign in with it too."))
    return redirect("accounts:security")


def _proved(request: SignedInRequest, form: CodeForm) -> bool:
    """Tell whether a code or passkey was sent and is right; the session knows then."""
    if request.method != "POST" or not form.is_valid():
        return False
    if entering.wait_for(request.user):
        form.add_error("code", _("Too many wrong codes. Wait a few minutes."))
        return False
    right = entering.is_right(request, request.user, form)
    if right:
        request.session[PROVED] = True
    return right
