"""The frame of a page that does one thing: show the form, do what it asks, say so; what is refused is said beside its field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from accounts.requests import SignedInRequest
from core import clock
from core.refusals import say_beside_field

from .refusals import Refused

METHODS = ["GET", "HEAD", "POST"]


def done(
    request: SignedInRequest, form: forms.Form, action: Callable[..., object], row: object = None, *, said: str | Promise
) -> bool:
    """Do what a valid form asks; what was typed stays when it is refused."""
    if not form.is_valid():
        return False
    before = () if row is None else (row,)
    try:
        action(*before, by=request.user, at=clock.now(), **form.cleaned_data)
    except Refused as refusal:
        say_beside_field(form, refusal)
        return False
    messages.success(request, str(said))
    return True


def tried(request: SignedInRequest, action: Callable[..., object], row: object, *, said: str | Promise) -> None:
    """Do something that a single button asks for, and say what came of it."""
    try:
        action(row, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(said))


def page(request: HttpRequest, form: forms.Form, title: str | Promise, *, back: str, **more: Any) -> HttpResponse:
    """Show the form; `lead`, `button`, `back_text`, `facts` and `is_phone` may say more."""
    context = {"form": form, "title": title, "back": back, "button": title} | more
    return render(request, "supervisors/act.html", context)
