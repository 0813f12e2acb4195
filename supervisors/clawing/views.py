"""Pages of the claw-backs: finance asks, a leader decides, finance notes that the money came."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from core import clock
from supervisors import actions, permissions
from supervisors.models import ClawBack
from supervisors.payouts import reading
from supervisors.payouts.forms import DecisionForm, ReasonForm
from supervisors.refusals import Refused


@require_safe
@never_cache
def claw_back_list(request: SignedInRequest) -> HttpResponse:
    """Show what is asked back; finance finds a paid amount by its voucher."""
    if not permissions.can_see_claw_backs(request.user):
        raise Http404
    asked = request.GET.get("voucher", "")
    page = {"rows": reading.claw_backs(request.user), "voucher": asked, "may_ask": permissions.can_pay(request.user)}
    return render(request, "supervisors/claw_back_list.html", page | {"found": reading.paid(request.user, asked)})


@never_cache
def claw_back_ask(request: SignedInRequest) -> HttpResponse:
    """Ask a leader to have a paid amount back."""
    payable = reading.paid(request.user, request.GET.get("voucher", ""))
    if payable is None or not permissions.can_pay(request.user):
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            actions.ask_claw_back(payable, **form.cleaned_data, by=request.user, at=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked. An office leader decides."))
            return redirect("supervisors:claw_backs")
    return render(request, "supervisors/claw_back_ask.html", {"form": form, "payable": payable})


@never_cache
def claw_back_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """A leader decides."""
    row = get_object_or_404(ClawBack.objects.visible_to(request.user).for_list(), pk=pk)
    if not permissions.can_decide_claw_back(request.user, row):
        raise Http404
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        try:
            actions.decide_claw_back(row, approve=form.cleaned_data["decision"] == "yes", by=request.user, at=clock.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("supervisors:claw_backs")
    return render(request, "supervisors/claw_back_decide.html", {"form": form, "row": row})


@require_POST
@never_cache
def claw_back_returned(request: SignedInRequest, pk: int) -> HttpResponse:
    """Finance notes that the money is back."""
    row = get_object_or_404(ClawBack.objects.visible_to(request.user).for_list(), pk=pk)
    if not permissions.can_pay(request.user):
        raise Http404
    try:
        actions.note_return(row, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted in the ledger."))
    return redirect("supervisors:claw_backs")
