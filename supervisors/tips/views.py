"""Where supervisors give tips and learn what became of them, and where the office sees which certificate is behind one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core import clock, files
from core.files import FileRefused
from supervisors import actions
from supervisors.refusals import Refused

from . import permissions, reading
from .forms import TipForm


@never_cache
@require_safe
def own(request: SignedInRequest) -> HttpResponse:
    """Show somebody what became of the own tips."""
    if not permissions.can_tip(request.user):
        raise Http404
    tips, page = reading.own_tips(request.user, request.GET.get("before", ""))
    return render(request, "supervisors/own_tips.html", {"tips": tips, "page": page})


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
@require_safe
def office(request: SignedInRequest) -> HttpResponse:
    """Show the office the tips with the certificates behind them."""
    if not permissions.can_see_tips(request.user):
        raise Http404
    tips, page = reading.office_tips(request.user, request.GET.get("before", ""))
    return render(request, "supervisors/tips.html", {"tips": tips, "page": page})


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
