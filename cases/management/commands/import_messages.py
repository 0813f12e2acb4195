"""`manage.py import_messages FILE`: takes complaints from a CSV or XLSX file of another register (docs/importing.md)."""

import argparse
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseFailed
from django.utils import translation
from django.utils.translation import gettext as _
from tqdm import tqdm

from cases.importing import columns, reports, runs, tables
from cases.importing.refusals import FileRefused
from complaints.models import Channel
from core import clock

_LONGEST_SOURCE = 20
_INTERRUPTED = 130  # what a shell expects after Ctrl-C


class Command(BaseCommand):
    help = (
        "Takes complaints from a CSV or XLSX file of another register; run again, it adds only what is new (docs/importing.md)."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        fields = ", ".join(columns.HEADINGS)
        parser.add_argument("file", type=Path)
        parser.add_argument("--map", nargs="+", action="extend", default=[], metavar="FIELD=COLUMN", help=f"fields: {fields}")
        parser.add_argument("--sheet", default="", help="the sheet of a workbook; needed when several have rows")
        parser.add_argument(
            "--channel", choices=Channel.values, default="hotline", help="how the messages came (default: hotline)"
        )
        parser.add_argument("--source", default="", help="the register that numbered the messages (default: the channel)")
        parser.add_argument("--encoding", default="", help="of a CSV file (default: UTF-8, else GB18030)")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, report the same")
        parser.add_argument("--backdate", action="store_true", help="open matters count from the day of receipt, not from today")
        parser.add_argument("--report", type=Path, metavar="CSV", help="write the refused rows to this file as well")
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            try:
                run = self._prepared(options)
                with self._report_file(options) as report:
                    self._go(run, progress=not options["no_progress"] and sys.stderr.isatty())
                    if report:
                        reports.write_csv(run.tally.refusals, report)
            except FileRefused as refusal:
                raise CommandError(str(refusal)) from refusal

    def _prepared(self, options: dict[str, Any]) -> runs.Run:
        """Read the whole file and its headings, before anything is written."""
        if len(options["source"]) > _LONGEST_SOURCE:
            raise CommandError(_("--source takes at most %(length)s characters.") % {"length": _LONGEST_SOURCE})
        table = tables.read(options["file"], sheet=options["sheet"], encoding=options["encoding"])
        found = columns.find(table, columns.parse_overrides(options["map"]))
        self._say(reports.headings(found))
        known = runs.vocabulary(
            now=clock.now(), channel=options["channel"], source=options["source"], serial_origin=table.serial_origin
        )
        return runs.Run(found, known, backdate=options["backdate"], dry=options["dry_run"])

    def _report_file(self, options: dict[str, Any]) -> Any:
        """Open the report before the run, so that a folder that takes no file stops it in time."""
        path = options["report"]
        if path is None:
            return nullcontext()
        if path.exists() and path.samefile(options["file"]):
            raise CommandError(_("The report would overwrite the file that is read."))
        try:
            return path.open("w", encoding="utf-8-sig", newline="")
        except OSError as error:
            raise CommandError(_("The report cannot be written: %(reason)s.") % {"reason": error.strerror}) from error

    def _go(self, run: runs.Run, *, progress: bool) -> None:
        """Run, and tell the outcome also of a run that was cut short: whole batches stand, and another run takes the rest."""
        try:
            with tqdm(total=len(run.columns.rows), disable=not progress, unit="", file=sys.stderr) as bar:
                run.go(bar.update)
        except KeyboardInterrupt as stop:
            self._tell(run)
            raise CommandError(
                _("Stopped. What is counted above stands; run it again for the rest."), returncode=_INTERRUPTED
            ) from stop
        except DatabaseFailed as error:
            self._tell(run)
            raise CommandError(_("The database failed. What is counted above stands; run it again for the rest.")) from error
        self._tell(run)

    def _tell(self, run: runs.Run) -> None:
        if run.tally.refusals:
            self._say(["", *reports.table(run.tally.refusals), ""])
        self._say(reports.summary(run.tally, dry=run.dry))

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)
