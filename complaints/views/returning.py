"""Leaving a draft and coming back to it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from complaints import codes, drafts, passes
from complaints.forms.following import ResumeForm
from complaints.wizard import Walk
from core import clock
from core.slowdown import Brake

from .waiting import too_many_tries

RESUMING = Brake("resume")


@login_not_required
@never_cache
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """Say how to come back, once."""
    draft = passes.left_draft(request.session, at=clock.now())
    if draft is None:
        return redirect("complaints:resume")
    return render(request, "complaints/left.html", {"code": codes.resume_code(draft), "until": drafts.last_day(draft)})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Take a resume code; wrong ones slow down."""
    form = ResumeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        marks = {"address": request.META["REMOTE_ADDR"]}
        if wait := RESUMING.admit(marks, at=clock.now()):
            return too_many_tries(request, "complaints/resume.html", form, wait)
        if address := _resumed(request, form):
            RESUMING.forgive(marks)
            return redirect("complaints:step", address)
    return render(request, "complaints/resume.html", {"form": form})


def _resumed(request: HttpRequest, form: ResumeForm) -> str:
    """Let the browser go on with the draft and return its open step, or an empty text and an error in the form."""
    at = clock.now()
    draft = passes.draft_with(codes.resume_index(form.cleaned_data["code"]), at=at)
    if draft is None:
        form.add_error(
            "code", gettext("There is no draft with this code. It may have expired; drafts are deleted after some days")
        )
    elif draft.complaint:
        form.add_error("code", gettext("This draft was submitted as %(number)s") % {"number": draft.complaint.number})
    else:
        passes.remember_draft(request.session, draft, at=at)
        return Walk(draft).first_open().slug
    return ""
