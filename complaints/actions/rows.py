"""Locks the complaint that an act is about."""

from complaints.models import Complaint


def lock(complaint: Complaint) -> Complaint:
    """Lock the complaint until the transaction ends and return it as it is now. Its case, if locked too, comes after it."""
    return (
        Complaint.objects.select_for_update(of=("self",), no_key=True)
        .select_related("complainant", "agency")
        .get(pk=complaint.pk)
    )
