"""After filing: messages to the office, more evidence, withdrawal; for who knew the code."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from complaints import actions, passes, tracking, uploads
from complaints.forms.following import MessageForm, SupplementForm, TrackForm, WithdrawForm
from complaints.models import Complaint
from core import clock
from core.slowdown import Brake

from .following import standing, to_the_door
from .waiting import UPLOADING, too_many_uploads

# Against flooding the office: so many messages about one matter, then growing waits.
WRITING = Brake("message", free=10)
LONGEST_KEPT = 4000  # characters of an unsent message that the door shows again


@login_not_required
@never_cache
@require_POST
def message(request: HttpRequest, number: str) -> HttpResponse:
    """Keep a message to the office, once; what cannot be sent stays in the box."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    form = MessageForm(request.POST)
    if complaint is None:
        return _door_with_text(request, number, form)
    if form.is_valid() and _sent(complaint, form):
        messages.success(request, gettext("Your message has been sent to the office"))
        return redirect(f"{reverse('complaints:track_detail', args=[number])}#messages")
    return standing(request, complaint, talk=form)


def _sent(complaint: Complaint, form: MessageForm) -> bool:
    """Send it, or say in the form why not."""
    at = clock.now()
    if wait := WRITING.admit({"number": complaint.number}, at=at):
        form.add_error("text", _too_many(-(-wait // 60)))
        return False
    try:
        actions.write(complaint, form.cleaned_data["text"], token=form.cleaned_data["token"], at=at)
    except actions.MessageRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _too_many(minutes: int) -> str:
    words = ngettext(
        "Many messages in a short time. Send this one in %(n)d minute",
        "Many messages in a short time. Send this one in %(n)d minutes",
        minutes,
    )
    return words % {"n": minutes}


def _door_with_text(request: HttpRequest, number: str, form: MessageForm) -> HttpResponse:
    """Ask for the code again, and show what was written so that it can be copied."""
    unsent = str(form["text"].value() or "")[:LONGEST_KEPT]
    door = TrackForm(initial={"number": number[:14]})
    return render(request, "complaints/track.html", {"form": door, "unsent": unsent})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """Take more evidence; files that can be taken are, each of the others is told."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    if complaint is None:
        return to_the_door(number)
    if not tracking.can(complaint).supplement:
        return _too_late(request, number)
    if "give_up" in request.POST:
        actions.give_up_of(complaint, request.POST["give_up"])
        return redirect("complaints:supplement", number)
    form = SupplementForm(request.POST, request.FILES) if request.method == "POST" else SupplementForm()
    if form.is_bound and form.is_valid() and _added(request, complaint, form):
        return redirect(f"{reverse('complaints:track_detail', args=[number])}#evidence")
    page = {"form": form, "complaint": complaint, "under_way": uploads.under_way(complaint)}
    return render(request, "complaints/supplement.html", page)


def _added(request: HttpRequest, complaint: Complaint, form: SupplementForm) -> bool:
    """Add the files; returns whether all could be taken. Why one could not stands in the form."""
    marks, at = {"address": request.META["REMOTE_ADDR"]}, clock.now()
    if wait := UPLOADING.admit(marks, at=at):
        form.add_error("uploads", too_many_uploads(wait))
        return False
    try:
        taken = actions.supplement(complaint, form.cleaned_data["uploads"], at=at)
    except actions.SupplementRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    if not taken.refused:
        UPLOADING.forgive(marks)
    return _told(request, taken, form)


def _told(request: HttpRequest, taken: actions.Supplement, form: SupplementForm) -> bool:
    """Say what was taken and, in the form, what was not; returns whether all was."""
    if taken.kept or not taken.refused:
        messages.success(request, gettext("Your evidence has arrived. The office has been told"))
    for why in taken.refused:
        form.add_error("uploads", why)
    return not taken.refused


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Say what withdrawing means, and withdraw."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    if complaint is None:
        return to_the_door(number)
    if not tracking.can(complaint).withdraw:
        return _too_late(request, number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        _withdrawn(request, complaint, form.cleaned_data["reason"])
        return redirect("complaints:track_detail", number)
    return render(request, "complaints/withdraw.html", {"form": form, "complaint": complaint})


def _withdrawn(request: HttpRequest, complaint: Complaint, reason: str) -> None:
    try:
        actions.withdraw(complaint, reason, at=clock.now())
        messages.success(request, gettext("You have withdrawn the complaint"))
    except actions.WithdrawalRefused as refusal:
        messages.warning(request, str(refusal))


def _too_late(request: HttpRequest, number: str) -> HttpResponse:
    messages.warning(request, gettext("This is no longer possible: the matter has ended or was withdrawn"))
    return redirect("complaints:track_detail", number)
