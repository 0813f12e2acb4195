"""What stands on the page after an entry: the codes to read out, the case, and what the same number brought before."""

from dataclasses import dataclass

from accounts.models import User
from cases.models import Case
from complaints.labels import agency_words
from complaints.models import Complaint, Identity
from complaints.receipts import Receipt, receipt_of

MOST_EARLIER = 10


@dataclass(frozen=True)
class Entered:
    """All that the page shows."""

    complaint: Complaint
    case: Case
    receipt: Receipt
    agency: str
    earlier: list[Case]


def entered(complaint: Complaint, user: User) -> Entered:
    """Read what the page after an entry shows; `complaint` must come from `for_detail()`."""
    case = Case.objects.visible_to(user).get(links__complaint=complaint)
    agency = agency_words(complaint.agency, complaint.agency_words)
    return Entered(complaint, case, receipt_of(complaint, just_filed=True), agency, _earlier(complaint, case, user))


def _earlier(complaint: Complaint, case: Case, user: User) -> list[Case]:
    """Return the other matters from the same phone number, found by its keyed hash, newest first."""
    person = complaint.complainant
    if person is None or not complaint.is_named or person.phone_index is None:
        return []
    named = Complaint.objects.filter(complainant__phone_index=bytes(person.phone_index), identity=Identity.REAL_NAME)
    same = Case.objects.visible_to(user).filter(links__complaint__in=named)
    return list(same.exclude(pk=case.pk).for_list().order_by("-id").distinct()[:MOST_EARLIER])
