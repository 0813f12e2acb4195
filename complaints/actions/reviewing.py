"""Asking for a review of the reply, or for the final one; each once and in time."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from complaints import asking, ports
from complaints.filing import masked
from complaints.models import Complaint, ReviewRequest, Withdrawal
from complaints.reading import filer_of
from core import clock, events, vault

from .rows import lock


class ReviewRefused(Exception):
    """No review can be asked for, now or any more; the message says why and what can be done instead."""


@transaction.atomic
def ask_review(complaint: Complaint, level: int, reason: str, *, at: datetime) -> ReviewRequest:
    """Ask for the review of this level (1, or 2 for the final one). A second click returns the first. Raises ReviewRefused."""
    complaint = lock(complaint)
    if already := ReviewRequest.objects.filter(complaint=complaint, level=level).first():
        return already
    withdrawn = Withdrawal.objects.filter(complaint=complaint).exists()
    found = asking.reviewable(ports.progress(complaint), withdrawn=withdrawn, today=clock.day_of(at))
    if found.offer != level:
        raise ReviewRefused(found.refusal or gettext("This page is out of date. Go back and look how the matter stands"))
    request = ReviewRequest(complaint=complaint, level=level, reason_copy=masked(reason, filer_of(complaint)), asked_at=at)
    request.reason_sealed = vault.seal(reason, row=request.vault_row, column="reason")
    request.save(force_insert=True)
    facts: dict[str, events.Fact] = {"level": level}
    events.record("complaint.review_asked", subject=complaint.subject, actor=events.CITIZEN, at=at, facts=facts)
    ports.after_review_request(complaint, request, at)
    return request
