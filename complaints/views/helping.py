"""Pages of helper units: what the unit filed for enterprises, filing, the receipt to hand over."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from complaints import actions, entries, filings, passes, permissions, receipts, units
from complaints.forms.helping import HelperForm
from complaints.models import Complaint
from core import clock

from .entering import drop_scan, taken, typed_in
from .receipt_files import saved


@never_cache
@require_safe
def filing_list(request: SignedInRequest) -> HttpResponse:
    """Show what the clerk's unit filed."""
    if not permissions.can_see_filings(request.user):
        raise Http404
    return render(
        request, "complaints/filing_list.html", {"page": filings.filing_list(request.user, request.GET.get("before", ""))}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def filing_new(request: SignedInRequest) -> HttpResponse:
    """File for an enterprise."""
    if not permissions.can_file_for(request.user):
        raise Http404
    form, at = HelperForm(*typed_in(request)), clock.now()
    if "remove" in form.data:
        drop_scan(form, form.data["remove"], by=request.user, at=at)
    elif complaint := _filed(form, request, at):
        passes.remember_entered(request.session, complaint, at=at)
        return redirect("filings:receipt", complaint.number)
    return _form_page(request, form)


@never_cache
@require_safe
def filing_detail(request: SignedInRequest, number: str) -> HttpResponse:
    """Show where one filing stands."""
    return render(request, "complaints/filing_detail.html", filings.filing_page(_own(request, number)))


@never_cache
@require_safe
def filing_receipt(request: SignedInRequest, number: str) -> HttpResponse:
    """Show number and query code to hand over, for a quarter of an hour after filing."""
    complaint = _own(request, number)
    if not passes.was_entered(request.session, number, at=clock.now()):
        return _too_late(request, number)
    return render(request, "complaints/filing_receipt.html", {"receipt": receipts.receipt_of(complaint)})


@never_cache
@require_safe
def filing_receipt_file(request: SignedInRequest, number: str) -> HttpResponse:
    """Hand it out as a file, for as long as the code may be shown."""
    complaint = _own(request, number)
    return (
        saved(request, complaint) if passes.was_entered(request.session, number, at=clock.now()) else _too_late(request, number)
    )


def _too_late(request: SignedInRequest, number: str) -> HttpResponse:
    messages.info(request, gettext("The query code was shown after filing. Only the enterprise has it now"))
    return redirect("filings:detail", number)


def _filed(form: HelperForm, request: SignedInRequest, at: datetime) -> Complaint | None:
    """File what is whole; None shows the page again."""
    if not form.is_bound:
        return None
    user = request.user
    return taken(form, lambda draft: actions.file_for(draft, form.filing(at=at), form.consent(), by=user, at=at), by=user, at=at)


def _form_page(request: SignedInRequest, form: HelperForm) -> HttpResponse:
    context = {"form": form, "unit": units.unit_of(request.user), "scans": entries.scans_of(form.page_key, request.user)}
    return render(request, "complaints/filing_form.html", context)


def _own(request: SignedInRequest, number: str) -> Complaint:
    """Find a filing of the clerk's unit; to everybody else it does not exist."""
    if not permissions.can_see_filings(request.user):
        raise Http404
    return get_object_or_404(Complaint.objects.visible_to(request.user).for_detail(), number=number)
