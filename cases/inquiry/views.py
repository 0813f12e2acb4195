"""The inquiry sheet of a case and its pages: notes, allegations, records, cost, recusal."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from cases import actions, permissions
from cases.acting import METHODS
from cases.models import Case, InvestigationRecord, Recusal
from cases.redress.reading import redress
from core import clock, downloads

from . import forms, reading
from .pages import Act, act_page, done, found_case, to_sheet, tried

_SPLIT = Act(gettext_lazy("Enter allegations"), gettext_lazy("Enter"), "allegations")
_DECIDE = Act(gettext_lazy("Decide on an allegation"), gettext_lazy("Save"), "allegations")
_COST = Act(gettext_lazy("Enter cost"), gettext_lazy("Enter"), "costs")
_CORRECT = Act(
    gettext_lazy("Correct an entry"),
    gettext_lazy("Take back"),
    "costs",
    gettext_lazy("The entry stays as it is; what you take back stands below it."),
)
_DECLARE = Act(
    gettext_lazy("Declare your recusal"),
    gettext_lazy("I stay away from this case"),
    "recusals",
    gettext_lazy("The case is hidden from you at once. Only an office leader can lift that again."),
)
_ORDER = Act(
    gettext_lazy("Order a recusal"),
    gettext_lazy("Order it"),
    "recusals",
    gettext_lazy("The case is hidden from the person at once. If he or she handles it, nobody does until you choose somebody."),
)
_LIFT = Act(
    gettext_lazy("Lift a recusal"),
    gettext_lazy("Lift it"),
    "recusals",
    gettext_lazy("The person sees the case again; it does not come back to him or her by itself."),
)


@never_cache
@require_safe
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the sheet."""
    return _show(request, found_case(request, pk, permissions.can_note))


@never_cache
@require_POST
def note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write a note inside the office."""
    case = found_case(request, pk, permissions.can_note)
    form = forms.note_form(request.POST, case, reading.colleagues(case), request.user)
    if done(request, form, actions.write_note, case, _("The note is written.")):
        return to_sheet(case, "notes")
    return _show(request, case, form)


@never_cache
@require_http_methods(METHODS)
def split(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter what the matter alleges."""
    case = found_case(request, pk, permissions.can_decide_allegations)
    form = forms.SplitForm(request.POST or None, case=case)
    if done(request, form, actions.split, case, _("Entered. Each allegation gets its own finding.")):
        return to_sheet(case, "allegations")
    return act_page(request, case, form, _SPLIT)


@never_cache
@require_http_methods(METHODS)
def allegation(request: SignedInRequest, pk: int, allegation_pk: int) -> HttpResponse:
    """Decide on one allegation."""
    case = found_case(request, pk, permissions.can_decide_allegations)
    row = reading.allegation(case, allegation_pk)
    if row is None:
        raise Http404
    form = forms.AllegationForm(request.POST or None, case=case, allegation=row)
    if done(request, form, actions.decide_allegation, row, _("Saved."), case):
        return to_sheet(case, "allegations")
    return act_page(request, case, form, _DECIDE, strike=row)


@never_cache
@require_POST
def strike(request: SignedInRequest, pk: int, allegation_pk: int) -> HttpResponse:
    """Strike out what is no allegation of its own."""
    case = found_case(request, pk, permissions.can_decide_allegations)
    row = reading.allegation(case, allegation_pk)
    if row is None:
        raise Http404
    tried(request, actions.strike_allegation, row, _("Struck out. It counts no more."), version=case.version)
    return to_sheet(case, "allegations")


@never_cache
@require_http_methods(METHODS)
def new_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record what was done to find out, or correct a complete record by a new one (`?replaces=`)."""
    case = found_case(request, pk, permissions.can_record)
    old = reading.complete_record(case, request.GET.get("replaces", ""))
    form = forms.RecordForm(request.POST or None, people=reading.colleagues(case), record=old, replaces=old)
    if done(request, form, actions.record_investigation, case, _("Written. Each investigator is asked to sign.")):
        return to_sheet(case, "records")
    return render(request, "cases/record_form.html", {"form": form, "case": case, "old": old})


@never_cache
@require_safe
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one record."""
    return _record(request, _found_record(request, pk), forms.EvidenceForm())


@never_cache
@require_http_methods(METHODS)
def change_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a record that is not complete."""
    row = _found_record(request, pk)
    if not permissions.can_change_record(request.user, row):
        raise Http404
    form = forms.RecordForm(request.POST or None, people=reading.colleagues(row.case), record=row)
    if done(request, form, actions.change_record, row, _("Changed. Each investigator is asked to sign anew."), row.case):
        return redirect("cases:record", row.pk)
    return render(request, "cases/record_form.html", {"form": form, "case": row.case, "record": row})


@never_cache
@require_POST
def evidence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add an item to a record that is not complete."""
    row = _found_record(request, pk)
    if not permissions.can_change_record(request.user, row):
        raise Http404
    form = forms.EvidenceForm(request.POST, request.FILES)
    if done(request, form, actions.add_evidence, row, _("Added."), row.case):
        return redirect("cases:record", row.pk)
    return _record(request, row, form)


@never_cache
@require_POST
def sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm a record."""
    row = _found_record(request, pk)
    form = forms.SeenForm(request.POST)
    if not form.is_valid() or not permissions.can_sign(request.user, row):
        raise Http404
    tried(request, actions.sign_record, row, _("Signed."), **form.arguments())
    return redirect("cases:record", row.pk)


@never_cache
@require_safe
def record_file(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """Give out the cleaned copy of an item's file; nothing in it can run."""
    stored = reading.evidence_file(_found_record(request, pk), item_pk)
    if stored is None:
        raise Http404
    return downloads.to_be_looked_at(stored)


@never_cache
@require_http_methods(METHODS)
def enter_cost(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter hours or money."""
    case = found_case(request, pk, permissions.can_note)
    suggested = {"spent_on": clock.today(), "spent_by": request.user.pk}
    form = forms.CostForm(request.POST or None, people=reading.colleagues(case), initial=suggested)
    if done(request, form, actions.enter_cost, case, _("Entered.")):
        return to_sheet(case, "costs")
    return act_page(request, case, form, _COST)


@never_cache
@require_http_methods(METHODS)
def correct_cost(request: SignedInRequest, pk: int, cost_pk: int) -> HttpResponse:
    """Take back an entry or a part of it."""
    case = found_case(request, pk, permissions.can_note)
    row = reading.cost(case, cost_pk)
    if row is None:
        raise Http404
    form = forms.CorrectionForm(request.POST or None, cost=row)
    form.fields["amount"].help_text = reading.entry_words(row)
    if done(request, form, actions.correct_cost, row, _("Taken back."), case):
        return to_sheet(case, "costs")
    return act_page(request, case, form, _CORRECT)


@never_cache
@require_http_methods(METHODS)
def declare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stay away from a case; then it is not there any more."""
    case = found_case(request, pk, permissions.can_note)
    form = forms.DeclareForm(request.POST or None)
    said = _("You are recused from case %(number)s. It is hidden from you.") % {"number": case.number}
    if done(request, form, actions.declare_recusal, case, said):
        return redirect("cases:list")
    return act_page(request, case, form, _DECLARE)


@never_cache
@require_http_methods(METHODS)
def order(request: SignedInRequest, pk: int) -> HttpResponse:
    """Order that somebody stays away."""
    case = found_case(request, pk, permissions.can_order_recusal)
    people = [user for user in reading.colleagues(case) if user.pk != request.user.pk]
    form = forms.OrderForm(request.POST or None, people=people)
    if done(request, form, actions.order_recusal, case, _("Ordered. The case is hidden from the person.")):
        return to_sheet(case, "recusals")
    return act_page(request, case, form, _ORDER)


@never_cache
@require_http_methods(METHODS)
def lift(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lift a recusal; one that was lifted already leads to its case."""
    row = get_object_or_404(Recusal.objects.visible_to(request.user).for_list(), pk=pk)
    if not permissions.can_lift_recusal(request.user, row):
        raise Http404
    form = forms.LiftForm(request.POST or None)
    if done(request, form, actions.lift_recusal, row, _("Lifted. The person has been told."), row.case) or row.lifted_at:
        return to_sheet(row.case, "recusals")
    return act_page(request, row.case, form, _LIFT, about=row)


def _show(request: SignedInRequest, case: Case, form: forms.NoteForm | None = None) -> HttpResponse:
    """Show the sheet, with a note that could not be written."""
    page = reading.sheet(case, request.user)
    form = form or forms.note_form(None, case, page.colleagues, request.user)
    context = {"page": page, "case": case, "note": form, "redress": redress(case, request.user)}
    return render(request, "cases/inquiry.html", context)


def _record(request: SignedInRequest, row: InvestigationRecord, form: forms.EvidenceForm) -> HttpResponse:
    line = reading.record_line(row, request.user)
    return render(request, "cases/record.html", {"line": line, "case": row.case, "form": form})


def _found_record(request: SignedInRequest, pk: int) -> InvestigationRecord:
    """Find a record of a case that the person may see."""
    return get_object_or_404(InvestigationRecord.objects.visible_to(request.user).for_list(), pk=pk)
