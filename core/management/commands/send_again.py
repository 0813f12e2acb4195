"""`manage.py send_again`: messages that were given up while mail or gateway was away are tried anew (docs/runbook.md)."""

import argparse
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from core import actions, clock


class Command(BaseCommand):
    help = "Lets messages that were given up after their last try be tried anew; beat's sweep sends them within a minute."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=2, help="those of how many days (2)")

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        now = clock.now()
        count = actions.send_again(given_up_since=now - timedelta(days=days), at=now)
        self.stdout.write(f"{count} to be sent again")
