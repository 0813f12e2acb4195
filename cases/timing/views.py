"""Pages on which more time is asked for and decided, and on which the clock of a case is stopped and started."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from cases import actions, permissions, reading
from cases.assignments import assignment_page
from cases.forms import VersionedForm
from cases.models import Assignment, Case, Extension
from cases.workflow import Refused
from core import clock

from .forms import AskForm, DecideForm, ResumeForm, SuspendForm
from .reading import finish_limit, new_due_on

_METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(_METHODS)
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agency asks for more time."""
    assignment = get_object_or_404(Assignment.objects.visible_to(request.user).for_detail(), pk=pk)
    if not permissions.can_ask_extension(request.user, assignment):
        raise Http404
    limit = finish_limit(assignment.case)
    form = AskForm(request.POST or None, case=assignment.case, policy=limit.policy if limit else None)
    if _done(request, form, actions.ask_extension, assignment, _("Asked. You are told what the office decides.")):
        return redirect("cases:assignment_detail", pk)
    page = assignment_page(assignment, request.user)
    return render(request, "cases/ask_extension.html", {"form": form, "page": page, "limit": limit})


@never_cache
@require_http_methods(_METHODS)
def ask_own(request: SignedInRequest, pk: int) -> HttpResponse:
    """The handler asks for more time."""
    case = _case(request, pk, permissions.can_ask_own_extension)
    limit = finish_limit(case)
    form = AskForm(request.POST or None, case=case, policy=limit.policy if limit else None)
    if _done(request, form, actions.ask_own_extension, case, _("Asked. An office leader decides.")):
        return redirect("cases:detail", pk)
    return _page(request, "ask_own_extension", case, form, limit=limit)


@never_cache
@require_http_methods(_METHODS)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """An office leader gives more time or refuses it; a request that needs no decision any more leads to its case."""
    row = get_object_or_404(Extension.objects.visible_to(request.user).for_detail(), pk=pk)
    if not permissions.can_decide_extension(request.user, row):
        raise Http404
    form = DecideForm(request.POST or None, case=row.deadline.case)
    if _done(request, form, actions.decide_extension, row, _("Decided. Everyone concerned has been told.")) or row.decision:
        return redirect("cases:detail", row.deadline.case_id)
    return _page(request, "decide_extension", row.deadline.case, form, row=row, new_due_on=new_due_on(row))


@never_cache
@require_http_methods(_METHODS)
def suspend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop the clock."""
    case = _case(request, pk, permissions.can_suspend)
    form = SuspendForm(request.POST or None, case=case, today=clock.today())
    if _done(request, form, actions.suspend, case, _("The clock stands still. Everyone concerned has been told.")):
        return redirect("cases:detail", pk)
    return _page(request, "suspend", case, form)


@never_cache
@require_http_methods(_METHODS)
def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the clock run on."""
    case = _case(request, pk, permissions.can_suspend)
    form = ResumeForm(request.POST or None, case=case, today=clock.today())
    if _done(request, form, actions.resume, case, _("The clock runs again. Everyone concerned has been told.")):
        return redirect("cases:detail", pk)
    return _page(request, "resume", case, form)


def _case(request: SignedInRequest, pk: int, may: Callable[..., bool]) -> Case:
    """Find a case that the person may see and act on; to everybody else it does not exist."""
    case = get_object_or_404(Case.objects.visible_to(request.user).for_detail(), pk=pk)
    if not may(request.user, case):
        raise Http404
    return case


def _page(request: SignedInRequest, name: str, case: Case, form: VersionedForm, **more: Any) -> HttpResponse:
    context = {"form": form, "case": case, "matters": reading.matters_of(case, request.user)}
    return render(request, f"cases/{name}.html", context | more)


def _done(request: SignedInRequest, form: VersionedForm, action: Callable[..., object], row: object, said: str | Promise) -> bool:
    """Do what a valid form asks; what is refused is said beside the field, and what was typed stays."""
    if not form.is_valid():
        return False
    try:
        action(row, by=request.user, at=clock.now(), **form.arguments())
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, str(said))
    return True
