"""The sealed columns of this room, declared to the vault; a test finds the ones that are forgotten here."""

from operator import attrgetter

from core import vault

from .models import (
    Complainant,
    Complaint,
    Draft,
    EarlierRating,
    FilingConsent,
    Message,
    PhoneProof,
    Rating,
    Representative,
    ReviewRequest,
    Upload,
    UploadChunk,
    Withdrawal,
)


def declare() -> None:
    """Tell the vault which columns to seal anew when the key changes, and how their rows are named."""
    naming = ("name", "organisation", "uscc", "phone", "email", "address", "id_number")
    vault.declare(Complainant, *naming, row=attrgetter("vault_row"))
    vault.declare(Representative, "name", "phone", row=attrgetter("vault_row"))
    vault.declare(Complaint, "narrative", "wish", "details", row=attrgetter("vault_row"))
    vault.declare(FilingConsent, "given_by", row=attrgetter("complaint.vault_row"), join=("complaint",))
    vault.declare(Rating, "reason", row=attrgetter("complaint.vault_row"), join=("complaint",))
    vault.declare(EarlierRating, "reason", row=attrgetter("complaint.vault_row"), join=("complaint",))
    vault.declare(Message, "text", row=attrgetter("vault_row"))
    vault.declare(Withdrawal, "reason", row=attrgetter("vault_row"))
    vault.declare(ReviewRequest, "reason", row=attrgetter("vault_row"))
    vault.declare(PhoneProof, "phone", "code", row=attrgetter("vault_row"))
    vault.declare(Upload, "name", row=attrgetter("vault_row"))
    vault.declare(UploadChunk, "content", row=attrgetter("vault_row"), is_large=True)
    vault.declare(Draft, "answers", "phone_code", row=attrgetter("vault_row"))
