"""The page on which two cases are compared and merged, and the one on which a merger is undone."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.requests import SignedInRequest
from cases import actions, permissions
from cases.acting import case_of, done
from cases.forms import VersionedForm
from cases.triage import places

from . import reading


@never_cache
def merge(request: SignedInRequest, pk: int, other_pk: int) -> HttpResponse:
    """Show two cases side by side, and merge the first into the second."""
    source, target = case_of(request, pk, permissions.can_merge), case_of(request, other_pk, permissions.can_merge)
    form = VersionedForm(request.POST or None, case=source)
    said = _("Merged. The complainants go on following their own numbers.")
    if done(request, form, partial(actions.merge, into=target), source, said):
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
    case = case_of(request, pk, permissions.can_merge)
    form = VersionedForm(request.POST or None, case=case)
    said = _("Undone. The matter waits for acceptance again, with the limit that it had.")
    if done(request, form, actions.unmerge, case, said):
        return redirect("cases:detail", case.pk)
    page = reading.parting(case, request.user)
    if page is None:
        messages.warning(request, str(_("There is no merger to undo.")))
        return redirect("cases:detail", case.pk)
    return render(request, "cases/unmerge.html", {"page": page, "form": form, "case": case, "matters": page.matters})
