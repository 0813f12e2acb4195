"""What `manage.py check --deploy` says about signing in."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as Concern


def second_factor(app_configs: Sequence[AppConfig] | None, **_extra: Any) -> list[CheckMessage]:
    """Warn when the office signs in by password alone."""
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    words = "SECOND_FACTOR_REQUIRED is off: a stolen password opens what citizens told in confidence. Unset it."
    return [Concern(words, id="accounts.W001")]
