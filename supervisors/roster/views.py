"""The office's pages of the roster."""

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from cases.desk.exporting import XLSX
from core import clock
from core.paging import keyset_page
from supervisors import actions, permissions
from supervisors.acting import METHODS, done, page, tried
from supervisors.forms import EmptyForm
from supervisors.models import Supervisor, Term
from supervisors.refusals import Refused

from . import forms, reading

_ASKED = ("kind", "look", "q")


@never_cache
@require_safe
def supervisor_list(request: SignedInRequest) -> HttpResponse:
    """List the supervisors that the person may see, the newest first, and how each stands today."""
    asked = {name: request.GET[name] for name in _ASKED if request.GET.get(name)}
    today = clock.today()
    found = keyset_page(reading.listed(request.user, asked, today), request.GET.get("before", ""), size=50)
    context = {"page": found, "supervisors": found.rows, "lines": reading.lines(found.rows, today), "asked": asked}
    context |= {"query": urlencode(asked), "looks": reading.LOOKS, "kinds": Supervisor.Kind.choices}
    return render(request, "supervisors/supervisor_list.html", context | {"is_office": permissions.is_office(request.user)})


@never_cache
@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One supervisor, for the office."""
    row = _supervisor(request, pk, permissions.is_office(request.user))
    return render(request, "supervisors/detail.html", reading.detail_page(row, request.user, clock.today()))


@never_cache
@require_http_methods(METHODS)
def renew(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a further term."""
    row = _led(request, pk)
    form = forms.RenewForm(request.POST or None, initial={"since": actions.next_start(row, clock.today())})
    if done(request, form, actions.renew, row, said=_("Renewed. The new certificate can be printed.")):
        return redirect("supervisors:detail", pk)
    return page(request, form, _("Renew"), **_about(row))


@never_cache
@require_http_methods(METHODS)
def suspend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let somebody not serve."""
    row = _led(request, pk)
    form = forms.SuspendForm(request.POST or None)
    if done(request, form, actions.suspend, row, said=_("Suspended from today on. The card is not valid meanwhile.")):
        return redirect("supervisors:detail", pk)
    return page(request, form, _("Suspend"), **_about(row))


@never_cache
@require_http_methods(METHODS)
def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let somebody serve again."""
    row = _led(request, pk)
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if done(request, form, actions.resume, row, said=_("Serves again from today on.")):
        return redirect("supervisors:detail", pk)
    return page(request, form, _("End the suspension"), **_about(row))


@never_cache
@require_http_methods(METHODS)
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note a resignation, or dismiss somebody."""
    row = _led(request, pk)
    form = forms.LeaveForm(request.POST or None, today=clock.today())
    if done(request, form, actions.end_term, row, said=_("The term has ended.")):
        return redirect("supervisors:detail", pk)
    lead = _("The running term ends on that day, later ones are taken back. Certificate and card are to be handed in.")
    return page(request, form, _("Resignation or dismissal"), lead=lead, **_about(row))


@never_cache
@require_http_methods(METHODS)
def appraise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down the appraisal of a year."""
    row = _supervisor(request, pk, permissions.is_office(request.user))
    if not permissions.can_judge(request.user, row):
        raise Http404
    form = forms.AppraiseForm(request.POST or None, today=clock.today())
    if done(request, form, actions.appraise, row, said=_("Noted.")):
        return redirect("supervisors:detail", pk)
    return page(request, form, _("Appraise a year"), **_about(row))


@never_cache
@require_safe
def certificate(request: SignedInRequest, pk: int) -> HttpResponse:
    """The certificate of a term, to be printed."""
    term = get_object_or_404(Term.objects.visible_to(request.user).for_list(), pk=pk)
    return render(request, "supervisors/certificate.html", reading.paper_of(term))


@never_cache
@require_safe
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """The card of a term, to be printed or shown."""
    term = get_object_or_404(Term.objects.visible_to(request.user).for_list(), pk=pk)
    return render(request, "supervisors/card.html", reading.paper_of(term))


@never_cache
@require_POST
def collect(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that a certificate came back."""
    term = get_object_or_404(Term.objects.visible_to(request.user).for_list(), pk=pk)
    if not permissions.is_office(request.user):
        raise Http404
    tried(request, actions.collect, term, said=_("Noted."))
    return redirect("supervisors:detail", term.supervisor_id)


@never_cache
@require_POST
def export(request: SignedInRequest) -> HttpResponseBase:
    """Hand out the roster as a workbook."""
    if not permissions.is_office(request.user):
        raise Http404
    asked = {name: request.POST[name] for name in _ASKED if request.POST.get(name)}
    told = [f"{name}={value}" for name, value in asked.items() if name != "q"]
    file = reading.exported(reading.listed(request.user, asked, clock.today()), by=request.user, at=clock.now(), asked=told)
    name = f'attachment; filename="supervisors-{clock.today()}.xlsx"'
    return FileResponse(file, content_type=XLSX, headers={"Content-Disposition": name, "Cache-Control": "no-store"})


@never_cache
@require_http_methods(METHODS)
def import_file(request: SignedInRequest) -> HttpResponse:
    """Take in a roster that was kept elsewhere."""
    if not permissions.can_lead(request.user):
        raise Http404
    form, report = forms.ImportForm(request.POST or None, request.FILES or None), None
    if form.is_valid():
        try:
            report = reading.imported(**form.cleaned_data, by=request.user, at=clock.now())
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return render(
        request,
        "supervisors/import.html",
        {"form": form, "report": report, "only_looked": form.is_bound and report and form.cleaned_data["dry_run"]},
    )


def _supervisor(request: SignedInRequest, pk: int, may: bool) -> Supervisor:
    if not may:
        raise Http404
    return get_object_or_404(Supervisor.objects.visible_to(request.user).for_list(), pk=pk)


def _led(request: SignedInRequest, pk: int) -> Supervisor:
    row = _supervisor(request, pk, permissions.can_lead(request.user))
    if not permissions.can_change_standing(request.user, row):
        raise Http404
    return row


def _about(row: Supervisor) -> dict[str, Any]:
    facts = [{"term": pgettext("of supervisor", "Kind"), "value": row.get_kind_display()}]
    facts += [{"term": _("Term"), "value": f"{one.since} – {one.ended_on or one.until}"} for one in row.terms_newest_first]
    return {"back": reverse("supervisors:detail", args=[row.pk]), "back_text": row.user.full_name, "facts": facts}
