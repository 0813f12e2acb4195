"""What the pages of the inquiry sheet share: finding the case, doing what a form asks, the frame of a page with one act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from accounts.requests import SignedInRequest
from cases import actions, reading
from cases.acting import note_checked
from cases.models import Case
from cases.workflow import Refused
from core import clock
from core.refusals import say_beside_field


@dataclass(frozen=True)
class Act:
    """The words of a page that does one thing; `anchor`: the section of the sheet to which it leads back."""

    title: str | Promise
    button: str | Promise
    anchor: str
    lead: str | Promise = ""


def found_case(request: SignedInRequest, pk: int, may: Callable[..., bool]) -> Case:
    """Find a case that the person may see and act on; to everybody else it does not exist."""
    case = get_object_or_404(Case.objects.visible_to(request.user).for_list(), pk=pk)
    if not may(request.user, case):
        raise Http404
    return case


def to_sheet(case: Case, anchor: str) -> HttpResponseRedirect:
    """Lead back to a section of the sheet."""
    return redirect(f"{reverse('cases:inquiry', args=[case.pk])}#{anchor}")


def act_page(request: SignedInRequest, case: Case, form: forms.Form, act: Act, **more: Any) -> HttpResponse:
    """Show the page of one act: the form at the left, the matter at the right."""
    note_checked(request, case, form)
    context = {"form": form, "case": case, "act": act, "matters": reading.matters_of(case, request.user)}
    return render(request, "cases/inquiry_act.html", context | more)


def done(
    request: SignedInRequest, form: Any, action: Callable[..., object], row: Any, said: str | Promise, case: Case | None = None
) -> bool:
    """Do what a valid form asks; what is refused is said beside the field, and what was typed stays."""
    if not form.is_valid():
        return False
    try:
        action(row, by=request.user, at=clock.now(), **form.arguments())
    except Refused as refusal:
        say_beside_field(form, refusal)
        if isinstance(refusal, actions.NamesFiler):
            actions.note_words_checked(case or row, refusal.columns, by=request.user, at=clock.now())
        return False
    messages.success(request, str(said))
    return True


def tried(request: SignedInRequest, action: Callable[..., object], row: Any, said: str | Promise, **given: Any) -> None:
    """Do what one click asks and say what came of it; there is no form on which a refusal could stand."""
    try:
        action(row, by=request.user, at=clock.now(), **given)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    except PermissionDenied:
        raise Http404 from None
    else:
        messages.success(request, str(said))
