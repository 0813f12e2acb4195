"""Pages of the choice of excellent cases: nominate, judge, rank, choose."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from cases import actions, permissions
from cases.acting import METHODS, act_page, case_of, done
from cases.models import Nomination
from core import clock

from . import forms, reading
from .criteria import criteria_of


@require_safe
def excellent(request: SignedInRequest) -> HttpResponse:
    """Show the ranking of a year, this one unless another is asked for."""
    if not permissions.can_see_nominations(request.user):
        raise Http404
    asked, this_year = request.GET.get("year", ""), clock.today().year
    known = asked.isascii() and asked.isdigit() and reading.FIRST_YEAR <= int(asked[:5]) <= this_year + 1
    page = reading.ranking(request.user, int(asked[:5]) if known else this_year, this_year)
    return render(request, "cases/excellent.html", {"page": page})


@never_cache
@require_http_methods(METHODS)
def nominate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a closed case forward."""
    case = case_of(request, pk, permissions.can_nominate)
    years, summary = reading.years_offered(clock.today().year), reading.suggested_summary(case)
    form = forms.NominateForm(request.POST or None, case=case, years=years, summary=summary)
    if done(request, form, actions.nominate, case, _("Nominated. Colleagues who had no part in it judge it.")):
        return redirect("cases:quality", pk)
    return act_page(request, "nominate", case, form)


@never_cache
@require_http_methods(METHODS)
def nomination(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a nomination, and take the reader's points."""
    row = _nomination(request, pk)
    form = forms.JudgeForm(request.POST or None, criteria=criteria_of(row.year))
    if done(request, form, actions.judge, row, _("Your points are in. They stand.")):
        return redirect("cases:nomination", pk)
    return render(request, "cases/nomination.html", {"page": reading.nomination_page(row, request.user), "form": form})


@never_cache
@require_http_methods(METHODS)
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose a case as excellent; one that is chosen leads to its page."""
    row = _nomination(request, pk)
    if not permissions.can_choose(request.user, row):
        raise Http404
    form = forms.ChooseForm(request.POST or None)
    if done(request, form, actions.choose_excellent, row, _("Chosen as an excellent case.")) or row.chosen_at:
        return redirect("cases:nomination", pk)
    page = reading.nomination_page(row, request.user)
    return render(request, "cases/choose_excellent.html", {"page": page, "form": form})


def _nomination(request: SignedInRequest, pk: int) -> Nomination:
    return get_object_or_404(Nomination.objects.visible_to(request.user).for_detail(), pk=pk)
