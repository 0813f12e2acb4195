"""The supervisor's own pages on the phone, and the office's pages of duties."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from accounts.roles import Role
from core import clock
from core.paging import keyset_page
from supervisors import actions, permissions
from supervisors.acting import METHODS, done, page, tried
from supervisors.inspecting.reading import own_plans
from supervisors.models import DutyLog, Supervisor, Task
from supervisors.models.roster import Kind
from supervisors.tips.reading import to_collect

from . import counting, forms, reading


@never_cache
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """The supervisor's own home."""
    if not request.user.has_role(Role.SUPERVISOR):
        raise Http404
    today = clock.today()
    ahead = {"plans": own_plans(request.user, today), "rewards": to_collect(request.user)}
    return render(request, "supervisors/mine.html", reading.own_page(request.user, today) | ahead)


@never_cache
@require_http_methods(METHODS)
def log(request: SignedInRequest) -> HttpResponse:
    """Enter a day's duty."""
    row = _own(request)
    form = forms.DutyForm(request.POST or None, initial=reading.suggested(row, clock.today()))
    if done(request, form, actions.log_duty, row, said=_("Entered. An officer confirms it.")):
        return redirect("supervisors:mine")
    return page(request, form, _("Log a duty"), back=reverse("supervisors:mine"), button=_("Save"), is_phone=True)


@never_cache
@require_http_methods(METHODS)
def task_done(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that a task is done."""
    _own(request)
    task = get_object_or_404(Task.objects.visible_to(request.user).for_list(), pk=pk)
    if task.supervisor.user_id != request.user.pk:
        raise Http404
    form = forms.TaskDoneForm(request.POST if request.method == "POST" else None)
    if done(request, form, actions.finish_task, task, said=_("Done. Whoever set the task is told.")):
        return redirect("supervisors:mine")
    back = reverse("supervisors:mine")
    return page(request, form, task.title, lead=task.text, back=back, button=_("It is done"), is_phone=True)


@never_cache
@require_http_methods(METHODS)
def declare(request: SignedInRequest) -> HttpResponse:
    """Declare an interest."""
    row = _own(request)
    form = forms.InterestForm(request.POST or None)
    if done(request, form, actions.declare_interest, row, said=_("Declared.")):
        return redirect("supervisors:mine")
    lead = _("Name every agency in which you have a stake, so that nobody doubts what you report.")
    return page(request, form, _("Declare an interest"), lead=lead, back=reverse("supervisors:mine"), is_phone=True)


@never_cache
@require_POST
def end_interest(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that a stake is gone."""
    interest = reading.own_interest(_own(request), pk)
    if interest is None:
        raise Http404
    tried(request, actions.end_interest, interest, said=_("Noted."))
    return redirect("supervisors:mine")


@never_cache
@require_POST
def confirm_interests(request: SignedInRequest) -> HttpResponse:
    """Say that the list of interests is whole."""
    tried(request, actions.confirm_interests, _own(request), said=_("Confirmed for this year."))
    return redirect("supervisors:mine")


@never_cache
@require_safe
def duty_list(request: SignedInRequest) -> HttpResponse:
    """The duty log: what waits for confirmation, or all."""
    _office_only(request)
    look = "all" if request.GET.get("look") == "all" else "waiting"
    found = keyset_page(reading.logs_for(request.user, look=look), request.GET.get("before", ""), size=50)
    return render(request, "supervisors/duty_list.html", {"page": found, "look": look})


@never_cache
@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm a duty."""
    tried(request, actions.confirm_duty, _duty(request, pk), said=_("Confirmed."))
    return redirect("supervisors:duties")


@never_cache
@require_http_methods(METHODS)
def refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """Do not confirm a duty, with the reason."""
    row = _duty(request, pk)
    form = forms.RefuseForm(request.POST or None)
    if done(request, form, actions.refuse_duty, row, said=_("Not confirmed. The supervisor reads why.")):
        return redirect("supervisors:duties")
    facts = [{"term": _("Duty"), "value": f"{row.day} · {row.get_kind_display()} · {row.place}", "note": row.what}]
    back = reverse("supervisors:duties")
    return page(request, form, _("Do not confirm"), back=back, back_text=row.supervisor.user.full_name, facts=facts)


@never_cache
@require_http_methods(METHODS)
def task(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set a task for a supervisor."""
    _office_only(request)
    row = get_object_or_404(Supervisor.objects.visible_to(request.user).for_list(), pk=pk)
    if not permissions.can_judge(request.user, row):
        raise Http404
    form = forms.TaskForm(request.POST or None)
    if done(request, form, actions.set_task, row, said=_("Set. The supervisor is told.")):
        return redirect("supervisors:detail", pk)
    return page(request, form, _("Set a task"), back=reverse("supervisors:detail", args=[pk]), back_text=row.user.full_name)


@never_cache
@require_safe
def quotas(request: SignedInRequest) -> HttpResponse:
    """Who is behind what is expected."""
    _office_only(request)
    kind = request.GET["kind"] if request.GET.get("kind") in Kind.values else Kind.FULL_TIME.value
    everybody = request.GET.get("look") == "all"
    found, people = reading.quota_page(kind, request.GET.get("before", ""), everybody=everybody, today=clock.today())
    context = {"found": found, "page": people, "kind": kind, "kinds": Kind.choices, "everybody": everybody}
    return render(request, "supervisors/quotas.html", context | {"set": reading.quotas_set()})


@never_cache
@require_http_methods(METHODS)
def quota_new(request: SignedInRequest) -> HttpResponse:
    """Say how much is expected."""
    if not permissions.can_lead(request.user):
        raise Http404
    form = forms.QuotaForm(request.POST or None, countable=counting.countable(), initial={"valid_from": clock.today()})
    if done(request, form, actions.set_quota, said=_("Set.")):
        return redirect("supervisors:quotas")
    return page(request, form, _("Set a quota"), back=reverse("supervisors:quotas"))


def _office_only(request: SignedInRequest) -> None:
    if not permissions.is_office(request.user):
        raise Http404


def _own(request: SignedInRequest) -> Supervisor:
    row = reading.own(request.user)
    if row is None or not permissions.is_own(request.user, row):
        raise Http404
    return row


def _duty(request: SignedInRequest, pk: int) -> DutyLog:
    row = get_object_or_404(DutyLog.objects.visible_to(request.user).for_list(), pk=pk)
    if not permissions.can_judge(request.user, row.supervisor):
        raise Http404
    return row
