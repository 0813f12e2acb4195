"""The second factor of signing in: codes of half a minute, and ten that work once (docs/adr/0034-second-factor.md)."""
