"""Pages on which more time is asked for and decided, and on which the clock of a case is stopped and started."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from cases import actions, permissions
from cases.acting import METHODS, act_page, assignment_of, case_of, done
from cases.assignments import assignment_page
from cases.models import Extension
from core import clock

from .forms import AskForm, DecideForm, ResumeForm, SuspendForm
from .reading import finish_limit, new_due_on


@never_cache
@require_http_methods(METHODS)
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agency asks for more time."""
    assignment = assignment_of(request, pk, permissions.can_ask_extension)
    limit = finish_limit(assignment.case)
    form = AskForm(request.POST or None, case=assignment.case, policy=limit.policy if limit else None)
    if done(request, form, actions.ask_extension, assignment, _("Asked. You are told what the office decides.")):
        return redirect("cases:assignment_detail", pk)
    page = assignment_page(assignment, request.user)
    return render(request, "cases/ask_extension.html", {"form": form, "page": page, "limit": limit})


@never_cache
@require_http_methods(METHODS)
def ask_own(request: SignedInRequest, pk: int) -> HttpResponse:
    """The handler asks for more time."""
    case = case_of(request, pk, permissions.can_ask_own_extension)
    limit = finish_limit(case)
    form = AskForm(request.POST or None, case=case, policy=limit.policy if limit else None)
    if done(request, form, actions.ask_own_extension, case, _("Asked. An office leader decides.")):
        return redirect("cases:detail", pk)
    return act_page(request, "ask_own_extension", case, form, limit=limit)


@never_cache
@require_http_methods(METHODS)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """An office leader gives more time or refuses it; a request that needs no decision any more leads to its case."""
    row = get_object_or_404(Extension.objects.visible_to(request.user).for_detail(), pk=pk)
    if not permissions.can_decide_extension(request.user, row):
        raise Http404
    form = DecideForm(request.POST or None, case=row.deadline.case)
    if done(request, form, actions.decide_extension, row, _("Decided. Everyone concerned has been told.")) or row.decision:
        return redirect("cases:detail", row.deadline.case_id)
    return act_page(request, "decide_extension", row.deadline.case, form, row=row, new_due_on=new_due_on(row))


@never_cache
@require_http_methods(METHODS)
def suspend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop the clock."""
    case = case_of(request, pk, permissions.can_suspend)
    form = SuspendForm(request.POST or None, case=case, today=clock.today())
    if done(request, form, actions.suspend, case, _("The clock stands still. Everyone concerned has been told.")):
        return redirect("cases:detail", pk)
    return act_page(request, "suspend", case, form)


@never_cache
@require_http_methods(METHODS)
def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the clock run on."""
    case = case_of(request, pk, permissions.can_suspend)
    form = ResumeForm(request.POST or None, case=case, today=clock.today())
    if done(request, form, actions.resume, case, _("The clock runs again. Everyone concerned has been told.")):
        return redirect("cases:detail", pk)
    return act_page(request, "resume", case, form)
