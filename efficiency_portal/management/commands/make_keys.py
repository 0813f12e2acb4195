"""`manage.py make_keys`: fresh secrets for .env, printed and kept nowhere. Needs no database."""

import argparse
import base64
import secrets
from typing import Any

from django.core.management.base import BaseCommand

from core import clock


class Command(BaseCommand):
    help = "Prints SECRET_KEY, VAULT_KEYS, VAULT_INDEX_KEY, LOG_SIGNING_KEY and BACKUP_KEY, freshly made, as lines for .env."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--cipher", choices=["aes", "sm4"], default="aes", help="of the vault: AES-256-GCM or SM4-GCM")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"SECRET_KEY={secrets.token_urlsafe(50)}")
        vault_key = f"sm4:{_random(16)}" if options["cipher"] == "sm4" else _random(32)
        self.stdout.write(f"VAULT_KEYS={clock.today():%Y%m%d}:{vault_key}")
        self.stdout.write(f"VAULT_INDEX_KEY={_random(32)}")
        self.stdout.write(f"LOG_SIGNING_KEY={_random(32)}")
        self.stdout.write(f"BACKUP_KEY={_random(32)}")


def _random(length: int) -> str:
    return base64.b64encode(secrets.token_bytes(length)).decode()
