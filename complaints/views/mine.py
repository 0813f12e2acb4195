"""Finding one's matters again by a confirmed number, opening them, and a new query code for one whose code is lost."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints import actions, mine, passes, proofs
from complaints.forms.proving import CodeForm, NumberForm
from complaints.models import Complaint
from complaints.passes import Proved
from core import clock

from .proving import asked, proved

MATTERS = "matters"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Take a mobile number; the answer is the same for every number."""
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and asked(request, form, proofs.FINDING, what_for=MATTERS):
        return redirect("complaints:mine_code")
    return render(request, "complaints/mine_find.html", {"form": form})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Take the six digits."""
    awaited = passes.awaited_code(request.session, what_for=MATTERS)
    if awaited is None:
        return redirect("complaints:mine_find")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and (phone := proved(request, form, awaited)):
        found = Proved(proofs.index_of(phone), awaited.masked)
        passes.remember_phone(request.session, found, at=clock.now())
        return redirect("complaints:mine")
    return render(request, "complaints/mine_code.html", {"form": form, "phone": awaited.masked})


@login_not_required
@never_cache
@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """Show the matters of the confirmed number."""
    known = passes.proved_phone(request.session, at=clock.now())
    if known is None:
        return redirect("complaints:mine_find")
    page = mine.matters_of(known, request.GET.get("before", ""))
    return render(request, "complaints/mine.html", {"page": page, "phone": known.masked})


@login_not_required
@never_cache
@require_POST
def open_matter(request: HttpRequest, number: str) -> HttpResponse:
    """Open one of them, as number and code do."""
    complaint = _mine(request, number)
    if complaint is None:
        return redirect("complaints:mine_find")
    passes.open_complaint(request.session, complaint, at=clock.now())
    return redirect("complaints:track_detail", complaint.number)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_code(request: HttpRequest, number: str) -> HttpResponse:
    """Say what a new query code means, and make one; the receipt shows it."""
    complaint = _mine(request, number)
    if complaint is None:
        return redirect("complaints:mine_find")
    if request.method != "POST":
        return render(request, "complaints/mine_new_code.html", {"complaint": complaint})
    seen = request.POST.get("seen", "")[:6]
    renewed = actions.renew_code(complaint, seen=int(seen) if seen.isdecimal() else 0, at=clock.now())
    passes.open_complaint(request.session, renewed, at=clock.now())
    messages.success(request, gettext("This is your new query code. The old one no longer works"))
    return redirect("complaints:receipt", renewed.number)


def _mine(request: HttpRequest, number: str) -> Complaint | None:
    """Find a matter of the confirmed number; None when no number is confirmed. To everybody else it does not exist."""
    known = passes.proved_phone(request.session, at=clock.now())
    if known is None:
        return None
    if found := mine.matter_of(known, number):
        return found
    raise Http404
