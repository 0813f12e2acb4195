"""Where supervisors give tips and learn what became of them, and where the office sees which certificate is behind one."""

from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from core import clock, files
from core.files import FileRefused
from supervisors import actions
from supervisors.acting import done, page
from supervisors.models import Tip
from supervisors.refusals import Refused
from supervisors.rewards.forms import CollectForm
from supervisors.rewards.standings import rewards_for

from . import permissions, reading
from .forms import TipForm


@never_cache
@require_safe
def own(request: SignedInRequest) -> HttpResponse:
    """Show somebody what became of the own tips."""
    if not permissions.can_tip(request.user):
        raise Http404
    tips, found = reading.own_tips(request.user, request.GET.get("before", ""))
    return render(request, "supervisors/own_tips.html", {"tips": tips, "page": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: SignedInRequest) -> HttpResponse:
    """Take a tip."""
    if not permissions.can_tip(request.user):
        raise Http404
    form = TipForm(request.POST or None, request.FILES or None, today=clock.today())
    if form.is_valid() and _given(request, form):
        messages.success(request, _("Thank you, your tip has been lodged. Its course stands here."))
        return redirect("supervisors:own_tips")
    return render(request, "supervisors/tip.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def collect(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say how the reward for an own tip is wanted; where nothing waits the page leads back to the tips."""
    tip = reading.own_tip(request.user, pk)
    if tip is None:
        raise Http404
    standing = rewards_for([tip]).get(tip.pk)
    if standing is None or not standing.url:
        return redirect("supervisors:own_tips")
    form = CollectForm(request.POST if request.method == "POST" else None, needs_code=False, cash_only=False)
    if done(request, form, partial(_collect, form), tip, said=_("Noted. The office pays it out now")):
        return redirect("supervisors:own_tips")
    shown = [{"term": term, "value": value} for term, value in standing.facts]
    back = reverse("supervisors:own_tips")
    return page(request, form, _("Collect the reward"), lead=standing.text, facts=shown, back=back, is_phone=True)


def _collect(form: CollectForm, tip: Tip, *, by: User, at: datetime, **_said: object) -> object:
    return actions.collect_for_tip(tip, form.wanted(), by=by, at=at)


@never_cache
@require_safe
def office(request: SignedInRequest) -> HttpResponse:
    """Show the office the tips with the certificates behind them."""
    if not permissions.can_see_tips(request.user):
        raise Http404
    tips, found = reading.office_tips(request.user, request.GET.get("before", ""))
    return render(request, "supervisors/tips.html", {"tips": tips, "page": found})


def _given(request: SignedInRequest, form: TipForm) -> bool:
    """Give the tip; what is refused is said beside its field."""
    given = form.cleaned_data
    try:
        pictures = [files.examine(upload) for upload in given["pictures"]]
        actions.give_tip(form.told(), key=given["key"], pictures=pictures, by=request.user, at=clock.now())
    except FileRefused as refusal:
        form.add_error("pictures", str(refusal))
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
    return form.is_valid()
