"""Prints of texts: written with each complaint so that nearly the same text is found again; missing ones are made up for."""

from collections.abc import Iterable, Iterator

from complaints.likeness import bands_of
from complaints.models import Complaint, TextPrint

_BATCH = 500


def print_of(complaint: Complaint) -> TextPrint:
    """Build the print of a complaint's working copy, not saved yet."""
    return TextPrint(complaint=complaint, bands=bands_of(complaint.working_copy))


def keep_prints(complaints: Iterable[Complaint]) -> int:
    """Write the prints of these complaints, in place of those that are there; returns how many."""
    rows = TextPrint.objects.bulk_create(
        [print_of(complaint) for complaint in complaints],
        update_conflicts=True,
        unique_fields=["complaint"],
        update_fields=["bands"],
    )
    return len(rows)


def waiting(*, again: bool) -> int:
    """Return how many complaints have no print; all of them when every print is to be made again."""
    return (Complaint.objects.all() if again else Complaint.objects.filter(text_print=None)).count()


def print_all(*, again: bool = False) -> Iterator[int]:
    """Write the missing prints, or all of them again, some hundred a transaction; yields how many each time.

    Whoever stops it loses nothing: the next run goes on with those still missing.
    """
    last, rows = 0, Complaint.objects.only("pk", "working_copy").order_by("pk")
    rows = rows if again else rows.filter(text_print=None)
    while batch := list(rows.filter(pk__gt=last)[:_BATCH]):
        last = batch[-1].pk
        yield keep_prints(batch)
