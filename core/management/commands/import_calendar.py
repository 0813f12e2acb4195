"""`manage.py import_calendar FILE`: enter a published year; open deadlines are counted again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import actions, calendar_files, clock, events


class Command(BaseCommand):
    """Enter a year's holidays and make-up working days from a JSON file."""

    help = "Enter a year's holidays and make-up working days (JSON; see core/calendar_files.py) and count open deadlines again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and --dry-run."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only check the file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, enter; one line tells what came of it."""
        try:
            plan = calendar_files.read(options["file"].read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, calendar_files.CalendarRefused) as error:
            raise CommandError(str(error)) from error
        what = f"{plan.year}: {len(plan.days_off)} days off, {len(plan.makeup_days)} make-up working days"
        if options["dry_run"]:
            self.stdout.write(f"{what}. The file is good; nothing was entered.")
            return
        moved = actions.enter_calendar_year(plan, actor=events.SYSTEM, at=clock.now())
        self.stdout.write(f"{what} entered. Open deadlines that moved: {moved}.")
