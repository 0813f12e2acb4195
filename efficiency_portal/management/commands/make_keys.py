"""`manage.py make_keys`: fresh secrets for .env, printed and kept nowhere. Needs no database."""

import base64
import secrets
from typing import Any

from django.core.management.base import BaseCommand

from core import clock


class Command(BaseCommand):
    help = "Prints SECRET_KEY, VAULT_KEYS and VAULT_INDEX_KEY, freshly made, as lines for .env."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"SECRET_KEY={secrets.token_urlsafe(50)}")
        self.stdout.write(f"VAULT_KEYS={clock.today():%Y%m%d}:{_thirty_two_bytes()}")
        self.stdout.write(f"VAULT_INDEX_KEY={_thirty_two_bytes()}")


def _thirty_two_bytes() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
