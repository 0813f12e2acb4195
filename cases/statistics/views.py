"""Pages of the statistics: the figures of a period, the report of a month, a table to take away. Nothing is changed here."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from cases import permissions
from core import clock

from . import exporting, forms, reading, report, tables


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Show how the office did in a period, beside the one before."""
    user, today = _reader(request), clock.today()
    form = forms.PeriodForm(request.GET, today=today)
    page = reading.page(user, form.chosen, form.query, today)
    return render(request, "cases/statistics.html", {"page": page, "asked": form})


@require_safe
def monthly_report(request: HttpRequest) -> HttpResponse:
    """Show the report of a month that is over, made to be printed."""
    user, today = _reader(request), clock.today()
    form = forms.MonthForm(request.GET, today=today)
    made = report.report(user, form.chosen, today)
    return render(request, "cases/monthly_report.html", {"report": made, "asked": form, "today": today})


@never_cache
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """Let one table leave as CSV."""
    user, today = _reader(request), clock.today()
    form, table = forms.PeriodForm(request.POST, today=today), forms.TableForm(request.POST)
    if not form.is_valid() or not table.is_valid():
        raise Http404
    made = tables.TABLES[table.cleaned_data["table"]](reading.shown(user, form.chosen, today))
    lines = exporting.csv_lines(made, period="–".join(form.query.values()), by=user)
    name = "-".join(["statistics", made.code, *form.query.values()])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _reader(request: HttpRequest) -> User:
    """Return who is signed in, if of the office; to everybody else these pages do not exist."""
    if not isinstance(request.user, User) or not permissions.can_see_queue(request.user):
        raise Http404
    return request.user
