"""Who may answer a review."""

from accounts.models import User
from cases import permissions
from cases.models import Case, Review
from cases.outbox import leaders


def answerers_of(review: Review) -> list[User]:
    """Return the office leaders who may answer this review and see its case."""
    signed = permissions.signed_before(review)
    people = [user for user in leaders() if user.pk not in signed]
    return [user for user in people if Case.objects.visible_to(user).filter(pk=review.case_id).exists()]
