"""Rating the outcome: once a reply."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from complaints import ports
from complaints.filing import masked
from complaints.models import Complaint, EarlierRating, Rating, Withdrawal
from complaints.reading import filer_of
from core import events, vault


class RatingRefused(Exception):
    """The outcome cannot be rated, now or again; the message is fit to show."""


@transaction.atomic
def rate(complaint: Complaint, satisfaction: str, reason: str, *, at: datetime) -> Rating:
    """Keep the complainant's rating and tell the room above. Raises RatingRefused when it was rated or cannot be yet."""
    complaint = Complaint.objects.select_for_update(of=("self",), no_key=True).select_related("complainant").get(pk=complaint.pk)
    if Rating.objects.filter(complaint=complaint).exists():
        raise RatingRefused(gettext("You have rated this already. Your first rating stands"))
    if Withdrawal.objects.filter(complaint=complaint).exists() or not ports.progress(complaint).may_rate:
        raise RatingRefused(gettext("This cannot be rated now"))
    rating = Rating.objects.create(
        complaint=complaint,
        satisfaction=satisfaction,
        reason_sealed=vault.seal(reason, row=complaint.vault_row, column="reason") if reason else None,
        reason_copy=masked(reason, filer_of(complaint)),
        created_at=at,
    )
    events.record("complaint.rated", subject=complaint.subject, actor=events.CITIZEN, at=at, facts={"satisfaction": satisfaction})
    ports.after_rating(complaint, rating, at)
    return rating


@transaction.atomic
def put_ratings_aside(complaints: Collection[int], *, at: datetime) -> None:
    """Keep the ratings of these complaints as earlier ones, so that the reply to come can be rated anew.

    Runs under the lock of the case, for which a rating on its way waits; `ports.after_rating` refuses it then.
    """
    columns = ("complaint_id", "satisfaction", "reason_sealed", "reason_copy", "created_at")
    rows = Rating.objects.filter(complaint__in=complaints)
    EarlierRating.objects.bulk_create(EarlierRating(**row, put_aside_at=at) for row in rows.values(*columns))
    rows.delete()
