"""What is still to be done to make sure who filed, and what it means until then; for the complainant's eyes."""

from dataclasses import dataclass

from .models import Complaint
from .reading import is_confirmed


@dataclass(frozen=True)
class ToConfirm:
    """The office calls the masked `phone`; where it is empty, the complainant comes with the number of the matter."""

    number: str
    phone: str


def to_confirm(complaint: Complaint) -> ToConfirm | None:
    """Return what is still to be done; None when the person is confirmed, anonymous, or has become so by denying."""
    person = complaint.complainant
    if person is None or not complaint.is_named or is_confirmed(complaint):
        return None
    return ToConfirm(complaint.number, person.phone_masked if person.phone_sealed else "")
