"""The sealed columns of this room, declared to the vault; a test finds the ones that are forgotten here."""

from operator import attrgetter

from core import vault

from .models import Letter


def declare() -> None:
    """Tell the vault which columns to seal anew when the key changes, and how their rows are named."""
    vault.declare(Letter, "content", row=attrgetter("vault_row"))
