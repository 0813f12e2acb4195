"""Pages of the office (queue, case, a page for each act) and of the agencies (their assignments)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from complaints.forms.following import MessageForm
from core import calendars, clock, downloads

from . import actions, assignments, forms, identifying, permissions, reading, unmasking_forms
from .acting import assignment_of, case_of, done, note_checked, too_late
from .identifying_forms import NoteIdentityForm
from .inquiry.reading import allegations
from .models import Case, Unmasking
from .queue import Queue
from .triage import places
from .ways.forms import AcceptForm
from .workflow import Refused, Status


@require_safe
def case_list(request: SignedInRequest) -> HttpResponse:
    """Show the work queue."""
    user = request.user
    if not permissions.can_see_queue(user):
        raise Http404
    queue = Queue(user, request.GET.dict())
    missing_year = calendars.missing_year(clock.today())
    return render(request, "cases/case_list.html", {"page": queue.page(), "filters": queue.filters, "missing_year": missing_year})


@never_cache
@require_safe
def case_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one case."""
    return _show(request, case_of(request, pk))


@never_cache
def reveal_phone(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the complainant's number once, for the call whose purpose was chosen; the look is recorded."""
    case = case_of(request, pk, permissions.can_reveal_phone)
    if request.method != "POST":
        return redirect("cases:detail", case.pk)
    form, phone = forms.CallForm(request.POST, complaints=reading.callable_in(case, request.user)), ""
    if form.is_valid():
        try:
            phone = actions.reveal_phone(case, by=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("purpose", str(refusal))
    context = _detail(request, case) | {"call": form, "phone": phone, "called": form.called}
    context["calls"] = [(one, form if one.complaint.pk == form.called else call) for one, call in context["calls"]]
    return render(request, "cases/case_detail.html", context)


def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept a case and decide who deals with it."""
    case = case_of(request, pk, permissions.can_accept)
    form = AcceptForm.opened(request.POST, case=case, by=request.user)
    return _act(request, case, form, "accept", actions.accept, _("Accepted. Everyone concerned has been told."))


def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Decline a case."""
    case = case_of(request, pk, permissions.can_decline)
    form = forms.DeclineForm(request.POST or None, case=case)
    return _act(request, case, form, "decline", actions.decline, _("Declined. The complainant has been told."))


def report_own(request: SignedInRequest, pk: int) -> HttpResponse:
    """The handler reports the outcome."""
    case = case_of(request, pk, permissions.can_report_own)
    found = allegations(case, request.user)
    form = forms.ReportForm(request.POST or None, case=case, initial={"finding": found.overall})
    said = _("Reported. The office leaders have been told.")
    return _act(request, case, form, "report", actions.report_own, said, allegations=found)


def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """A leader approves the report and gives the reply."""
    case = case_of(request, pk, permissions.can_approve)
    report = reading.open_report(case)
    form = forms.ApproveForm(
        request.POST or None, case=case, initial={"reply": forms.suggested_reply(report, reading.language_of(case))}
    )
    said, found = _("Approved. The complainant has the reply."), allegations(case, request.user)
    return _act(request, case, form, "approve", actions.approve, said, allegations=found)


def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """A leader sends the report back."""
    case = case_of(request, pk, permissions.can_send_back)
    form = forms.SendBackForm.opened(request.POST, case=case, report=reading.open_report(case))
    return _act(request, case, form, "send_back", actions.send_back, _("Sent back. Those who reported have been told."))


def follow_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note a follow-up call."""
    case = case_of(request, pk, permissions.can_follow_up)
    form = forms.FollowUpForm(request.POST or None, case=case)
    return _act(request, case, form, "follow_up", actions.follow_up, _("The follow-up is noted."))


def end_withdrawn(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a case that the complainant has withdrawn."""
    case = case_of(request, pk, permissions.can_end_withdrawn)
    form = forms.ReasonForm(request.POST or None, case=case, hint="withdrawn")
    move = "withdraw" if case.status == Status.TRIAGE else "close_withdrawn"
    return _act(request, case, form, move, actions.end_withdrawn, _("Closed. The complainant has been told."))


@never_cache
@require_POST
def message(request: SignedInRequest, pk: int, complaint_pk: int) -> HttpResponse:
    """Write to a complainant of the case."""
    case = case_of(request, pk, permissions.can_talk)
    complaint, form = (
        reading.complaint_of(case, complaint_pk, request.user),
        MessageForm(request.POST, prefix=f"m{complaint_pk}"),
    )
    if complaint is None:
        raise Http404
    if not form.is_valid():
        return _show(request, case, talk=form)
    actions.write_message(case, complaint, by=request.user, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("Sent. The complainant reads it with number and query code."))
    return redirect(f"{reverse('cases:detail', args=[case.pk])}#messages")


def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close a case with a reason."""
    case = case_of(request, pk, permissions.can_close)
    form = forms.ReasonForm(request.POST or None, case=case, hint="close")
    return _act(request, case, form, "close", actions.close, _("Closed. The complainant has been told."))


@never_cache
def note_identity(request: SignedInRequest, pk: int, complaint_pk: int) -> HttpResponse:
    """Note whether the person named filed it; a matter that is anonymous by now leads back to its case."""
    case = case_of(request, pk, permissions.can_confirm_filer)
    complaint = reading.complaint_of(case, complaint_pk, request.user)
    if complaint is None or complaint.complainant_id is None:
        raise Http404
    checks = identifying.checks_of(complaint, request.user)
    form = NoteIdentityForm(request.POST or None, case=case, complaint=complaint, checks=checks)
    if done(request, form, actions.note_identity, case, _("Noted.")) or not complaint.is_named:
        return redirect("cases:detail", case.pk)
    context = {"form": form, "case": case, "matters": reading.matters_of(case, request.user)}
    return render(request, "cases/note_identity.html", context)


def ask_unmasking(request: SignedInRequest, pk: int, complaint_pk: int) -> HttpResponse:
    """Ask to be told who filed."""
    case = case_of(request, pk, permissions.can_ask_unmasking)
    complaint = reading.unmaskable(case, complaint_pk, request.user)
    if complaint is None:
        raise Http404
    form = unmasking_forms.AskForm(request.POST or None, case=case, complaint=complaint)
    if done(request, form, actions.ask_unmasking, case, _("Asked. You are told as soon as somebody has decided.")):
        return redirect("cases:detail", case.pk)
    return render(request, "cases/ask_unmasking.html", {"form": form, "case": case, "minutes": settings.UNMASKING_MINUTES})


@never_cache
def decide_unmasking(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person decides; a request that needs no decision any more leads to its case."""
    row = _unmasking(request, pk, permissions.can_decide_unmasking)
    form = unmasking_forms.DecisionForm(request.POST or None, case=row.case)
    if done(request, form, actions.decide_unmasking, row, _("Decided. Who asked has been told.")) or row.decision:
        return redirect("cases:detail", row.case_id)
    context = {"form": form, "case": row.case, "row": row, "minutes": settings.UNMASKING_MINUTES}
    return render(request, "cases/decide_unmasking.html", context)


@never_cache
@require_POST
def show_unmasked(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the value once; the look is recorded."""
    row = _unmasking(request, pk, permissions.can_see_unmasked)
    try:
        value = actions.show_unmasked(row, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("cases:detail", row.case_id)
    context = _detail(request, case_of(request, row.case_id)) | {"unmasked": row.pk, "unmasked_value": value}
    return render(request, "cases/case_detail.html", context)


@require_POST
def end_unmasking(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a request or a permission back."""
    row = _unmasking(request, pk, permissions.can_see_unmasked)
    try:
        actions.end_unmasking(row, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("cases:detail", row.case_id)


@never_cache
@require_safe
def evidence(request: SignedInRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """Give out the cleaned copy of a file; nothing in it can run."""
    found = reading.evidence_of(case_of(request, pk), evidence_pk, request.user)
    if found is None:
        raise Http404
    item, name = found
    return downloads.to_be_looked_at(item.file, name)


@never_cache
@require_safe
def evidence_preview(request: SignedInRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """Show a small picture of a file."""
    found = reading.evidence_of(case_of(request, pk), evidence_pk, request.user)
    if found is None:
        raise Http404
    return downloads.small(found[0].file)


@never_cache
@require_safe
def assignment_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one assignment as the agency sees it."""
    page = assignments.assignment_page(assignment_of(request, pk), request.user)
    return render(request, "cases/assignment_detail.html", {"page": page})


@never_cache
def reveal_disclosed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show once what the complainant agreed to disclose to this agency; the look is recorded."""
    assignment = assignment_of(request, pk, permissions.can_see_disclosed)
    disclosed: dict[str, list[str]] = {}
    if request.method != "POST":
        return redirect("cases:assignment_detail", pk)
    try:
        disclosed = actions.reveal_disclosed(assignment, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    page = assignments.assignment_page(assignment, request.user)
    return render(request, "cases/assignment_detail.html", {"page": page, "disclosed": disclosed})


@require_POST
def receive(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sign for an assignment."""
    assignment = assignment_of(request, pk, permissions.can_receive)
    form = forms.VersionedForm(request.POST, case=assignment.case)
    if done(request, form, actions.receive, assignment, _("Signed for. The limit for the report runs.")):
        from_list = request.POST.get("back") == "list"
        return redirect("cases:assignment_list") if from_list else redirect("cases:assignment_detail", pk)
    page = assignments.assignment_page(assignment, request.user)
    return render(request, "cases/assignment_detail.html", {"page": page, "form": form})


def _show(request: SignedInRequest, case: Case, *, talk: MessageForm | None = None) -> HttpResponse:
    """Show a case, with a message that could not be sent; what the complainants wrote has been seen then."""
    context = _detail(request, case, talk)
    actions.note_seen(case, context["page"].new_messages, by=request.user, at=clock.now())
    return render(request, "cases/case_detail.html", context)


def _detail(request: SignedInRequest, case: Case, talk: MessageForm | None = None) -> dict[str, Any]:
    page = reading.case_page(case, request.user)
    talks = {one.complaint.pk: MessageForm(prefix=f"m{one.complaint.pk}") for one in page.matters} if page.may_talk else {}
    if talk is not None:
        talks[int(str(talk.prefix)[1:])] = talk
    calls = [(one, forms.CallForm(auto_id=f"call{one.complaint.pk}_%s")) for one in page.matters]
    return {"page": page, "calls": calls, "talks": [(one, talks.get(one.complaint.pk)) for one in page.matters]}


def _unmasking(request: SignedInRequest, pk: int, may: Callable[[User, Unmasking], bool]) -> Unmasking:
    """Find a request that the person may act on."""
    row = get_object_or_404(Unmasking.objects.visible_to(request.user).for_detail(), pk=pk)
    if not may(request.user, row):
        raise Http404
    return row


def _act(
    request: SignedInRequest,
    case: Case,
    form: forms.VersionedForm,
    move: str,
    action: Callable[..., object],
    said: str | Promise,
    **more: Any,
) -> HttpResponse:
    """Show the page of an act, or do it and go back to the case."""
    away = places.after(request, case)
    if done(request, form, action, case, said) or too_late(request, case, move):
        return redirect(away)
    note_checked(request, case, form)
    context = _beside(request, case) | {"form": form, "away": away} | more
    return render(request, f"cases/{move}.html", context)


def _beside(request: SignedInRequest, case: Case) -> dict[str, Any]:
    """What stands beside the form of an act."""
    context: dict[str, Any] = {"case": case, "matters": reading.matters_of(case, request.user)}
    context["report"] = reading.open_report(case)
    context["same_person"] = reading.same_person(case, request.user) if case.status == Status.TRIAGE else None
    context["duplicates"] = reading.duplicates(case, request.user) if case.status == Status.TRIAGE else []
    return context
