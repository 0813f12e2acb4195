"""Pages of the budgets."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from core import clock
from supervisors import actions, permissions
from supervisors.models import Budget
from supervisors.payouts.forms import ChangeForm, OpenForm
from supervisors.refusals import Refused

from . import reading


@require_safe
@never_cache
def budget_list(request: SignedInRequest) -> HttpResponse:
    """Show where the money of each budget stands."""
    if not permissions.can_read_budgets(request.user):
        raise Http404
    page = {"budgets": reading.overview(request.user), "may_open": permissions.can_keep_budgets(request.user)}
    return render(request, "supervisors/budget_list.html", page)


@require_safe
@never_cache
def budget_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one budget, what became of its money and every posting."""
    budget = get_object_or_404(Budget.objects.visible_to(request.user).for_list(), pk=pk)
    page = reading.budget_page(budget, request.GET.get("before", ""))
    return render(request, "supervisors/budget_detail.html", page | {"may_change": permissions.can_keep_budgets(request.user)})


@never_cache
def budget_open(request: SignedInRequest) -> HttpResponse:
    """Open a year's budget."""
    if not permissions.can_keep_budgets(request.user):
        raise Http404
    form = OpenForm(request.POST or None, initial={"year": clock.today().year})
    if form.is_valid():
        try:
            budget = actions.open_budget(**form.cleaned_data, by=request.user, at=clock.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return redirect("supervisors:budget", budget.pk)
    return render(request, "supervisors/budget_open.html", {"form": form})


@never_cache
def budget_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note a further grant or a cut."""
    budget = get_object_or_404(Budget.objects.visible_to(request.user).for_list(), pk=pk)
    if not permissions.can_keep_budgets(request.user):
        raise Http404
    form = ChangeForm(request.POST or None)
    if form.is_valid() and _changed(request, budget, form):
        messages.success(request, _("Noted in the ledger."))
        return redirect("supervisors:budget", pk)
    return render(request, "supervisors/budget_change.html", {"form": form, "budget": budget})


def _changed(request: SignedInRequest, budget: Budget, form: ChangeForm) -> bool:
    given = form.cleaned_data
    act = actions.grant if given["move"] == "grant" else actions.cut
    key, basis = f"{given['move']}:{given['token']}", _basis(given["basis"], given["dated"])
    try:
        act(budget, given["amount_fen"], key=key, basis=basis, by=request.user, at=clock.now())
    except Refused as refusal:
        form.add_error("amount_fen", str(refusal))
        return False
    return True


def _basis(document: str, dated: date) -> str:
    return f"{document}（{dated:%Y-%m-%d}）"
