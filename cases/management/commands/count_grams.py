"""`manage.py count_grams` counts common characters for the search now; beat does it every night."""

from typing import Any

from django.core.management.base import BaseCommand

from cases import actions
from core import clock


class Command(BaseCommand):
    """Counts how common two-character grams are."""

    help = "Count how common two-character grams are, from a sample of the complaints; the search chooses its way by it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Count and say what came of it."""
        number = actions.count_grams(at=clock.now())
        if options["verbosity"]:
            self.stdout.write(f"{number} common pairs of characters counted.")
