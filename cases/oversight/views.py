"""Pages of supervision: the sheet of a case, the lists and the board of the office, and a page for each act."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from accounts.roles import AGENCY
from cases import actions, permissions
from cases.acting import METHODS, act_page, case_of, done
from cases.models import Card, SupervisionOrder
from cases.sheets import head_of
from core import clock

from . import forms, lists, reading
from .notices import sheet_path


@never_cache
@require_safe
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what was done to make the agency of a case act."""
    case = case_of(request, pk, permissions.can_see_queue_of)
    page = reading.sheet_page(case, request.user)
    return render(request, "cases/oversight.html", {"case": case, "head": head_of(case, "oversight"), "page": page})


@require_safe
def cards(request: SignedInRequest) -> HttpResponse:
    """List cards or orders by how they stand."""
    if not permissions.can_see_board(request.user):
        raise Http404
    return render(request, "cases/cards.html", {"page": lists.list_page(request.user, request.GET.dict())})


@require_safe
def board(request: SignedInRequest) -> HttpResponse:
    """Show which agencies are late, and what was done about it."""
    if not permissions.can_see_board(request.user):
        raise Http404
    return render(request, "cases/oversight_board.html", {"board": lists.board(request.user)})


@require_safe
def own_cards(request: SignedInRequest) -> HttpResponse:
    """List the cards of the person's agencies."""
    if not request.user.has_role(*AGENCY):
        raise Http404
    return render(request, "cases/own_cards.html", {"own": lists.own_cards(request.user, request.GET.get("before", ""))})


@never_cache
@require_http_methods(METHODS)
def new_card(request: SignedInRequest, pk: int) -> HttpResponse:
    """Issue a card that nobody has suggested; an officer proposes it."""
    case = case_of(request, pk, permissions.can_propose_card)
    issues = permissions.can_issue_card(request.user, case)
    form = forms.CardForm.opened(request.POST, case=case, assignment=reading.assignment_with(case, case.agency_id))
    action = actions.issue_new_card if issues else actions.propose_card
    said = _("Issued. The agency has been told.") if issues else _("Proposed. The office leaders have been told.")
    if done(request, form, action, case, said):
        return redirect(sheet_path(case))
    return act_page(request, "new_card", case, form, issues=issues, record=lists.record_of(case.agency_id, request.user))


@never_cache
@require_http_methods(METHODS)
def issue(request: SignedInRequest, pk: int) -> HttpResponse:
    """A leader issues a suggested card."""
    card = _card(request, pk, lambda user, row: permissions.can_issue_card(user, row.case))
    form = _form(forms.ReasonForm, request, card, suggested=reading.suggested_reason(card, clock.today()))
    if done(request, form, actions.issue_card, card, _("Issued. The agency has been told.")) or _over(request, card, "may_issue"):
        return redirect(f"{sheet_path(card.case)}#card-{pk}")
    more = {"line": reading.card_line(card, request.user), "record": lists.record_of(card.agency_id, request.user)}
    return act_page(request, "issue_card", card.case, form, **more)


@never_cache
@require_http_methods(METHODS)
def dismiss(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say why a suggestion is not followed."""
    card = _card(request, pk, permissions.can_dismiss_card)
    form = forms.PlainReasonForm(request.POST or None, hint=_("The office alone reads this. It stays with the case."))
    if done(request, form, actions.dismiss_card, card, _("Noted. No card is issued.")) or _over(request, card, "may_dismiss"):
        return redirect(f"{sheet_path(card.case)}#card-{pk}")
    return act_page(request, "dismiss_card", card.case, form, line=reading.card_line(card, request.user))


@never_cache
@require_http_methods(METHODS)
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Withdraw a card."""
    card = _card(request, pk, lambda user, row: permissions.can_issue_card(user, row.case))
    form = _form(forms.ReasonForm, request, card)
    said = _("Withdrawn. The agency has been told.")
    if done(request, form, actions.withdraw_card, card, said) or _over(request, card, "may_withdraw"):
        return redirect(f"{sheet_path(card.case)}#card-{pk}")
    return act_page(request, "withdraw_card", card.case, form, line=reading.card_line(card, request.user))


@never_cache
@require_http_methods(METHODS)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another leader decides on the appeal."""
    card = _card(request, pk, permissions.can_decide_appeal)
    form = _form(forms.DecideAppealForm, request, card)
    said = _("Decided. The agency has been told.")
    if done(request, form, actions.decide_appeal, card, said) or _over(request, card, "may_decide"):
        return redirect(f"{sheet_path(card.case)}#card-{pk}")
    return act_page(request, "decide_appeal", card.case, form, line=reading.card_line(card, request.user))


@never_cache
@require_http_methods(METHODS)
def appeal(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agency appeals."""
    card = _card(request, pk, permissions.can_appeal_card)
    assignment = reading.assignment_for(card.case, card.agency_id, request.user)
    form = forms.PlainReasonForm(request.POST or None, hint=_("Say what the office has overlooked. Another leader decides."))
    is_done = done(request, form, actions.appeal_card, card, _("Appealed. You are told what the office decides."))
    if is_done or not (reading.is_appealable(card) or form.is_bound):
        return redirect("cases:assignment_detail", assignment.pk)
    line = reading.card_line(card, request.user)
    return render(request, "cases/appeal_card.html", {"form": form, "line": line, "assignment": assignment})


@never_cache
@require_http_methods(METHODS)
def chase(request: SignedInRequest, pk: int) -> HttpResponse:
    """Urge the agency."""
    case = case_of(request, pk, permissions.can_chase)
    assignment = reading.assignment_with(case, case.agency_id)
    form = forms.ChaserForm.opened(request.POST, case=case, assignment=assignment, suggested=reading.suggested_chaser(case))
    if done(request, form, actions.send_chaser, case, _("Sent. The agency has been told.")):
        return redirect(f"{sheet_path(case)}#chasers")
    return act_page(request, "chase", case, form, limit=reading.limit_of_chaser(case))


@never_cache
@require_http_methods(METHODS)
def give_order(request: SignedInRequest, pk: int) -> HttpResponse:
    """Order the agency to do something."""
    case = case_of(request, pk, permissions.can_order)
    form = forms.OrderForm.opened(request.POST, case=case, assignment=reading.assignment_with(case, case.agency_id))
    if done(request, form, actions.give_order, case, _("Ordered. The agency has been told, and its limit runs.")):
        return redirect(f"{sheet_path(case)}#orders")
    return act_page(request, "give_order", case, form, due_on=reading.order_due_on(case))


@never_cache
@require_http_methods(METHODS)
def answer_order(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agency answers an order."""
    order = _order(request, pk, permissions.can_answer_order)
    assignment = reading.assignment_for(order.case, order.agency_id, request.user)
    form = forms.AnswerForm(request.POST or None)
    is_done = done(request, form, actions.answer_order, order, _("Answered. The office says whether the order is carried out."))
    line = reading.order_line(order, request.user)
    if is_done or not (line.may_answer or form.is_bound):
        return redirect("cases:assignment_detail", assignment.pk)
    return render(request, "cases/answer_order.html", {"form": form, "line": line, "assignment": assignment})


@never_cache
@require_http_methods(METHODS)
def decide_order(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say whether an order was carried out."""
    order = _order(request, pk, permissions.can_decide_order)
    form = _form(forms.DecideAnswerForm, request, order)
    back = form.is_valid() and form.sends_back
    action = actions.send_answer_back if back else actions.accept_answer
    said = _("Sent back. The agency has been told.") if back else _("The order is carried out. The agency has been told.")
    line = reading.order_line(order, request.user)
    if done(request, form, action, order, said) or not (line.may_decide or form.is_bound):
        return redirect(f"{sheet_path(order.case)}#order-{pk}")
    return act_page(request, "decide_order", order.case, form, line=line)


@never_cache
@require_http_methods(METHODS)
def cancel_order(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an order back."""
    order = _order(request, pk, permissions.can_cancel_order)
    form = _form(forms.ReasonForm, request, order)
    line = reading.order_line(order, request.user)
    is_done = done(request, form, actions.cancel_order, order, _("Cancelled. The agency has been told."))
    if is_done or not (line.may_cancel or form.is_bound):
        return redirect(f"{sheet_path(order.case)}#order-{pk}")
    return act_page(request, "cancel_order", order.case, form, line=line)


def _card(request: SignedInRequest, pk: int, may: Callable[..., bool]) -> Card:
    """Find a card that the person may see and act on."""
    card = get_object_or_404(Card.objects.visible_to(request.user).for_list(), pk=pk)
    if not may(request.user, card):
        raise Http404
    return card


def _order(request: SignedInRequest, pk: int, may: Callable[..., bool]) -> SupervisionOrder:
    """Find an order that the person may see and act on."""
    order = get_object_or_404(SupervisionOrder.objects.visible_to(request.user).for_list(), pk=pk)
    if not may(request.user, order):
        raise Http404
    return order


def _form(
    kind: type[forms.AnyToAgency], request: SignedInRequest, row: Card | SupervisionOrder, **more: Any
) -> forms.AnyToAgency:
    """Open a form whose text goes to the agency of a card or an order."""
    assignment = reading.assignment_with(row.case, row.agency_id)
    return kind.opened(request.POST, case=row.case, assignment=assignment, **more)


def _over(request: SignedInRequest, card: Card, may: str) -> bool:
    """Tell whether the page is opened for something that the card does not wait for any more, and say so."""
    if request.method == "POST" or getattr(reading.card_line(card, request.user), may):
        return False
    messages.warning(request, _("Nothing is to be decided here any more: see how the card stands now."))
    return True
