"""`manage.py audit_ledger`: proves the books from the bare rows, prints what was proved, and fails on any breach."""

from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from supervisors.auditing import checks


class Command(BaseCommand):
    help = "Proves sums, pairings, keys and the rule of three people over all budgets; exits with an error on any breach."

    def handle(self, *args: Any, **options: Any) -> None:
        """Put every question within one view of the books, so that a payment under way is seen whole or not at all."""
        outermost = not connection.in_atomic_block
        with transaction.atomic():
            if outermost:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            total = sum(self._tell(*found) for found in checks.breaches())
        if total:
            raise CommandError(f"{total} breaches")
        self.stdout.write("The books are proved.")

    def _tell(self, check: checks.Check, count: int, found: Sequence[checks.Breach]) -> int:
        self.stdout.write(f"{count or 'ok':>6}  {check.name:<20} {check.title}")
        for breach in found:
            self.stdout.write(f"        {breach.subject}: {breach.how}")
        if count > len(found):
            self.stdout.write(f"        … {count - len(found)}")
        return count
