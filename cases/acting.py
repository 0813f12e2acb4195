"""What the page of an act on a case does: find the row, do what the form asks, say what came of it, show the page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise

from accounts.models import User
from accounts.requests import SignedInRequest
from core import clock
from core.refusals import say_beside_field

from . import actions, reading
from .checked_words import CheckedWords
from .models import Assignment, Case
from .workflow import Refused, allows, check

METHODS = ["GET", "HEAD", "POST"]


def case_of(request: SignedInRequest, pk: int, may: Callable[[User, Case], bool] | None = None) -> Case:
    """Find a case that the person may see and, if asked, act on; to everybody else it does not exist."""
    case = get_object_or_404(Case.objects.visible_to(request.user).for_detail(), pk=pk)
    if may is not None and not may(request.user, case):
        raise Http404
    return case


def assignment_of(request: SignedInRequest, pk: int, may: Callable[[User, Assignment], bool] | None = None) -> Assignment:
    """Find an assignment that the person may see and, if asked, act on."""
    assignment = get_object_or_404(Assignment.objects.visible_to(request.user).for_detail(), pk=pk)
    if may is not None and not may(request.user, assignment):
        raise Http404
    return assignment


def done(request: SignedInRequest, form: Any, action: Callable[..., object], row: object, said: str | Promise) -> bool:
    """Do what a valid form asks; what is refused is said beside the field, and what was typed stays."""
    if not form.is_valid():
        return False
    try:
        action(row, by=request.user, at=clock.now(), **form.arguments())
    except Refused as refusal:
        say_beside_field(form, refusal)
        return False
    messages.success(request, str(said))
    return True


def too_late(request: SignedInRequest, case: Case, move: str) -> bool:
    """Say so when the page is opened for a move that the case's state does not have."""
    if request.method == "POST" or allows(move, case.status):
        return False
    try:
        check(move, case.status)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return True


def note_checked(request: SignedInRequest, case: Case, form: object) -> None:
    """Note what a check of words found in a text that an agency is to read."""
    if isinstance(form, CheckedWords) and form.checked and form.checked.columns:
        actions.note_words_checked(case, form.checked.columns, by=request.user, at=clock.now())


def act_page(request: SignedInRequest, name: str, case: Case, form: object, **more: Any) -> HttpResponse:
    """Show the page of an act, the matter beside it."""
    note_checked(request, case, form)
    context = {"form": form, "case": case, "matters": reading.matters_of(case, request.user)}
    return render(request, f"cases/{name}.html", context | more)
