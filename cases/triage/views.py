"""The triage desk: the next case that waits, decided on the page that shows it; after that the next one."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from cases import actions, permissions
from cases.models import Case
from cases.reading import matters_of
from cases.ways.forms import AcceptForm
from cases.workflow import Refused, Status
from core import clock
from core.refusals import say_beside_field

from . import filling, leases, line, reading
from .wording import what_became_of


@never_cache
@require_safe
def triage(request: SignedInRequest) -> HttpResponse:
    """Open the desk: the first case that nobody else has open, or a word that nothing waits."""
    if not permissions.can_triage(request.user):
        raise Http404
    waiting = line.waiting(request.user)
    first = leases.first_free([pk for _at, pk in waiting.places], request.user, at=clock.now())
    if first is not None:
        return redirect("cases:triage_case", first)
    views = reading.elsewhere_in_queue(request.user)
    return render(request, "cases/triage_empty.html", {"day": line.day_of(request.user, waiting, clock.now()), "views": views})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def triage_case(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one case at the desk and accept it; one that was decided meanwhile makes room for the next."""
    case = _case(request, pk)
    if case.status != Status.TRIAGE:
        return _decided(request, case)
    matters = matters_of(case, request.user)
    form, agencies = filling.opened(request.POST, case, matters, by=request.user), reading.agencies()
    suggestion = reading.suggestion_of(matters, agencies)
    filling.fill(form, suggestion)
    if _accepted(request, form, case):
        return _onward(request, case)
    if form.errors and not line.still_waits(case):
        return _decided(request, case)
    page = reading.desk_page(case, matters, suggestion, agencies, user=request.user)
    return render(request, "cases/triage.html", {"page": page, "form": form, "case": case})


@never_cache
@require_POST
def triage_here(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note again that the case lies on this desk, and say on whose it lies too."""
    case = _case(request, pk)
    others = leases.take(case.pk, request.user, at=clock.now())
    return JsonResponse({"names": reading.names_of(others), "waits": case.status == Status.TRIAGE})


def _case(request: SignedInRequest, pk: int) -> Case:
    """Find a case that the person may see and accept; to everybody else it does not exist."""
    case = get_object_or_404(Case.objects.visible_to(request.user).for_desk(), pk=pk)
    if not permissions.can_accept(request.user, case):
        raise Http404
    return case


def _accepted(request: SignedInRequest, form: AcceptForm, case: Case) -> bool:
    """Accept it if the form says so; what is refused is said beside its field, and what was typed stays."""
    if request.method == "POST" and form.checked and form.checked.columns:
        actions.note_words_checked(case, form.checked.columns, by=request.user, at=clock.now())
    if not form.is_valid():
        return False
    try:
        actions.accept(case, by=request.user, at=clock.now(), **form.arguments())
    except Refused as refusal:
        say_beside_field(form, refusal)
        return False
    messages.success(request, _("%(number)s is accepted. Everyone concerned has been told.") % {"number": case.number})
    return True


def _decided(request: SignedInRequest, case: Case) -> HttpResponse:
    """Say what became of a case unless this person did it, and go on."""
    if said := what_became_of(case, line.decision_of(case), request.user):
        messages.warning(request, said)
    return _onward(request, case)


def _onward(request: SignedInRequest, case: Case) -> HttpResponse:
    """Lead to the next case after one that has left the line."""
    leases.give_back(case.pk, request.user, at=clock.now())
    following = line.waiting(request.user).following(case)
    pk = leases.first_free(following, request.user, at=clock.now())
    return redirect("cases:triage") if pk is None else redirect("cases:triage_case", pk)
