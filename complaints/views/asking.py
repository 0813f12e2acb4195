"""What can be asked for once there is a reply: a review, a reward; and what an agency may learn. For who knew the code."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from complaints import actions, asking, passes, receipts, tracking
from complaints.forms.asking import ClaimForm, ConsentForm, IdNumberForm, ReviewForm
from complaints.models import Complaint, RewardClaim
from core import clock
from core.slowdown import Brake

from .following import to_the_door
from .waiting import too_many_tries

CLAIMING = Brake("claim-code")
_NO_CLAIM = gettext_noop("A reward cannot be claimed for this matter here. Call the hotline if you have a question")
_READ_AND_POST = ["GET", "HEAD", "POST"]


@login_not_required
@never_cache
@require_http_methods(_READ_AND_POST)
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Say what a review is, and ask for it."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    if complaint is None:
        return to_the_door(number)
    offer = tracking.offers(complaint).review
    form = ReviewForm(request.POST if request.method == "POST" else None, initial={"level": offer.offer})
    if form.is_bound and form.is_valid() and _asked(request, complaint, form):
        return redirect("complaints:track_detail", number)
    if not offer.offer:
        return _back(request, number, offer.refusal)
    within = receipts.answer_span(final=offer.is_final)
    return render(request, "complaints/review.html", {"form": form, "complaint": complaint, "offer": offer, "within": within})


def _asked(request: HttpRequest, complaint: Complaint, form: ReviewForm) -> bool:
    """Ask for it; why it cannot be asked for stands in the form, beside what was typed."""
    try:
        actions.ask_review(complaint, form.cleaned_data["level"], form.cleaned_data["reason"], at=clock.now())
    except actions.ReviewRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, gettext("You have asked for a review. The office has been told"))
    return True


@login_not_required
@never_cache
@require_http_methods(_READ_AND_POST)
def reward(request: HttpRequest, number: str) -> HttpResponse:
    """Say what a claim means and take it; afterwards show how it stands."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    if complaint is None:
        return to_the_door(number)
    offers, proof = tracking.offers(complaint), asking.proof_of(complaint)
    if offers.claim or offers.reward:
        context = {"complaint": complaint, "claim": offers.claim, "reward": offers.reward, "proof": proof}
        return render(request, "complaints/reward_claimed.html", context)
    if not offers.may_claim or proof is None:
        return _back(request, number, gettext(_NO_CLAIM))
    form = ClaimForm(request.POST if request.method == "POST" else None, proof=proof)
    if form.is_bound and form.is_valid():
        return _claimed(request, complaint, form)
    return render(request, "complaints/reward.html", {"form": form, "complaint": complaint})


def _claimed(request: HttpRequest, complaint: Complaint, form: ClaimForm) -> HttpResponse:
    """Claim; a wrong code says only that it is wrong, and slows down."""
    at, code = clock.now(), form.cleaned_data.get("code", "")
    marks = {"address": request.META["REMOTE_ADDR"], "number": complaint.number}
    if code and (wait := CLAIMING.admit(marks, at=at)):
        return too_many_tries(request, "complaints/reward.html", form, wait, complaint=complaint)
    try:
        actions.claim_reward(complaint, code=code, at=at)
    except actions.ClaimRefused as refusal:
        form.add_error("code" if code else None, str(refusal))
        return render(request, "complaints/reward.html", {"form": form, "complaint": complaint})
    if code:
        CLAIMING.forgive(marks)
    messages.success(request, gettext("Your claim has arrived"))
    return redirect("complaints:reward", complaint.number)


@login_not_required
@never_cache
@require_http_methods(_READ_AND_POST)
def id_number(request: HttpRequest, number: str) -> HttpResponse:
    """Take the ID number of a claimant who wants to give it."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    if complaint is None:
        return to_the_door(number)
    claim = asking.claim_of(complaint)
    if claim is None or claim.proof != RewardClaim.Proof.VERIFIED or asking.proof_of(complaint) != claim.proof:
        return redirect("complaints:reward", number)
    form = IdNumberForm(request.POST if request.method == "POST" else None, today=clock.today())
    if form.is_bound and form.is_valid() and _kept(request, complaint, form):
        return redirect("complaints:reward", number)
    return render(request, "complaints/id_number.html", {"form": form, "complaint": complaint})


def _kept(request: HttpRequest, complaint: Complaint, form: IdNumberForm) -> bool:
    said = form.cleaned_data
    try:
        actions.give_id_number(complaint, kind=said["kind"], number=said["number"], at=clock.now())
    except actions.IdNumberRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, gettext("The number is kept, sealed"))
    return True


@login_not_required
@never_cache
@require_POST
def remove_id_number(request: HttpRequest, number: str) -> HttpResponse:
    """Delete the ID number for good."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    if complaint is None:
        return to_the_door(number)
    try:
        actions.remove_id_number(complaint, at=clock.now())
        messages.success(request, gettext("The number is deleted"))
    except actions.IdNumberRefused as refusal:
        messages.warning(request, str(refusal))
    return redirect("complaints:reward", number)


@login_not_required
@never_cache
@require_http_methods(_READ_AND_POST)
def disclosure(request: HttpRequest, number: str) -> HttpResponse:
    """Show what each agency may learn, and let it be taken back, or given while nothing was sent."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    if complaint is None:
        return to_the_door(number)
    agencies = tracking.offers(complaint).agencies
    forms = [ConsentForm(_posted_for(request, to.agency.pk), to=to) for to in agencies]
    if any(_decided(request, complaint, form) for form in forms if form.is_bound):
        return redirect("complaints:disclosure", number)
    if not agencies:
        return _back(request, number, gettext("No agency is told who you are in this matter"))
    return render(request, "complaints/disclosure.html", {"forms": forms, "complaint": complaint})


def _posted_for(request: HttpRequest, agency: int) -> object:
    """Return what was posted when it is the form of this agency."""
    return request.POST if request.POST.get("for") == str(agency) else None


def _decided(request: HttpRequest, complaint: Complaint, form: ConsentForm) -> bool:
    """Keep the decision, or say why the page must be looked at once more; False when the form makes no sense."""
    if not form.is_valid():
        return False
    wanted = form.arguments() | ({"fields": []} if "nothing" in request.POST else {})
    try:
        actions.set_consent(complaint, form.to.agency, at=clock.now(), **wanted)
        messages.success(request, gettext("Kept. The office has been told"))
    except (actions.ConsentChanged, actions.ConsentRefused) as refusal:
        messages.warning(request, str(refusal))
    return True


def _back(request: HttpRequest, number: str, why: str) -> HttpResponse:
    messages.warning(request, why)
    return redirect(reverse("complaints:track_detail", args=[number]))
