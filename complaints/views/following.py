"""Following a matter: number and code, where it stands, the receipt, the rating."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints import actions, codes, lasting_proof, passes, receipts, tracking
from complaints.forms.following import MessageForm, RatingForm, TrackForm
from complaints.models import Complaint
from core import clock, downloads
from core.slowdown import Brake

from .receipt_files import saved
from .waiting import too_many_tries

TRACKING = Brake("track")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Take number and query code; a wrong pair says only that nothing was found, and slows down."""
    form = TrackForm(request.POST if request.method == "POST" else None, initial={"number": request.GET.get("number", "")[:14]})
    if form.is_bound and form.is_valid():
        number = codes.plain_number(form.cleaned_data["number"])
        marks = {"address": request.META["REMOTE_ADDR"], "number": number}
        if wait := TRACKING.admit(marks, at=clock.now()):
            return too_many_tries(request, "complaints/track.html", form, wait)
        if complaint := _with_code(form, number):
            TRACKING.forgive(marks)
            passes.open_complaint(request.session, complaint, at=clock.now())
            return redirect("complaints:track_detail", complaint.number)
    return render(request, "complaints/track.html", {"form": form})


def _with_code(form: TrackForm, number: str) -> Complaint | None:
    complaint = passes.complaint_with(number)
    if codes.opens(complaint, form.cleaned_data["code"]):
        return complaint
    form.add_error(None, gettext("Nothing was found with this number and code. Check both on your receipt"))
    return None


@login_not_required
@never_cache
@require_safe
def track_detail(request: HttpRequest, number: str) -> HttpResponse:
    """Show where a matter stands, to who knew its code."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    return to_the_door(number) if complaint is None else standing(request, complaint)


def standing(
    request: HttpRequest, complaint: Complaint, *, rating: RatingForm | None = None, talk: MessageForm | None = None
) -> HttpResponse:
    """Show the page with one of its forms as it was sent; what the office wrote has been seen then."""
    page: dict[str, Any] = tracking.page_of(complaint)
    actions.note_seen([said.pk for said in page["thread"] if said.is_new], at=clock.now())
    forms = {"form": rating or RatingForm(), "talk": talk or MessageForm()}
    return render(request, "complaints/track_detail.html", page | forms)


def to_the_door(number: str) -> HttpResponse:
    """Ask for the code again."""
    return redirect(f"{reverse('complaints:track')}?number={codes.plain_number(number)}")


@login_not_required
@require_POST
def rate(request: HttpRequest, number: str) -> HttpResponse:
    """Keep the rating, once."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    if complaint is None:
        return to_the_door(number)
    form = RatingForm(request.POST)
    if not form.is_valid():
        return standing(request, complaint, rating=form)
    try:
        actions.rate(complaint, form.cleaned_data["satisfaction"], form.cleaned_data["reason"], at=clock.now())
        messages.success(request, gettext("Thank you. Your rating has been kept"))
    except actions.RatingRefused as error:
        messages.warning(request, str(error))
    return redirect("complaints:track_detail", number)


@login_not_required
@never_cache
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Show the receipt, to who has just filed or knew the code."""
    complaint, just_filed = (
        passes.complaint_of(request.session, number, at=clock.now()),
        passes.was_filed(request.session, number, at=clock.now()),
    )
    if complaint is None:
        return to_the_door(number)
    return render(request, "complaints/receipt.html", {"receipt": receipts.receipt_of(complaint, just_filed=just_filed)})


@login_not_required
@never_cache
@require_safe
def receipt_file(request: HttpRequest, number: str) -> HttpResponse:
    """Hand the receipt out as a file, to the same people."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    return to_the_door(number) if complaint is None else saved(request, complaint)


@login_not_required
@never_cache
@require_safe
def proof(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the proof that the matter was filed, to the same people."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    if complaint is None:
        return to_the_door(number)
    try:
        content = json.dumps(lasting_proof.proof_of(complaint), ensure_ascii=False, indent=1)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return downloads.saved(content.encode(), name=lasting_proof.file_name(complaint), media_type="application/json")


@login_not_required
@require_POST
def done(request: HttpRequest) -> HttpResponse:
    """Forget on this device what was looked at."""
    passes.close_complaints(request.session)
    messages.success(request, gettext("Closed. Nobody who uses this device next can see it"))
    return redirect("complaints:track")
