"""Where a complainant is reached; decrypted only at the moment of sending, for the message alone."""

from core import vault
from core.recipients import EMAIL, SMS, Address, Recipient

from .models import Complaint

COMPLAINANT = "complainant"


def to_complainant(complaint: Complaint) -> Recipient | None:
    """Address the complainant by the channels chosen; None when there is nobody to tell."""
    channels = tuple(channel for channel, wanted in ((SMS, complaint.notify_sms), (EMAIL, complaint.notify_email)) if wanted)
    return Recipient(COMPLAINANT, str(complaint.public_id), channels) if complaint.is_named and channels else None


def address_of_complainant(public_id: str) -> Address:
    """Return the complainant's address. Raises LookupError when the complaint has none, or the person denied having filed."""
    complaint = Complaint.objects.select_related("complainant").filter(public_id=public_id).first()
    if complaint is None or complaint.complainant is None or complaint.erased_at is not None or not complaint.is_named:
        raise LookupError("no complainant")
    person = complaint.complainant
    row = person.vault_row
    return Address(
        email=vault.open_sealed(person.email_sealed, row=row, column="email") if person.email_sealed else "",
        phone=vault.open_sealed(person.phone_sealed, row=row, column="phone") if person.phone_sealed else "",
        language=person.language,
    )
