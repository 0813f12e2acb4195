"""Pages on which a case is opened again, put into the archive, or made an ordinary one again."""

from collections.abc import Callable
from typing import Any, Protocol

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import SignedInRequest
from cases import actions, permissions, reading
from cases.forms import VersionedForm
from cases.models import Case
from cases.workflow import Refused, allows, check
from core import clock

from .forms import LowerForm, ReopenForm
from .reading import last_assignment, open_matters

METHODS = ["GET", "HEAD", "POST"]


class Answered(Protocol):
    """A form that knows what its action takes."""

    fields: dict[str, Any]

    def is_valid(self) -> bool:
        """Whether it is filled in."""
        ...

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        ...

    def add_error(self, field: str | None, error: Any) -> None:
        """Say what is wrong."""
        ...


@never_cache
@require_http_methods(METHODS)
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a case again."""
    case = case_of(request, pk, permissions.can_reopen)
    form = ReopenForm.opened(request.POST, case=case, assignment=last_assignment(case))
    if done(request, form, actions.reopen, case, _("Opened again. Everyone concerned has been told.")):
        return redirect("cases:detail", pk)
    if _too_late(request, case, "reopen"):
        return redirect("cases:detail", pk)
    if form.checked and form.checked.columns:
        actions.note_words_checked(case, form.checked.columns, by=request.user, at=clock.now())
    return act_page(request, "reopen", case, form)


@never_cache
@require_http_methods(METHODS)
def archive(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put an ended case into the archive, or say what is still open in it."""
    case = case_of(request, pk, permissions.can_archive)
    form = VersionedForm(request.POST or None, case=case)
    if done(request, form, actions.archive, case, _("The case is in the archive.")) or _too_late(request, case, "archive"):
        return redirect("cases:detail", pk)
    return act_page(request, "archive", case, form, still_open=open_matters(case, clock.today()))


@never_cache
@require_http_methods(METHODS)
def lower_problem(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a problem case an ordinary one again; one that is none leads to its sheet."""
    case = case_of(request, pk, permissions.can_lower_problem)
    form = LowerForm(request.POST or None, case=case)
    if done(request, form, actions.lower_problem, case, _("It is no problem case any more.")) or case.problem_at is None:
        return redirect("cases:quality", pk)
    return act_page(request, "lower_problem", case, form)


def case_of(request: SignedInRequest, pk: int, may: Callable[[User, Case], bool]) -> Case:
    """Find a case that the person may see and act on; to everybody else it does not exist."""
    case = get_object_or_404(Case.objects.visible_to(request.user).for_detail(), pk=pk)
    if not may(request.user, case):
        raise Http404
    return case


def act_page(request: SignedInRequest, name: str, case: Case, form: object, **more: Any) -> HttpResponse:
    """Show the page of an act, the matter beside it."""
    context = {"form": form, "case": case, "matters": reading.matters_of(case, request.user)}
    return render(request, f"cases/{name}.html", context | more)


def done(request: SignedInRequest, form: Answered, action: Callable[..., object], row: object, said: str | Promise) -> bool:
    """Do what a valid form asks; what is refused is said beside the field, and what was typed stays."""
    if not form.is_valid():
        return False
    try:
        action(row, by=request.user, at=clock.now(), **form.arguments())
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, str(said))
    return True


def _too_late(request: SignedInRequest, case: Case, move: str) -> bool:
    """Say so when the page is opened for a move that the case's state does not have."""
    if request.method == "POST" or allows(move, case.status):
        return False
    try:
        check(move, case.status)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return True
