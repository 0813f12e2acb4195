"""`manage.py count_days` counts for the statistics now; beat does it every minute."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cases import actions
from core import clock


class Command(BaseCommand):
    """Counts the days again on which something has changed, or all."""

    help = "Count for the statistics the days on which something has changed; --all counts every day again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the one option."""
        parser.add_argument("--all", action="store_true", help="after a change of the calendar of years gone by")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count and say how many days."""
        if options["all"]:
            actions.forget_counts()
        number = actions.count_days(at=clock.now())
        if options["verbosity"]:
            self.stdout.write(f"{number} days counted.")
