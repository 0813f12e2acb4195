"""System checks of the ground floor, run at every start of the portal."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from . import vault
from .transparency import signing

_INDEX_KEY_BYTES = 32


def vault_keys(app_configs: Sequence[AppConfig] | None, **_extra: Any) -> list[CheckMessage]:
    """Refuse keys of vault, log or backups that cannot be read, and an index key that is too short."""
    found: list[CheckMessage] = []
    try:
        vault.ring()
    except ImproperlyConfigured as error:
        found.append(Error(str(error), id="core.E001"))
    if not _is_long_enough(settings.VAULT_INDEX_KEY):
        found.append(Error(f"VAULT_INDEX_KEY must be base64 of {_INDEX_KEY_BYTES} bytes or more.", id="core.E002"))
    try:
        signing.check()
    except ImproperlyConfigured as error:
        found.append(Error(str(error), id="core.E003"))
    if settings.BACKUP_KEY and not _is_long_enough(settings.BACKUP_KEY):
        found.append(Error(f"BACKUP_KEY must be base64 of {_INDEX_KEY_BYTES} bytes.", id="core.E004"))
    return found


def _is_long_enough(encoded: str) -> bool:
    try:
        return len(base64.b64decode(encoded, validate=True)) >= _INDEX_KEY_BYTES
    except binascii.Error:
        return False
