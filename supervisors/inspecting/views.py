"""Pages on which inspections are planned, looked at, closed, and on which checklists are rewritten."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from complaints.categories import CATEGORIES
from core import clock, downloads, files
from supervisors import actions
from supervisors.models import FieldRecord, Inspection
from supervisors.refusals import Refused

from . import forms, permissions, reading

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
def inspection_list(request: SignedInRequest) -> HttpResponse:
    """List the inspections that the person sees."""
    if not permissions.can_see_inspections(request.user):
        raise Http404
    may_plan = permissions.can_plan(request.user, Inspection.Manner.OPEN)
    page = {"inspections": reading.inspection_list(request.user), "may_plan": may_plan}
    return render(request, "supervisors/inspection_list.html", page)


@never_cache
@require_http_methods(METHODS)
def plan(request: SignedInRequest) -> HttpResponse:
    """Plan an inspection."""
    if not permissions.can_plan(request.user, Inspection.Manner.OPEN):
        raise Http404
    again = request.GET.get("agency", "")
    initial = {"first_on": clock.today(), "agencies": [int(again)] if again.isdecimal() and len(again) < 10 else []}
    form = forms.PlanForm(request.POST or None, initial=initial, **reading.choices_for_plan(request.user, clock.today()))
    if form.is_valid():
        try:
            row = actions.plan_inspection(form.plan(), by=request.user, at=clock.now())
            return _told(request, row.pk, _("Planned. Those who go along have been told."))
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
    return render(request, "supervisors/inspection_new.html", {"form": form})


@never_cache
@require_safe
def inspection(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show one inspection with what was recorded."""
    page = reading.inspection_page(_inspection(request, pk), request.user)
    return render(request, "supervisors/inspection.html", {"page": page})


@require_POST
def close(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Close an inspection."""
    row = _inspection(request, pk)
    try:
        actions.close_inspection(row, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("supervisors:inspection", pk)
    return _told(request, pk, _("Closed. The office sees it now, and what was meant for the desk is there."))


@never_cache
@require_http_methods(METHODS)
def call_off(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Call an inspection off."""
    row = _inspection(request, pk)
    if not permissions.can_end(request.user, row):
        raise Http404
    form = forms.CallOffForm(request.POST or None)
    if form.is_valid():
        try:
            actions.call_off(row, by=request.user, at=clock.now(), **form.cleaned_data)
            return _told(request, pk, _("Called off. Those who would have gone have been told."))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "supervisors/inspection_call_off.html", {"form": form, "inspection": row})


@require_POST
def make_case(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a record to the desk."""
    row = get_object_or_404(FieldRecord.objects.visible_to(request.user).for_list(), pk=pk)
    try:
        actions.make_case(row, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("supervisors:inspection", row.inspection_id)
    return _told(request, row.inspection_id, _("It is at the desk now, where it is decided on."))


@require_POST
def make_tip(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a record as an own tip."""
    row = get_object_or_404(FieldRecord.objects.visible_to(request.user).for_list(), pk=pk)
    try:
        actions.make_tip(row, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("supervisors:inspection", row.inspection_id)
    return _told(request, row.inspection_id, _("Given as a tip. Its course stands under your tips."))


@never_cache
@require_safe
def picture(request: SignedInRequest, pk: int, file: UUID) -> HttpResponse:
    """Show the cleaned copy of a picture."""
    stored = reading.picture_of(request.user, pk, file)
    if stored is None:
        raise Http404
    try:
        return downloads.to_be_looked_at(stored)
    except files.NotViewable as waiting:
        raise Http404 from waiting


@never_cache
@require_safe
def checklists(request: SignedInRequest) -> HttpResponse:
    """Show the themes with their checklists."""
    if not permissions.can_write_checklist(request.user):
        raise Http404
    return render(request, "supervisors/checklists.html", {"checklists": reading.checklists()})


@never_cache
@require_http_methods(METHODS)
def checklist(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the next version of a checklist."""
    found = next(((theme, newest) for theme, newest in reading.checklists() if theme.pk == pk), None)
    if found is None or not permissions.can_write_checklist(request.user):
        raise Http404
    theme, newest = found
    lines = "\n".join(f"{point.text}|{point.behaviour}" for point in newest.points.all()) if newest else ""
    form = forms.ChecklistForm(request.POST or None, initial={"points": lines})
    if form.is_valid():
        actions.write_checklist(theme, by=request.user, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Saved. Inspections planned from now on use it; earlier ones keep theirs."))
        return redirect("supervisors:checklists")
    return render(request, "supervisors/checklist.html", {"form": form, "theme": theme, "categories": CATEGORIES})


def _inspection(request: SignedInRequest, pk: UUID) -> Inspection:
    return get_object_or_404(Inspection.objects.visible_to(request.user).for_detail(), pk=pk)


def _told(request: SignedInRequest, pk: UUID, words: str | Promise) -> HttpResponse:
    messages.success(request, str(words))
    return redirect("supervisors:inspection", pk)
