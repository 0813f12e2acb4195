"""Pages on which dispositions are proposed and decided, and rectification is demanded, answered and judged."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from cases import actions, permissions
from cases.acting import METHODS, assignment_of
from cases.assignments import assignment_page
from cases.inquiry.pages import Act, act_page, done, found_case, to_sheet
from cases.models import Case, Disposition, Rectification
from core import downloads

from . import forms, reading

_PROPOSE = Act(
    gettext_lazy("Propose a disposition"),
    gettext_lazy("Propose it to the leaders"),
    "dispositions",
    gettext_lazy("An office leader decides; until then the agency learns nothing."),
)
_DECIDE = Act(gettext_lazy("Decide on a disposition"), gettext_lazy("Decide"), "dispositions")
_DEMAND = Act(
    gettext_lazy("Demand that it is put right"),
    gettext_lazy("Demand it of the agency"),
    "rectification",
    gettext_lazy(
        "The limit runs from today, also when the case closes. The complainant reads that it was demanded, and no more."
    ),
)
_JUDGE = Act(gettext_lazy("Is it put right?"), gettext_lazy("Decide"), "rectification")


@never_cache
@require_http_methods(METHODS)
def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Propose a disposition."""
    case = found_case(request, pk, permissions.can_propose_disposition)
    form = forms.ProposeForm.opened(request.POST, clauses=reading.clauses_today(), **_agencies(case))
    if done(request, form, actions.propose_disposition, case, _("Proposed. The office leaders have been told.")):
        return to_sheet(case, "dispositions")
    return act_page(request, case, form, _PROPOSE, missing=not form.clauses)


@never_cache
@require_http_methods(METHODS)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """An office leader decides; what needs no decision any more leads to its case."""
    row = get_object_or_404(Disposition.objects.visible_to(request.user).for_list(), pk=pk)
    if not permissions.can_decide_disposition(request.user, row):
        raise Http404
    form = forms.DecideForm(request.POST or None)
    said = _("Decided. Everyone concerned has been told.")
    if done(request, form, actions.decide_disposition, row, said, row.case) or row.decision:
        return to_sheet(row.case, "dispositions")
    return act_page(request, row.case, form, _DECIDE, disposition=row)


@never_cache
@require_http_methods(METHODS)
def demand(request: SignedInRequest, pk: int) -> HttpResponse:
    """Demand that an agency puts right what was found."""
    case = found_case(request, pk, permissions.can_demand_rectification)
    form = forms.DemandForm.opened(request.POST, **_agencies(case))
    if done(request, form, actions.demand_rectification, case, _("Demanded. The agency has been told, and the limit runs.")):
        return to_sheet(case, "rectification")
    return act_page(request, case, form, _DEMAND)


@never_cache
@require_http_methods(METHODS)
def judge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept the agency's answer or send it back; where none waits the page leads to the case."""
    row = get_object_or_404(Rectification.objects.visible_to(request.user).for_list(), pk=pk)
    if not permissions.can_judge_rectification(request.user, row):
        raise Http404
    form = forms.JudgeForm.opened(request.POST, case=row.case, assignment=row.assignment)
    line = reading.line_of(row)
    said = _("Saved. The agency has been told.")
    if done(request, form, actions.judge_rectification, row, said, row.case) or not (form.is_bound or line.waits_for_office):
        return to_sheet(row.case, "rectification")
    return act_page(request, row.case, form, _JUDGE, rectification=line)


@never_cache
@require_safe
def proof(request: SignedInRequest, pk: int, proof_pk: int) -> HttpResponse:
    """Give out a file to the office."""
    row = get_object_or_404(Rectification.objects.visible_to(request.user).for_list(), pk=pk)
    return _given([row.pk], proof_pk)


@never_cache
@require_http_methods(METHODS)
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agency says what it has put right; where nothing is to be answered the page leads to the assignment."""
    assignment = assignment_of(request, pk)
    row = reading.waiting(assignment)
    if not permissions.can_receive(request.user, assignment):
        raise Http404
    form = forms.AnswerForm(request.POST or None, request.FILES or None)
    if row is None or done(request, form, actions.answer_rectification, row, _("Answered. The office looks at it.")):
        return redirect("cases:assignment_detail", pk)
    page = assignment_page(assignment, request.user)
    return render(request, "cases/answer_rectification.html", {"form": form, "page": page, "row": row})


@never_cache
@require_safe
def own_proof(request: SignedInRequest, pk: int, proof_pk: int) -> HttpResponse:
    """Give out a file to the agency that sent it."""
    assignment = assignment_of(request, pk)
    return _given([line.row.pk for line in reading.rectifications_for_agency(assignment, request.user)], proof_pk)


def _agencies(case: Case) -> dict[str, Any]:
    return {"case": case, "agencies": reading.agencies_of(case), "assignments": reading.assignments_of(case)}


def _given(rectifications: list[int], proof_pk: int) -> HttpResponse:
    stored = reading.proof_of(rectifications, proof_pk)
    if stored is None:
        raise Http404
    return downloads.to_be_looked_at(stored)
