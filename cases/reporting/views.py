"""The page on which an agency reports the outcome, and the stamped scans as the agency and the office open them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from cases import actions, permissions
from cases.acting import METHODS, assignment_of
from cases.assignments import assignment_page
from cases.models import Assignment, Case, Report
from cases.workflow import Refused, allows, check
from core import clock, downloads
from core.models import StoredFile
from core.refusals import say_beside_field

from .forms import AgencyReportForm
from .scans import held_for


@never_cache
@require_http_methods(METHODS)
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agency reports the outcome; a scan that came with a report that is not whole is kept for the next try."""
    assignment = assignment_of(request, pk, permissions.can_report)
    if not allows("report", assignment.case.status) and request.method != "POST":
        return _too_late(request, assignment)
    form = _form(request, assignment)
    if form.is_bound and _reported(request, form, assignment):
        messages.success(request, _("Reported. The office checks it and replies to the complainant."))
        return redirect("cases:assignment_detail", pk)
    context = {"form": form, "page": assignment_page(assignment, request.user)}
    return render(request, "cases/assignment_report.html", context)


@never_cache
@require_safe
def own_scan(request: SignedInRequest, pk: int, report_pk: int, preview: bool = False) -> HttpResponse:
    """Give out the scan of a report to the agency whose report it is."""
    assignment = assignment_of(request, pk)
    return _scan(get_object_or_404(Report.objects.select_related("scan"), pk=report_pk, assignment=assignment), preview=preview)


@never_cache
@require_safe
def scan(request: SignedInRequest, pk: int, report_pk: int, preview: bool = False) -> HttpResponse:
    """Give out the scan of a report to the office."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    return _scan(get_object_or_404(Report.objects.select_related("scan"), pk=report_pk, case=case), preview=preview)


def _scan(row: Report, *, preview: bool) -> HttpResponse:
    stored: StoredFile | None = row.scan
    if stored is None or not stored.is_viewable:
        raise Http404
    return downloads.small(stored) if preview else downloads.to_be_looked_at(stored)


def _form(request: SignedInRequest, assignment: Assignment) -> AgencyReportForm:
    """Return the form with what was typed; taking the kept scan back changes nothing else."""
    held = held_for(assignment, request.user)
    if request.method == "POST" and "remove_scan" in request.POST:
        if held:
            actions.drop_scan(held)
        return AgencyReportForm(case=assignment.case, held=None, initial=request.POST.dict())
    return AgencyReportForm(request.POST or None, files=request.FILES or None, case=assignment.case, held=held)


def _reported(request: SignedInRequest, form: AgencyReportForm, assignment: Assignment) -> bool:
    """Keep the scan first, then report; what is refused is said beside the field, and what was sent stays."""
    at = clock.now()
    is_whole = form.is_valid()
    if checked := form.cleaned_data.pop("scan", None):
        form.held = actions.hold_scan(assignment, checked, by=request.user, at=at)
    form.ask_for_scan()
    if not is_whole or form.errors:
        return False
    try:
        actions.report(assignment, by=request.user, at=at, **form.arguments())
    except Refused as refusal:
        say_beside_field(form, refusal)
        return False
    return True


def _too_late(request: SignedInRequest, assignment: Assignment) -> HttpResponse:
    try:
        check("report", assignment.case.status)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("cases:assignment_detail", assignment.pk)
