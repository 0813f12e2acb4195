"""The sealed columns of this room, declared to the vault; a test finds the ones that are forgotten here."""

from operator import attrgetter

from core import vault

from .models import Complainant, Complaint, Draft, FilingConsent, Message, Rating, Withdrawal


def declare() -> None:
    """Tell the vault which columns to seal anew when the key changes, and how their rows are named."""
    vault.declare(Complainant, "name", "organisation", "phone", "email", row=attrgetter("vault_row"))
    vault.declare(Complaint, "narrative", "wish", "details", row=attrgetter("vault_row"))
    vault.declare(FilingConsent, "given_by", row=attrgetter("complaint.vault_row"), join=("complaint",))
    vault.declare(Rating, "reason", row=attrgetter("complaint.vault_row"), join=("complaint",))
    vault.declare(Message, "text", row=attrgetter("vault_row"))
    vault.declare(Withdrawal, "reason", row=attrgetter("vault_row"))
    vault.declare(Draft, "answers", "phone_code", row=attrgetter("vault_row"))
