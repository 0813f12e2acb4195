"""Pages on which a post or somebody's cases are handed over, and on which the successor takes them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from accounts.roles import OFFICE
from agencies.models import Post
from cases import actions, permissions
from cases.bulk import Skipped
from cases.models import Handover
from cases.workflow import Refused
from core import clock

from . import reading
from .forms import HandOverCasesForm, HandOverPostForm

_METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(_METHODS)
def hand_over_post(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand a post on, with the list of what is open there."""
    post = _post(request, pk)
    form = HandOverPostForm(request.POST or None, post=post, by=request.user)
    if form.is_valid():
        try:
            made = actions.hand_over_post(post, to=form.successor, by=request.user, at=clock.now())
        except Refused as refusal:
            form.add_error("username" if "username" in form.data and form.data.get("to") == "other" else None, str(refusal))
        else:
            messages.success(request, _("Handed over. The successor has been told; reminders go there from now on."))
            return redirect("cases:handover", made.pk)
    return render(request, "cases/hand_over_post.html", {"form": form, "page": reading.post_page(post)})


@never_cache
@require_safe
def handover(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the list of a handover, to be read, printed and signed."""
    return render(request, "cases/handover.html", {"page": reading.handover_page(_handover(request, pk), request.user)})


@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The successor has taken it over."""
    row = _handover(request, pk)
    if not permissions.can_confirm_handover(request.user, row):
        raise Http404
    actions.confirm_handover(row, by=request.user, at=clock.now())
    messages.success(request, _("Confirmed. The list stays here for both of you."))
    return redirect("cases:handover", pk)


@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    """List the people of the office with the work in hand."""
    if not permissions.can_act_on_many(request.user):
        raise Http404
    return render(request, "cases/people.html", {"people": reading.people(), "waiting": reading.waiting(request.user)})


@never_cache
@require_http_methods(_METHODS)
def hand_over_cases(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand on all open cases of somebody of the office."""
    person = get_object_or_404(User, pk=pk)
    page = reading.person_page(person, request.user)
    if not permissions.can_hand_over_person(request.user, person) or not (
        person.has_role(*OFFICE) or page.cases or page.handovers
    ):
        raise Http404
    form = HandOverCasesForm(request.POST or None, person=person)
    if form.is_valid():
        made, skipped = actions.hand_over_cases(person, to=form.successor, by=request.user, at=clock.now())
        _say(request, made, skipped)
        return redirect("cases:handover", made.pk) if made else redirect("cases:hand_over_cases", pk)
    return render(request, "cases/hand_over_cases.html", {"form": form, "page": page})


def _say(request: SignedInRequest, made: Handover | None, skipped: list[Skipped]) -> None:
    if made:
        messages.success(request, _("Handed over. Both have been told."))
    for one in skipped:
        messages.warning(request, f"{one.case.number}: {one.reason}")
    if made is None and not skipped:
        messages.info(request, _("Nothing is open; there was nothing to hand over."))


def _post(request: SignedInRequest, pk: int) -> Post:
    """Find a post that is held and that the person may hand over; to everybody else it does not exist."""
    rows = Post.objects.current().select_related("agency__parent__parent", "user")
    post = get_object_or_404(rows, pk=pk)
    if not permissions.can_hand_over_post(request.user, post):
        raise Http404
    return post


def _handover(request: SignedInRequest, pk: int) -> Handover:
    return get_object_or_404(Handover.objects.visible_to(request.user).for_list(), pk=pk)
