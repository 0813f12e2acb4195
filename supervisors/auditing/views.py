"""The auditor's pages."""

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from core import clock
from supervisors import actions, permissions
from supervisors.budgets.reading import chosen

from . import reading


@require_safe
@never_cache
def ledger(request: SignedInRequest) -> HttpResponse:
    """Show every line of a budget's ledger back to its cause and forward to the bank's answer."""
    if not permissions.can_audit(request.user):
        raise Http404
    budgets, budget = chosen(request.user, request.GET.get("budget", ""), clock.today())
    page = {"budgets": budgets, "budget": budget} | reading.page_of(request.user, budget, request.GET.get("before", ""))
    return render(request, "supervisors/audit.html", page)


@require_POST
@never_cache
def ledger_file(request: SignedInRequest) -> HttpResponseBase:
    """Hand out the ledger of a budget as CSV."""
    if not permissions.can_audit(request.user):
        raise Http404
    _budgets, budget = chosen(request.user, request.GET.get("budget", ""), clock.today())
    actions.note_audit_export(budget, by=request.user, at=clock.now())
    headers = {"Content-Disposition": f'attachment; filename="ledger-{clock.today()}.csv"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(
        reading.csv_pieces(request.user, budget), content_type="text/csv; charset=utf-8", headers=headers
    )
