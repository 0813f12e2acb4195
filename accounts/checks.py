"""What `manage.py check --deploy` says about signing in."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Concern


def second_factor(app_configs: Sequence[AppConfig] | None, **_extra: Any) -> list[CheckMessage]:
    """Warn when the office signs in by password alone."""
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    words = "SECOND_FACTOR_REQUIRED is off: a stolen password opens what citizens told in confidence. Unset it."
    return [Concern(words, id="accounts.W001")]


def single_sign_on(app_configs: Sequence[AppConfig] | None, **_extra: Any) -> list[CheckMessage]:
    """Refuse a provider without the portal's name and secret there, and one whose answers anybody on the way could change."""
    if not settings.OIDC_ISSUER:
        return []
    found: list[CheckMessage] = []
    if not (settings.OIDC_CLIENT_ID and settings.OIDC_CLIENT_SECRET):
        found.append(Error("OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.", id="accounts.E001"))
    if not settings.DEMO and not settings.OIDC_ISSUER.startswith("https://"):
        found.append(Error("OIDC_ISSUER must be an https address.", id="accounts.E002"))
    return found
