"""The second step of signing in: who waits for it, what is asked, and how it ends. Sessions and forms, no rules."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import SignIn, User
from accounts.sign_ins.entry import noted
from accounts.sign_ins.kept import KEPT
from core import clock
from core.slowdown import Brake

from . import actions, reading
from .forms import CodeForm
from .passkeys import actions as passkeys
from .passkeys.protocol import State
from .required import PROVED

HALF, HALF_LASTS = "half_signed_in", timedelta(minutes=10)
ASKED = "passkey_asked"  # in a session: the question that a passkey is to answer, once
ONE_PERSON = Brake("second-factor", free=5)


def ask_for_code(request: HttpRequest, user: User, *, backend: str, onward: str) -> HttpResponse:
    """Keep in the session who has given the right password, and ask for the code; nobody is signed in yet."""
    held = request.session.get(KEPT)
    request.session.flush()
    if held:
        request.session[KEPT] = held
    request.session[HALF] = {"user": user.pk, "backend": backend, "next": onward, "at": clock.now().isoformat()}
    return redirect("accounts:code")


def waiting(request: HttpRequest) -> User | None:
    """Return who has given the right password less than ten minutes ago."""
    half = request.session.get(HALF)
    if half is None or clock.now() - datetime.fromisoformat(half["at"]) >= HALF_LASTS:
        return None
    return reading.active(half["user"])


def enter(request: HttpRequest, user: User, how: SignIn.How) -> HttpResponse:
    """Sign in who waited, and lead to where the person wanted to go."""
    half = request.session.pop(HALF)
    login(request, user, backend=half["backend"])
    request.session[PROVED] = True
    return noted(request, user, how, redirect(onward(request, half["next"])))


def wait_for(user: User) -> int:
    """Count a try and return 0, or the seconds until the next one."""
    return ONE_PERSON.admit({"person": str(user.pk)}, at=clock.now())


def is_right(request: HttpRequest, user: User, form: CodeForm) -> bool:
    """Tell whether code or passkey is right; the form says what is not. Count the try before (`wait_for`)."""
    asked, told = request.session.pop(ASKED, None), form.cleaned_data
    try:
        if told["answer"]:
            passkeys.check(user, told["answer"], state=asked, at=clock.now())
        else:
            actions.check(user, told["code"], at=clock.now())
    except actions.WrongCode:
        form.refuse()
        return False
    ONE_PERSON.forgive({"person": str(user.pk)})
    return True


def question(request: HttpRequest, user: User) -> State | None:
    """Return what a page tells the browser when the person has passkeys; the session keeps what the answer must fit."""
    asked = passkeys.question(user)
    if asked is None:
        return None
    options, request.session[ASKED] = asked
    return options


def must_prove(request: HttpRequest, user: User) -> bool:
    """Tell whether a session that began without the second factor wants to change it."""
    return not request.session.get(PROVED) and reading.has_any(user.pk)


def onward(request: HttpRequest, wanted: Any) -> str:
    """Return where a person wanted to go, if it is on this very site; the landing page otherwise."""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return str(wanted) if safe else "accounts:landing"
