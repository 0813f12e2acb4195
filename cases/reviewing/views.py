"""The page on which an office leader answers a review."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from cases import actions, permissions, reading
from cases.models import Review
from cases.workflow import Refused, allows
from core import clock

from . import standing
from .forms import AnswerForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer a review; one that waits for nothing more leads to its case."""
    review = get_object_or_404(Review.objects.visible_to(request.user).for_detail(), pk=pk)
    if not permissions.can_see_review(request.user, review):
        raise Http404
    form = AnswerForm(request.POST or None, review=review)
    if form.is_bound and form.is_valid() and _answered(request, review, form):
        return redirect("cases:detail", review.case_id)
    line = next(line for line in standing.lines(review.case, request.user) if line.row.pk == pk)
    if not line.waits and not form.is_bound:
        return redirect("cases:detail", review.case_id)
    context = {"form": form, "case": review.case, "line": line, "matters": reading.matters_of(review.case, request.user)}
    return render(request, "cases/answer_review.html", context | {"reports": reading.reports_of(review.case)})


def _answered(request: SignedInRequest, review: Review, form: AnswerForm) -> bool:
    """Answer it; what is refused is said above the form, and what was typed stays."""
    try:
        actions.answer_review(review, by=request.user, at=clock.now(), **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Answered. The complainant has been told."))
    if form.cleaned_data["outcome"] == Review.Outcome.CHANGED and allows("reopen", review.case.status):
        messages.info(request, _("The reply is changed. If the matter must be looked into anew, open the case again."))
    return True
