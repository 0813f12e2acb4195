"""Where who reported collects a reward; for who knew number and query code, and the claim code where there is no name."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints import passes
from complaints.models import Complaint
from complaints.views.following import to_the_door
from complaints.views.waiting import too_many_tries
from core import clock
from core.refusals import say_beside_field
from core.slowdown import Brake
from supervisors import actions
from supervisors.refusals import Refused

from . import facts, forms, standings
from .eligibility import Source

CLAIMING = Brake("claim-code")  # the tries of the page on which a reward is claimed count along
_PAGE = "supervisors/rewards/collect.html"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def collect(request: HttpRequest, number: str) -> HttpResponse:
    """Say how the reward is wanted; where nothing waits the page leads to what has become of it."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    if complaint is None:
        return to_the_door(number)
    standing = standings.reward_of(complaint)
    if standing is None or not standing.url:
        return redirect("complaints:track_detail" if standing is None else "complaints:reward", number)
    anonymous = facts.source_of(complaint) in {Source.CLAIM_CODE, Source.UNPROVED}
    form = forms.CollectForm(request.POST if request.method == "POST" else None, needs_code=anonymous, cash_only=anonymous)
    if form.is_bound and form.is_valid():
        return _collected(request, complaint, form)
    return render(request, _PAGE, {"form": form, "complaint": complaint, "standing": standing})


def _collected(request: HttpRequest, complaint: Complaint, form: forms.CollectForm) -> HttpResponse:
    """Collect; a wrong code says only that it is wrong, and slows down."""
    at, wanted = clock.now(), form.wanted()
    marks = {"address": request.META["REMOTE_ADDR"], "number": complaint.number}
    standing = standings.reward_of(complaint)
    if wanted.code and (wait := CLAIMING.admit(marks, at=at)):
        return too_many_tries(request, _PAGE, form, wait, complaint=complaint, standing=standing)
    try:
        actions.collect_on_page(complaint, wanted, at=at)
    except Refused as refusal:
        say_beside_field(form, refusal)
        return render(request, _PAGE, {"form": form, "complaint": complaint, "standing": standing})
    if wanted.code:
        CLAIMING.forgive(marks)
    messages.success(request, _("Noted. The office pays it out now"))
    return redirect("complaints:reward", complaint.number)
