"""Pages on which a case is referred, given back and decided on, shared with agencies that help, and handed on."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from cases import actions, permissions
from cases.acting import METHODS, act_page, assignment_of, case_of, done, too_late
from cases.assignments import assignment_page
from cases.forms import VersionedForm
from cases.leading import lead_of, takes_help
from cases.models import Case
from cases.sheets import head_of
from cases.workflow import Refused
from core import clock

from . import deciding_forms, forms
from .reading import agencies_sheet, returns_of


@never_cache
@require_safe
def agencies(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show which agencies have the case, which had it, and what they gave back."""
    case = case_of(request, pk, permissions.can_see_sheet)
    context = {"head": head_of(case, "agencies"), "page": agencies_sheet(case, request.user)}
    return render(request, "cases/agencies.html", context)


@never_cache
@require_http_methods(METHODS)
def refer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Refer a case to the body in charge."""
    case = case_of(request, pk, permissions.can_refer)
    form = deciding_forms.ReferForm(request.POST or None, case=case)
    return _act(request, case, form, "refer", actions.refer, _("Referred. The complainant has been told."))


@never_cache
@require_http_methods(METHODS)
def assign_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a case that was given back to another agency."""
    case = case_of(request, pk, permissions.can_decide_return)
    lead, asked = lead_of(case), next(iter(returns_of(case)), None)
    known = {"lead_summary": lead.summary if lead else "", "proposed": asked.proposed_id if asked else None}
    form = forms.AgainForm.opened(request.POST, case=case, **known)
    return _act(request, case, form, "assign_again", actions.assign_again, _("Assigned. Both agencies have been told."))


@never_cache
@require_http_methods(METHODS)
def take_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office handles a case itself that was given back."""
    case = case_of(request, pk, permissions.can_decide_return)
    form = deciding_forms.HandlerForm(request.POST or None, case=case, by=request.user)
    return _act(request, case, form, "take_over", actions.take_over, _("Taken over. The agency has been told."))


@never_cache
@require_http_methods(METHODS)
def refuse_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave a case with the agency that gave it back."""
    case = case_of(request, pk, permissions.can_decide_return)
    form = deciding_forms.RefuseForm.opened(request.POST, case=case, lead=lead_of(case))
    return _act(request, case, form, "refuse_return", actions.refuse_return, _("Refused. The agency has been told."))


@never_cache
@require_http_methods(METHODS)
def add_co_handler(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask another agency to help the one that leads."""
    case = case_of(request, pk, permissions.can_add_co_handler)
    lead = lead_of(case)
    form = forms.CoHandlerForm.opened(request.POST, case=case, lead_summary=lead.summary if lead else "")
    if done(request, form, actions.add_co_handler, case, _("Asked. The agency has been told.")):
        return redirect("cases:agencies", pk)
    if request.method != "POST" and not takes_help(case):
        messages.warning(request, _("Other agencies help only while one has the case and has not reported."))
        return redirect("cases:agencies", pk)
    return act_page(request, "add_co_handler", case, form, lead=lead)


@require_POST
def end_co_handling(request: SignedInRequest, pk: int) -> HttpResponse:
    """End the help of an agency."""
    row = assignment_of(request, pk, lambda user, row: permissions.can_add_co_handler(user, row.case) and not row.is_lead)
    case_of(request, row.case_id, permissions.can_add_co_handler)
    try:
        actions.end_co_handling(row, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("cases:agencies", row.case_id)


@never_cache
@require_http_methods(METHODS)
def hand_on(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand a case on to another officer."""
    case = case_of(request, pk, permissions.can_hand_on)
    form = deciding_forms.HandlerForm(request.POST or None, case=case, by=request.user, argument="to")
    if done(request, form, actions.hand_on_one, case, _("Handed on. Both officers have been told.")):
        return redirect("cases:detail", pk)
    return act_page(request, "hand_on", case, form)


@never_cache
@require_http_methods(METHODS)
def give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agency gives a case back."""
    assignment = assignment_of(request, pk, permissions.can_give_back)
    form = deciding_forms.GiveBackForm(request.POST or None, assignment=assignment)
    if done(request, form, actions.give_back, assignment, _("Given back. You are told what the office decides.")):
        return redirect("cases:assignment_detail", pk)
    if too_late(request, assignment.case, "give_back"):
        return redirect("cases:assignment_detail", pk)
    context = {"form": form, "page": assignment_page(assignment, request.user)}
    return render(request, "cases/give_back.html", context)


@never_cache
@require_http_methods(METHODS)
def opinion(request: SignedInRequest, pk: int) -> HttpResponse:
    """An agency that helps gives its opinion."""
    assignment = assignment_of(request, pk, permissions.can_give_opinion)
    form = deciding_forms.OpinionForm(request.POST or None, case=assignment.case)
    if done(request, form, actions.give_opinion, assignment, _("Given. The agency that leads and the office have been told.")):
        return redirect("cases:assignment_detail", pk)
    page = assignment_page(assignment, request.user)
    if request.method != "POST" and not page.may_give_opinion:
        return redirect("cases:assignment_detail", pk)
    return render(request, "cases/opinion.html", {"form": form, "page": page})


def _act(
    request: SignedInRequest, case: Case, form: VersionedForm, move: str, action: Callable[..., object], said: str | Promise
) -> HttpResponse:
    """Show the page of a move, or make it and go back to the case."""
    if done(request, form, action, case, said) or too_late(request, case, move):
        return redirect("cases:detail", case.pk)
    return act_page(request, move, case, form, asked=next(iter(returns_of(case)), None))
