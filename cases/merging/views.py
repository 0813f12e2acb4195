"""The page on which two cases are compared and merged, and the one on which a merger is undone."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.requests import SignedInRequest
from cases import actions, permissions
from cases.forms import VersionedForm
from cases.models import Case
from cases.triage import places
from cases.workflow import Refused
from core import clock

from . import reading


@never_cache
def merge(request: SignedInRequest, pk: int, other_pk: int) -> HttpResponse:
    """Show two cases side by side, and merge the first into the second."""
    source, target = _case(request, pk), _case(request, other_pk)
    form = VersionedForm(request.POST or None, case=source)
    said = _("Merged. The complainants go on following their own numbers.")
    if _done(request, form, lambda version: _merge(request, source, target, version), said):
        return redirect(places.after(request, target))
    page = reading.comparison(source, target, request.user)
    if page is None or source == target:
        raise Http404
    return render(
        request, "cases/merge.html", {"page": page, "form": form, "case": source, "away": places.after(request, source)}
    )


@never_cache
def unmerge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo a merger: the case goes back to triage with the limit that it had."""
    case = _case(request, pk)
    form = VersionedForm(request.POST or None, case=case)
    said = _("Undone. The matter waits for acceptance again, with the limit that it had.")
    if _done(request, form, lambda version: _unmerge(request, case, version), said):
        return redirect("cases:detail", case.pk)
    page = reading.parting(case, request.user)
    if page is None:
        messages.warning(request, str(_("There is no merger to undo.")))
        return redirect("cases:detail", case.pk)
    return render(request, "cases/unmerge.html", {"page": page, "form": form, "case": case, "matters": page.matters})


def _case(request: SignedInRequest, pk: int) -> Case:
    """Find a case that the person may see and merge."""
    case = get_object_or_404(Case.objects.visible_to(request.user).for_detail(), pk=pk)
    if not permissions.can_merge(request.user, case):
        raise Http404
    return case


def _merge(request: SignedInRequest, source: Case, target: Case, version: int) -> None:
    actions.merge(source, into=target, by=request.user, version=version, at=clock.now())


def _unmerge(request: SignedInRequest, case: Case, version: int) -> None:
    actions.unmerge(case, by=request.user, version=version, at=clock.now())


def _done(request: SignedInRequest, form: VersionedForm, act: Callable[[int], None], said: str | Promise) -> bool:
    """Do it when the form was sent; what is refused stands above the page."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data["version"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, str(said))
    return True
