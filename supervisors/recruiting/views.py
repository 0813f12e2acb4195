"""The office's pages of calls and candidacies, and the agencies' page to nominate somebody."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from complaints import phones
from core import clock
from core.paging import keyset_page
from supervisors import actions, permissions
from supervisors.acting import METHODS, done, page
from supervisors.forms import VersionedForm
from supervisors.models import Call, Candidacy

from . import forms, reading


@never_cache
@require_safe
def call_list(request: SignedInRequest) -> HttpResponse:
    """List the calls, the newest first."""
    _office_only(request)
    found = keyset_page(Call.objects.visible_to(request.user).for_list(), request.GET.get("before", ""), size=25)
    return render(request, "supervisors/call_list.html", {"page": found, "today": clock.today()})


@never_cache
@require_http_methods(METHODS)
def call_new(request: SignedInRequest) -> HttpResponse:
    """Publish a call."""
    _office_only(request)
    form = forms.CallForm(request.POST or None, initial={"opens_on": clock.today()})
    if done(request, form, actions.make_call, said=_("Published. Candidates can be nominated from the first day on.")):
        return redirect("supervisors:calls")
    return page(request, form, _("New call"), back=reverse("supervisors:calls"), button=_("Publish the call"))


@never_cache
@require_safe
def call_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """A call and who was nominated upon it."""
    call = get_object_or_404(Call.objects.visible_to(request.user), pk=pk)
    rows = reading.candidates_of(call, request.user)
    found = keyset_page(rows, request.GET.get("before", ""), size=50)
    return render(request, "supervisors/call_detail.html", {"call": call, "page": found, "today": clock.today()})


@never_cache
@require_http_methods(METHODS)
def nominate(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office or an agency nominates somebody."""
    call = reading.open_call(pk, clock.today())
    if call is None or not permissions.can_nominate(request.user, call):
        raise Http404
    form = forms.NominateForm(request.POST or None, call=call, by=request.user)
    is_office = permissions.is_office(request.user)
    back = reverse("supervisors:call", args=[pk]) if is_office else reverse("supervision:calls")
    if done(request, form, actions.nominate, call, said=_("Nominated. The office checks and decides.")):
        return redirect(back)
    return page(request, form, pgettext("supervisors", "Nominate"), back=back, back_text=call.title)


@never_cache
@require_safe
def candidacy(request: SignedInRequest, pk: int) -> HttpResponse:
    """One candidate, how far it has come, and what can be done now."""
    row = _candidacy(request, pk)
    return render(request, "supervisors/candidacy.html", reading.candidacy_page(row, request.user, clock.today()))


@never_cache
@require_http_methods(METHODS)
def move(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """Move a candidacy."""
    row = _candidacy(request, pk)
    if name not in _MOVES or not permissions.may_move(request.user, row, name):
        raise Http404
    form_class, action = _MOVES[name]
    more: dict[str, Any] = {"today": clock.today()} if name == "appoint" else {}
    form = form_class(request.POST or None, initial={"version": row.version}, **more)
    if done(request, form, action, row, said=reading.said(name)):
        return redirect("supervisors:candidacy", pk)
    back = reverse("supervisors:candidacy", args=[pk])
    title, lead = reading.question(name)
    return page(request, form, title, lead=lead, back=back, back_text=row.full_name, facts=reading.facts_of(row))


@never_cache
@require_http_methods(METHODS)
def object_to(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note an objection."""
    row = _candidacy(request, pk)
    form = forms.ObjectionForm(request.POST or None)
    if done(request, form, actions.object_to, row, said=_("Noted.")):
        return redirect("supervisors:candidacy", pk)
    back = reverse("supervisors:candidacy", args=[pk])
    return page(request, form, _("Note an objection"), back=back, back_text=row.full_name)


@never_cache
@require_http_methods(METHODS)
def settle(request: SignedInRequest, pk: int, objection: int) -> HttpResponse:
    """Settle an objection."""
    row = _candidacy(request, pk)
    found = reading.objection_of(row, objection)
    if found is None:
        raise Http404
    form = forms.SettleForm(request.POST or None)
    if done(request, form, actions.settle, found, said=_("Settled.")):
        return redirect("supervisors:candidacy", pk)
    back = reverse("supervisors:candidacy", args=[pk])
    return page(request, form, _("Settle the objection"), lead=found.words, back=back, back_text=row.full_name)


@never_cache
@require_POST
def phone(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the number for one call; the look is recorded."""
    row = _candidacy(request, pk)
    if row.phone_sealed is None:
        raise Http404
    number = actions.reveal_phone(row, by=request.user, at=clock.now())
    messages.info(request, _("Mobile number: %(number)s. This look was recorded.") % {"number": phones.shown(number)})
    return redirect("supervisors:candidacy", pk)


_MOVES: dict[str, tuple[Any, Any]] = {
    "check": (forms.CheckForm, actions.check),
    "approve": (VersionedForm, actions.approve),
    "publish": (VersionedForm, actions.publish),
    "appoint": (forms.AppointForm, actions.appoint),
    "decline": (forms.ReasonForm, actions.decline),
    "withdraw": (forms.ReasonForm, actions.withdraw),
}


def _office_only(request: SignedInRequest) -> None:
    if not permissions.is_office(request.user):
        raise Http404


def _candidacy(request: SignedInRequest, pk: int) -> Candidacy:
    return get_object_or_404(Candidacy.objects.visible_to(request.user).for_list(), pk=pk)
