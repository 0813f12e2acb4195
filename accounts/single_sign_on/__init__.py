"""Signing in by the county's own provider (OpenID Connect), where there is one: a setting, off by default."""
