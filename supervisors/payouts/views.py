"""Pages on which finance pays: batches for the bank, the bank's answers, cash. Codes and amounts only, never whose."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from core import clock
from supervisors import actions, permissions
from supervisors.acting import METHODS, done
from supervisors.budgets.reading import chosen
from supervisors.models import BankResult, Batch, Payable, Payment
from supervisors.refusals import Refused
from supervisors.workflow import BatchState, PaymentState

from . import bankfile, by_hand, forms, leaving, reading, sheets, working

REFRESH = "3"  # seconds after which a page looks again how far the worker is


@require_safe
@never_cache
def payouts(request: SignedInRequest) -> HttpResponse:
    """Show what waits to be paid, and the batches."""
    _finance(request)
    return _desk(request, forms.ChosenForm())


def _desk(request: SignedInRequest, form: Form) -> HttpResponse:
    budgets, budget = chosen(request.user, request.GET.get("budget", ""), clock.today())
    page = {"form": form, "budgets": budgets, "budget": budget}
    return render(request, "supervisors/payouts.html", page | reading.desk(request.user, budget, request.GET.get("before", "")))


@require_safe
@never_cache
def amounts(request: SignedInRequest, look: str) -> HttpResponse:
    """Show all amounts of one of the desk's lists."""
    _finance(request)
    budgets, budget = chosen(request.user, request.GET.get("budget", ""), clock.today())
    if budget is None or look not in reading.LOOKS:
        raise Http404
    page = {"budgets": budgets, "budget": budget} | reading.amounts_page(
        request.user, budget, look, request.GET.get("before", "")
    )
    return render(request, "supervisors/amounts.html", page)


@require_POST
@never_cache
def batch_create(request: SignedInRequest) -> HttpResponse:
    """Put what is ticked, or all that is ready, into a batch."""
    _finance(request)
    _budgets, budget = chosen(request.user, request.GET.get("budget", ""), clock.today())
    form = forms.ChosenForm(request.POST)
    if form.is_valid() and budget is not None:
        wanted = None if form.cleaned_data["everything"] else form.cleaned_data["chosen"]
        try:
            batch = actions.create_batch(budget, wanted, by=request.user, at=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("supervisors:batch", batch.pk)
    return _desk(request, form)


@require_safe
@never_cache
def batch_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one batch; while a worker books it, look again by itself."""
    batch = _batch(request, pk)
    page = {"batch": batch} | reading.batch_page(batch, request.GET.get("before", ""))
    response = render(request, "supervisors/batch_detail.html", page)
    if batch.state == BatchState.SENDING:
        response["Refresh"] = REFRESH
    return response


@never_cache
def batch_send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that the batch goes to the bank."""
    batch = _batch(request, pk)
    form = forms.ConfirmForm(request.POST if request.method == "POST" else None)
    if done(request, form, actions.send_batch, batch, said=_("Sent. Now the file for the bank can be made.")):
        working.book(batch)
        return redirect("supervisors:batch", pk)
    return render(request, "supervisors/batch_send.html", {"form": form, "batch": batch})


@never_cache
def batch_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give up a draft."""
    batch = _batch(request, pk)
    form = forms.ConfirmForm(request.POST if request.method == "POST" else None)
    if done(request, form, actions.drop_batch, batch, said=_("Dropped. The amounts can go into another batch.")):
        return redirect("supervisors:payouts")
    return render(request, "supervisors/batch_drop.html", {"form": form, "batch": batch})


@never_cache
def batch_recall(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back a batch whose file was never made."""
    batch = _batch(request, pk)
    form = forms.ReasonForm(request.POST or None)
    if done(request, form, actions.recall_batch, batch, said=_("Taken back. The amounts are owed again.")):
        return redirect("supervisors:batch", pk)
    return render(request, "supervisors/batch_recall.html", {"form": form, "batch": batch})


@require_POST
@never_cache
def batch_file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Hand out the file for the bank; every account in it is opened now and noted."""
    batch = _batch(request, pk)
    if batch.state not in {BatchState.SENT, BatchState.SETTLED}:
        raise Http404
    kind = "csv" if request.POST.get("format") == "csv" else "xlsx"
    pieces = leaving.pieces(batch, kind=kind, by=request.user)
    headers = {"Content-Disposition": f'attachment; filename="batch-{batch.number}.{kind}"', "Cache-Control": "no-store"}
    media_type = bankfile.CSV if kind == "csv" else bankfile.XLSX
    return StreamingHttpResponse(pieces, content_type=media_type, headers=headers)


@never_cache
def batch_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take in what the bank answers; nothing is booked before its report was seen."""
    batch = _batch(request, pk)
    form = forms.AnswerForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        content = form.cleaned_data["file"].read(sheets.MOST_BYTES + 1)
        try:
            result = actions.add_result(batch, content, by=request.user, at=clock.now())
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            working.read(result, len(content))
            return redirect("supervisors:result", result.pk)
    return render(request, "supervisors/batch_answer.html", {"form": form, "batch": batch})


@never_cache
@require_http_methods(METHODS)
def outcome(request: SignedInRequest, pk: int) -> HttpResponse:
    """Type in what the bank says of one payment; it goes the way of a file, and is booked after the same look."""
    payment = _payment(request, pk)
    assert payment.batch  # noqa: S101 it was sent in one
    form = forms.OutcomeForm(request.POST or None)
    if form.is_valid():
        said = {"arrived": form.cleaned_data["outcome"] == "arrived", "reason": form.cleaned_data["reason"]}
        try:
            content = by_hand.one_line(payment, amount_fen=form.cleaned_data["amount_fen"], by=request.user, **said)
            result = actions.add_result(payment.batch, content, by=request.user, at=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            working.read(result, len(content))
            return redirect("supervisors:result", result.pk)
    return render(request, "supervisors/payment_outcome.html", {"form": form, "payment": payment, "batch": payment.batch})


@require_safe
@never_cache
def result_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what a file of the bank would book, or has booked."""
    result = _result(request, pk)
    page = {"result": result, "batch": result.batch, "faults": reading.faults(result)}
    response = render(request, "supervisors/result_detail.html", page)
    if result.state in {BankResult.State.WAITING, BankResult.State.APPLYING}:
        response["Refresh"] = REFRESH
    return response


@require_POST
@never_cache
def result_apply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Book the good lines."""
    result = _result(request, pk)
    if _tried(request, actions.apply_result, result):
        working.apply(result)
    return redirect("supervisors:result", pk)


@require_POST
@never_cache
def result_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a file aside."""
    _tried(request, actions.discard_result, _result(request, pk))
    return redirect("supervisors:result", pk)


@require_safe
@never_cache
def voucher(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a voucher for printing and signing."""
    return render(request, "supervisors/voucher.html", {"payable": _payable(request, pk)})


@never_cache
def cash_pay(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that cash was handed out."""
    payable = _payable(request, pk)
    form = forms.CashForm(request.POST or None, request.FILES or None)
    if done(request, form, actions.pay_cash, payable, said=_("Noted as paid.")):
        return redirect("supervisors:payouts")
    return render(request, "supervisors/cash_pay.html", {"form": form, "payable": payable})


def _finance(request: SignedInRequest) -> None:
    if not permissions.can_pay(request.user):
        raise Http404


def _batch(request: SignedInRequest, pk: int) -> Batch:
    return get_object_or_404(Batch.objects.visible_to(request.user).for_list(), pk=pk)


def _result(request: SignedInRequest, pk: int) -> BankResult:
    return get_object_or_404(reading.results_of(request.user), pk=pk)


def _payment(request: SignedInRequest, pk: int) -> Payment:
    """One that is on its way: what came back or arrived has its answer already."""
    sent = Payment.objects.filter(batch__in=Batch.objects.visible_to(request.user), state=PaymentState.SENT)
    if not permissions.can_pay(request.user):
        raise Http404
    return get_object_or_404(sent.select_related("payable", "batch"), pk=pk)


def _payable(request: SignedInRequest, pk: int) -> Payable:
    return get_object_or_404(Payable.objects.visible_to(request.user).for_list(), pk=pk)


def _tried(request: SignedInRequest, action: Callable[..., Any], row: object) -> bool:
    try:
        action(row, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True
