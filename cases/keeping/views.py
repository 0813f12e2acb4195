"""Holding a matter, and letting it go."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from cases.models import Case
from complaints import actions
from core import clock

from .forms import HoldForm
from .reading import Holdable, holdable


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: SignedInRequest, pk: int, complaint_pk: int) -> HttpResponse:
    """Hold a complaint of the case, with a reason."""
    case, found = _found(request, pk, complaint_pk)
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.place_hold(found.complaint, form.cleaned_data["reason"], by=request.user, at=clock.now())
        messages.success(request, _("Held. Nothing of it is deleted until the hold is lifted."))
        return redirect("cases:detail", case.pk)
    return render(request, "cases/hold.html", {"case": case, "kept": found, "form": form})


@never_cache
@require_POST
def lift(request: SignedInRequest, pk: int, complaint_pk: int) -> HttpResponse:
    """Lift the hold."""
    case, found = _found(request, pk, complaint_pk)
    actions.lift_hold(found.complaint, by=request.user, at=clock.now())
    messages.success(request, _("The hold is lifted. The data goes when its time is over."))
    return redirect("cases:detail", case.pk)


def _found(request: SignedInRequest, pk: int, complaint_pk: int) -> tuple[Case, Holdable]:
    """Find a complaint that this person may hold; to everybody else it does not exist."""
    case = get_object_or_404(Case.objects.visible_to(request.user).for_detail(), pk=pk)
    found = holdable(case, complaint_pk, request.user)
    if found is None:
        raise Http404
    return case, found
