"""The officers' entry: one page to take down what somebody says, one with the codes to read out."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from cases.models import Case
from complaints import actions, entries, passes, permissions
from complaints.forms.taking_down import EntryForm
from complaints.models import Complaint
from complaints.views.entering import drop_scan, taken, typed_in
from complaints.views.receipt_files import saved
from core import clock

from . import reading


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: SignedInRequest) -> HttpResponse:
    """Take down a call, a letter or a visit."""
    if not permissions.can_enter(request.user):
        raise Http404
    form, at = EntryForm(*typed_in(request), channel=request.GET.get("channel", "")), clock.now()
    if "remove" in form.data:
        drop_scan(form, form.data["remove"], by=request.user, at=at)
    elif complaint := _entered(form, request, at):
        passes.remember_entered(request.session, complaint, at=at)
        return redirect("cases:entered", complaint.number)
    return render(request, "cases/entry.html", {"form": form, "scans": entries.scans_of(form.page_key, request.user)})


@never_cache
@require_safe
def entered(request: SignedInRequest, number: str) -> HttpResponse:
    """Show number and query code to read out or print, for a quarter of an hour; then the case alone."""
    if not permissions.can_enter(request.user):
        raise Http404
    complaint = _seen(request, number)
    page = reading.entered(complaint, request.user)
    if not passes.was_entered(request.session, number, at=clock.now()):
        return redirect("cases:detail", page.case.pk)
    return render(request, "cases/entered.html", {"page": page})


@never_cache
@require_safe
def entered_file(request: SignedInRequest, number: str) -> HttpResponse:
    """Hand the receipt out as a file, for as long as the code may be shown."""
    if not permissions.can_enter(request.user):
        raise Http404
    complaint = _seen(request, number)
    if not passes.was_entered(request.session, number, at=clock.now()):
        return redirect("cases:entered", number)
    return saved(request, complaint)


def _seen(request: SignedInRequest, number: str) -> Complaint:
    """Find a complaint whose case the person sees; whoever entered it may have been recused from it meanwhile."""
    complaint = get_object_or_404(Complaint.objects.visible_to(request.user).for_detail(), number=number)
    seen = Case.objects.visible_to(request.user).values("pk")
    if Case.objects.filter(links__complaint=complaint).exclude(pk__in=seen).exists():
        raise Http404
    return complaint


def _entered(form: EntryForm, request: SignedInRequest, at: datetime) -> Complaint | None:
    """Lodge what is whole; None shows the page again."""
    if not form.is_bound:
        return None
    user = request.user
    return taken(form, lambda draft: actions.enter(draft, form.filing(at=at), by=user, at=at), by=user, at=at)
