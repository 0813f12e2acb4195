"""Pages of remuneration: rules and runs for the office, statements and the account for the supervisor."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core import clock
from supervisors import actions
from supervisors.acting import METHODS, done, page
from supervisors.duties.reading import own
from supervisors.models import RemunerationRun, RemunerationStatement, Supervisor

from . import forms, permissions, reading, working
from .workflow import RunState

REFRESH = "3"  # seconds after which a page looks again how far the worker is


@never_cache
@require_safe
def runs(request: SignedInRequest) -> HttpResponse:
    """The months, the rules, and what comes next."""
    _office_only(request)
    found = reading.runs_page(request.user, request.GET.get("before", ""), clock.today())
    return render(request, "supervisors/remuneration/runs.html", found)


@never_cache
@require_http_methods(METHODS)
def rule_new(request: SignedInRequest) -> HttpResponse:
    """Note what is paid from a month on."""
    if not permissions.can_keep_rules(request.user):
        raise Http404
    form = forms.RuleForm(request.POST or None)
    if done(request, form, actions.note_rule, said=_("Noted.")):
        return redirect("supervisors:remuneration")
    lead = _("Rules are only added, so that everybody can read by which rule a month was paid. Every amount may be 0.")
    return page(request, form, _("Note a rule"), lead=lead, back=reverse("supervisors:remuneration"), button=_("Save"))


@never_cache
@require_http_methods(METHODS)
def run_start(request: SignedInRequest) -> HttpResponse:
    """Compute a month."""
    if not permissions.can_compute(request.user):
        raise Http404
    initial = {"month": reading.runs_page(request.user, "", clock.today())["next_month"]}
    form = forms.RunForm(request.POST or None, initial=initial)
    if done(request, form, actions.start_run, said=_("The month is being computed.")):
        return redirect("supervisors:remuneration_run", working.begin(form.cleaned_data["month"]))
    lead = _(
        "From terms, confirmed duties and closed inspections, as they are now. What comes late is corrected by the next run."
    )
    return page(request, form, _("Compute a month"), lead=lead, back=reverse("supervisors:remuneration"))


@never_cache
@require_safe
def run(request: SignedInRequest, pk: int) -> HttpResponse:
    """One month's run; while a worker computes it, the page looks again by itself."""
    row = _run(request, pk)
    found = reading.run_page(row, request.user, request.GET.get("before", ""))
    response = render(request, "supervisors/remuneration/run.html", found)
    if row.state == RunState.COMPUTING:
        response["Refresh"] = REFRESH
    return response


@never_cache
@require_http_methods(METHODS)
def run_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Compute a draft again."""
    row = _run(request, pk)
    form = _version_form(request, row, permissions.can_adjust(request.user, row))
    if done(request, form, actions.recompute, row, said=_("The month is being computed again.")):
        working.go_on(row)
        return redirect("supervisors:remuneration_run", pk)
    return page(request, form, _("Compute again"), lead=_("Adjustments stay as they are."), back=_to_run(row))


@never_cache
@require_http_methods(METHODS)
def run_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve a run and lock it."""
    row = _run(request, pk)
    form = _version_form(request, row, permissions.can_approve(request.user, row))
    if done(request, form, actions.approve_run, row, said=_("Approved and locked. Finance can pay it.")):
        return redirect("supervisors:remuneration_run", pk)
    return render(request, "supervisors/remuneration/approve.html", {"form": form, "run": row, "back": _to_run(row)})


@never_cache
@require_safe
def statement(request: SignedInRequest, pk: int) -> HttpResponse:
    """One statement, to read and to print; the supervisor's own once it is approved."""
    row = _statement(request, pk)
    return render(request, "supervisors/remuneration/statement.html", reading.statement_page(row, request.user))


@never_cache
@require_http_methods(METHODS)
def adjust(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add to a statement or take off it."""
    row = _statement(request, pk)
    if not permissions.can_adjust(request.user, row.run):
        raise Http404
    form = forms.AdjustForm(request.POST or None)
    if done(request, form, partial(_adjust, form), row, said=_("Adjusted.")):
        return redirect("supervisors:statement", pk)
    back = reverse("supervisors:statement", args=[pk])
    return page(request, form, _("Adjust the statement"), back=back, back_text=row.supervisor.user.full_name)


def _adjust(form: forms.AdjustForm, row: RemunerationStatement, *, by: Any, at: Any, **_said: Any) -> object:
    return actions.adjust(row, by=by, at=at, **form.arguments())


@never_cache
@require_safe
def own_pay(request: SignedInRequest) -> HttpResponse:
    """The supervisor's own statements."""
    found = reading.own_pay_page(_own(request), request.user, request.GET.get("before", ""))
    return render(request, "supervisors/remuneration/own.html", found)


@never_cache
@require_http_methods(METHODS)
def own_account(request: SignedInRequest) -> HttpResponse:
    """Say how one wants to be paid."""
    row = _own(request)
    form = forms.AccountForm(request.POST or None)
    if done(request, form, actions.give_pay_account, row, said=_("Noted. What is owed and not under way is paid so too.")):
        return redirect("supervisors:own_pay")
    lead = _(
        "The account is kept sealed. The office never sees it; finance opens it for the transfer alone, and each look is noted."
    )
    back = reverse("supervisors:own_pay")
    return page(request, form, _("How I am paid"), lead=lead, back=back, button=_("Save"), is_phone=True)


def _office_only(request: SignedInRequest) -> None:
    if not permissions.can_see(request.user):
        raise Http404


def _run(request: SignedInRequest, pk: int) -> RemunerationRun:
    return get_object_or_404(RemunerationRun.objects.visible_to(request.user).for_list(), pk=pk)


def _statement(request: SignedInRequest, pk: int) -> RemunerationStatement:
    return get_object_or_404(RemunerationStatement.objects.visible_to(request.user).for_list(), pk=pk)


def _own(request: SignedInRequest) -> Supervisor:
    row = own(request.user)
    if row is None or row.kind != Supervisor.Kind.FULL_TIME:
        raise Http404
    return row


def _version_form(request: SignedInRequest, row: RemunerationRun, allowed: bool) -> forms.VersionForm:
    """The form of an act on a run; nobody finds it who may not do the act now."""
    if not allowed:
        raise Http404
    return forms.VersionForm(request.POST or None, initial={"version": row.version})


def _to_run(row: RemunerationRun) -> str:
    return reverse("supervisors:remuneration_run", args=[row.pk])
