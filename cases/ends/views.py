"""Pages on which a case is opened again, put into the archive, or made an ordinary one again."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from cases import actions, permissions
from cases.acting import METHODS, act_page, case_of, done, too_late
from cases.forms import VersionedForm
from core import clock

from .forms import LowerForm, ReopenForm
from .reading import last_assignment, open_matters


@never_cache
@require_http_methods(METHODS)
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a case again."""
    case = case_of(request, pk, permissions.can_reopen)
    form = ReopenForm.opened(request.POST, case=case, assignment=last_assignment(case))
    if done(request, form, actions.reopen, case, _("Opened again. Everyone concerned has been told.")):
        return redirect("cases:detail", pk)
    if too_late(request, case, "reopen"):
        return redirect("cases:detail", pk)
    return act_page(request, "reopen", case, form)


@never_cache
@require_http_methods(METHODS)
def archive(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put an ended case into the archive, or say what is still open in it."""
    case = case_of(request, pk, permissions.can_archive)
    form = VersionedForm(request.POST or None, case=case)
    if done(request, form, actions.archive, case, _("The case is in the archive.")) or too_late(request, case, "archive"):
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
