"""The vault: the only place that encrypts or decrypts personal data (docs/adr/0009-vault.md)."""

from .columns import SealedTable, declare, declared
from .ring import Key, ring
from .sealing import VaultError, blind_index, key_id_of, open_bytes, open_sealed, reveal, seal, seal_bytes

__all__ = [
    "Key",
    "SealedTable",
    "VaultError",
    "blind_index",
    "declare",
    "declared",
    "key_id_of",
    "open_bytes",
    "open_sealed",
    "reveal",
    "ring",
    "seal",
    "seal_bytes",
]
