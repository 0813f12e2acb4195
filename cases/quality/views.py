"""The quality sheet of a case, and the pages of accountability for wrong cases."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from cases import actions, permissions
from cases.acting import METHODS, act_page, case_of, done
from cases.models import Responsibility, WrongCaseReview
from core import clock

from . import forms, reading
from .deciders import third_people


@never_cache
@require_safe
def quality(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how good the work on a case was."""
    case = case_of(request, pk, lambda user, _case: permissions.can_see_queue(user))
    return render(request, "cases/quality.html", {"page": reading.sheet(case, request.user)})


@require_safe
def wrong_cases(request: SignedInRequest) -> HttpResponse:
    """List the reviews of wrong cases."""
    if not permissions.can_see_wrong_cases(request.user):
        raise Http404
    return render(request, "cases/wrong_case_list.html", {"reviews": reading.reviews_for(request.user)})


@never_cache
@require_http_methods(METHODS)
def open_wrong_case(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a review of a closed case."""
    case = case_of(request, pk, permissions.can_open_wrong_case)
    form = forms.OpenForm(request.POST or None, case=case)
    if done(request, form, actions.open_wrong_case, case, _("Opened. Now name who is responsible for what.")):
        return redirect("cases:quality", pk)
    return act_page(request, "open_wrong_case", case, form)


@never_cache
@require_safe
def wrong_case(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one review."""
    page = reading.review_page(_review(request, pk), request.user, clock.today())
    return render(request, "cases/wrong_case.html", {"page": page})


@never_cache
@require_http_methods(METHODS)
def name_responsible(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name somebody."""
    review = _review(request, pk, permissions.can_name_responsible)
    form = forms.NameForm(request.POST or None, people=reading.people_in(review))
    said = _("Named. Another leader decides what follows.")
    return _act(request, review, form, actions.name_responsible, review, said, heading=_("Name who is responsible"))


@never_cache
@require_http_methods(METHODS)
def conclude(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what the review came to."""
    review = _review(request, pk, permissions.can_conclude)
    form = forms.ConcludeForm(request.POST or None)
    return _act(request, review, form, actions.conclude, review, _("The review is ended."), heading=_("End the review"))


@never_cache
@require_http_methods(METHODS)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Decide what follows for a person."""
    row = _person(request, pk, permissions.can_decide_responsibility)
    form = forms.DecideForm(request.POST or None, initial={"decided": row.proposed})
    said = _("Decided. Whoever has an account has been told.")
    return _act(request, row.review, form, actions.decide_responsibility, row, said, heading=_("Decide what follows"), person=row)


@never_cache
@require_http_methods(METHODS)
def enter_appeal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter the appeal of somebody without an account."""
    row = _person(request, pk, permissions.can_appeal)
    form = forms.AppealForm(request.POST or None)
    said = _("The appeal is entered.")
    return _act(request, row.review, form, actions.appeal, row, said, heading=_("Enter an appeal"), person=row)


@never_cache
@require_http_methods(METHODS)
def answer_appeal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Decide on an appeal."""
    row = _person(request, pk, lambda user, row: permissions.can_answer_appeal(user, row, third_people(row)))
    form = forms.AnswerForm(request.POST or None)
    said = _("Answered. Whoever has an account has been told.")
    return _act(request, row.review, form, actions.answer_appeal, row, said, heading=_("Decide on the appeal"), person=row)


@never_cache
@require_safe
def own_responsibilities(request: SignedInRequest) -> HttpResponse:
    """List what was decided about the person who asks."""
    return render(request, "cases/own_responsibilities.html", {"rows": reading.own_all(request.user)})


@never_cache
@require_http_methods(METHODS)
def own_responsibility(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what was decided about the person who asks, who can appeal once."""
    row = reading.own(request.user, pk)
    if row is None:
        raise Http404
    form = forms.AppealForm(request.POST or None)
    if done(request, form, actions.appeal, row, _("Your appeal is in. You are told what comes of it.")):
        return redirect("cases:own_responsibility", pk)
    context = {"row": row, "form": form, "may_appeal": row.can_still_appeal(clock.today())}
    return render(request, "cases/own_responsibility.html", context)


def _review(
    request: SignedInRequest, pk: int, may: Callable[[User, WrongCaseReview], bool] = lambda _user, _review: True
) -> WrongCaseReview:
    """Find a review that the leader sees and may act on."""
    review = get_object_or_404(WrongCaseReview.objects.visible_to(request.user).for_detail(), pk=pk)
    if not may(request.user, review):
        raise Http404
    return review


def _person(request: SignedInRequest, pk: int, may: Callable[[User, Responsibility], bool]) -> Responsibility:
    """Find a person's part that the leader sees and may act on."""
    row = get_object_or_404(Responsibility.objects.visible_to(request.user).for_detail(), pk=pk)
    if not may(request.user, row):
        raise Http404
    return row


def _act(
    request: SignedInRequest,
    review: WrongCaseReview,
    form: forms.PlainForm,
    action: Callable[..., object],
    row: object,
    said: str,
    **more: Any,
) -> HttpResponse:
    """Show the page of an act on a review, or do it and go back to the review."""
    if done(request, form, action, row, said):
        return redirect("cases:wrong_case", review.pk)
    return render(request, "cases/wrong_case_act.html", {"form": form, "review": review, "case": review.case} | more)
