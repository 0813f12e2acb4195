"""What somebody who confirmed a number sees of the matters filed under it."""

from dataclasses import dataclass

from core.paging import Page, keyset_page

from . import labels, ports
from .models import Complaint
from .passes import Proved
from .ports import Standing

PAGE_SIZE = 20


@dataclass(frozen=True)
class Row:
    """One matter in the list."""

    complaint: Complaint
    standing: Standing
    agency: str


@dataclass(frozen=True)
class Mine:
    """A page of the matters of one number, newest first."""

    rows: list[Row]
    page: Page[Complaint]


def matters_of(proved: Proved, before: str) -> Mine:
    """Return the matters of a confirmed number; two queries, however many there are."""
    page = keyset_page(Complaint.objects.confirmed_by(proved.phone_index).for_list(), before, size=PAGE_SIZE)
    standings = ports.standings(page.rows)
    return Mine([_row(one, standings[one.pk]) for one in page.rows], page)


def matter_of(proved: Proved, number: str) -> Complaint | None:
    """Return one of these matters; None for any other."""
    return Complaint.objects.confirmed_by(proved.phone_index).filter(number=number).first()


def _row(complaint: Complaint, standing: Standing) -> Row:
    return Row(complaint, standing, labels.agency_words(complaint.agency, complaint.agency_words))
