"""Backups: database, sealed files and log heads in one encrypted file, and the way back (docs/adr/0033-recovery.md)."""
