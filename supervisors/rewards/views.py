"""Pages of the rewards: the office's lists, the sheet of a case, and a page for each act."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from cases.models import Case
from cases.sheets import head_of
from cases.workflow import Refused as RefusedByCase
from core import clock
from core.refusals import say_beside_field
from supervisors import actions
from supervisors.models import Reward, RewardShare
from supervisors.refusals import Refused

from . import facts, forms, permissions, reading
from .eligibility import Source
from .workflow import allows

_METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
def rewards(request: SignedInRequest) -> HttpResponse:
    """List rewards by how they stand, and cases that may get one."""
    if not permissions.can_see(request.user):
        raise Http404
    return render(request, "supervisors/rewards/list.html", {"page": reading.list_page(request.user, request.GET.dict())})


@never_cache
@require_safe
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the reward of a case with every reason for and against."""
    case = _case(request, pk)
    context = {"case": case, "head": head_of(case, "supervisors:case_reward"), "page": reading.sheet_page(case, request.user)}
    return render(request, "supervisors/rewards/sheet.html", context)


@never_cache
@require_http_methods(_METHODS)
def propose(request: SignedInRequest, pk: int, complaint_pk: int) -> HttpResponse:
    """Propose a reward; where nothing can be proposed the page leads to the sheet."""
    case, report = _report(request, pk, complaint_pk)
    if not permissions.can_propose(request.user, case):
        raise Http404
    if report.scheme is None or not report.may_propose:
        messages.warning(request, _("Nothing can be proposed for this report. The reasons stand here."))
        return _to_sheet(case.pk)
    form = forms.ProposeForm(request.POST or None, case=case, grades=reading.grades_of(report.scheme))
    if _done(request, form, partial(_propose, case, report, form), _("Proposed. The office leaders have been told.")):
        return _to_sheet(case.pk)
    return _page(request, case, form, _("Propose a reward"), report=report, template="propose")


@never_cache
@require_http_methods(_METHODS)
def decline(request: SignedInRequest, pk: int, complaint_pk: int) -> HttpResponse:
    """Say that a claim gets no reward."""
    case, report = _report(request, pk, complaint_pk)
    if not permissions.can_decline_claim(request.user):
        raise Http404
    form = forms.DeclineForm(request.POST or None)
    act = _arguments(form, partial(actions.decline_claim, case, report.complaint))
    if not report.may_decline or _done(request, form, act, _("Answered. The claimant can read it.")):
        return _to_sheet(case.pk)
    return _page(request, case, form, _("Decline the claim"), report=report)


@never_cache
@require_http_methods(_METHODS)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """An office leader decides; what needs no decision any more leads to the sheet."""
    reward = _reward(request, pk)
    if not permissions.can_decide(request.user, reward):
        return _over(reward, "approve")
    form = forms.DecideForm(request.POST or None, reward=reward)
    if _done(
        request, form, _arguments(form, partial(actions.decide_reward, reward)), _("Decided. Everyone concerned has been told.")
    ):
        return _to_sheet(reward.case_id)
    report = reading.report_of(reward.case, reward.complaint_id, request.user)
    return _page(request, reward.case, form, _("Decide on the reward"), report=report, reward=reward)


@never_cache
@require_http_methods(_METHODS)
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cancel a reward with a reason."""
    reward = _reward(request, pk)
    if not permissions.can_cancel(request.user, reward):
        return _over(reward, "cancel")
    form = forms.CancelForm(request.POST or None, reward=reward)
    if _done(
        request, form, _arguments(form, partial(actions.cancel_reward, reward)), _("Cancelled. The money is back in the budget.")
    ):
        return _to_sheet(reward.case_id)
    return _page(request, reward.case, form, _("Cancel the reward"), reward=reward)


@never_cache
@require_http_methods(_METHODS)
def hand_in(request: SignedInRequest, pk: int, place: int) -> HttpResponse:
    """Note at the counter how one signer wants the money."""
    reward = _reward(request, pk)
    share = reading.share_of(reward, place)
    if share is None or not permissions.can_hand_in(request.user, reward) or share.collected_at:
        return _over(reward, "" if share and share.collected_at else "claim")
    anonymous = facts.source_of(reward.complaint) in {Source.CLAIM_CODE, Source.UNPROVED}
    form = forms.CollectForm(request.POST or None, needs_code=anonymous, cash_only=anonymous)
    if _done(request, form, partial(_hand_in, share, form), _("Noted. Finance can pay it.")):
        return _to_sheet(reward.case_id)
    return _page(request, reward.case, form, _("Note who collects"), reward=reward, share=share)


@never_cache
@require_safe
def decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the decision, to print and to sign; it names nobody who reported."""
    reward = _reward(request, pk)
    if not reward.number:
        raise Http404
    return render(request, "supervisors/rewards/decision.html", {"reward": reward, "shares": reading.shares_of(reward)})


def _case(request: SignedInRequest, pk: int) -> Case:
    """Find a case that the person may see; agencies see none."""
    return get_object_or_404(Case.objects.visible_to(request.user).for_list(), pk=pk)


def _report(request: SignedInRequest, pk: int, complaint_pk: int) -> tuple[Case, reading.Report]:
    case = _case(request, pk)
    report = reading.report_of(case, complaint_pk, request.user)
    if report is None:
        raise Http404
    return case, report


def _reward(request: SignedInRequest, pk: int) -> Reward:
    return get_object_or_404(Reward.objects.visible_to(request.user).for_list(), pk=pk)


def _propose(case: Case, report: reading.Report, form: forms.ProposeForm, **who: Any) -> object:
    return actions.propose_reward(case, report.complaint, form.proposal(), version=form.cleaned_data["version"], **who)


def _hand_in(share: RewardShare, form: forms.CollectForm, **who: Any) -> object:
    return actions.collect_at_office(share, form.wanted(), **who)


def _arguments(form: Any, action: Callable[..., object]) -> Callable[..., object]:
    """Give the action what the form says, once it is valid."""
    return lambda **who: action(**who, **form.arguments())


def _done(request: SignedInRequest, form: Any, act: Callable[..., object], said: str | Promise) -> bool:
    """Do what a valid form asks; what is refused is said beside its field, and what was typed stays."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act(by=request.user, at=clock.now())
    except (Refused, RefusedByCase) as refusal:
        say_beside_field(form, refusal)
        return False
    messages.success(request, str(said))
    return True


def _page(request: SignedInRequest, case: Case, form: django_forms.Form, title: str, **more: Any) -> HttpResponse:
    """Show the page of one act: the form at the left, what it is about at the right."""
    template = f"supervisors/rewards/{more.pop('template', 'act')}.html"
    return render(request, template, {"case": case, "form": form, "title": title} | more)


def _to_sheet(case_pk: int) -> HttpResponseRedirect:
    return redirect("supervisors:case_reward", case_pk)


def _over(reward: Reward, move: str) -> HttpResponse:
    """Lead back to the reward when it has moved on; while it can still be moved, that is for somebody else."""
    if move and allows(move, reward.status):
        raise Http404
    return _to_sheet(reward.case_id)
