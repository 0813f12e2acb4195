"""`manage.py restore FILE`: puts a backup back; `--check` only reads it, `--drill` tries it beside (docs/runbook.md)."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from tqdm import tqdm

from core import clock
from core.recovery import archive, scratch
from core.recovery.archive import Looked
from core.recovery.digests import different, tables
from core.recovery.postgres import ToolFailed
from core.recovery.sealed_stream import BackupDamaged, KeyUnfit, key_from
from core.transparency import checking, witness


class Command(BaseCommand):
    help = (
        "Puts a backup back into an empty database and file store, after having read it whole; then compares and checks the log."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--check", action="store_true", help="read it whole and change nothing")
        way.add_argument("--drill", action="store_true", help="restore into a database of its own beside, compare, and drop it")
        way.add_argument("--overwrite", action="store_true", help="drop what the database holds now; nothing brings it back")
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        self.quiet = options["no_progress"] or not sys.stderr.isatty()
        try:
            self.key, self.file = key_from(settings.BACKUP_KEY), file
            with self._reading("Reading") as (source, tell):
                looked = archive.look(source, self.key, tell)
            made, sums = looked.manifest["made_at"], looked.sums
            self.stdout.write(f"Intact: made {made}, {len(sums.tables)} tables, {sums.files} files")
            if options["drill"]:
                self._drill(looked)
            elif not options["check"]:
                self._restore(looked, overwrite=options["overwrite"])
        except (KeyUnfit, BackupDamaged, ToolFailed, OSError) as error:
            raise CommandError(str(error)) from error

    def _drill(self, looked: Looked) -> None:
        with scratch.database() as beside:
            with self._reading("Trying") as (source, tell):
                archive.put_back(source, self.key, database=str(beside.settings_dict["NAME"]), files=False, tell=tell)
            self._compare(looked, scratch.digests_of(beside))

    def _restore(self, looked: Looked, *, overwrite: bool) -> None:
        if tables(connection) and not overwrite:
            raise CommandError("The database is not empty. Name another one, or say --overwrite: what it holds is lost then.")
        scratch.clear(connection)
        with self._reading("Restoring") as (source, tell):
            archive.put_back(source, self.key, tell=tell)
        self._compare(looked, scratch.digests_of(connection))
        found = checking.check_log(at=clock.now(), seen=looked.heads | witness.heads(), progress=lambda _events: None)
        for fault in found.faults:
            self.stderr.write(fault)
        self.stdout.write(f"Log: {found.events} events, {found.heads} heads, {len(found.faults)} faults")
        if found.faults:
            raise CommandError(
                "The log does not verify. Heads signed after the backup are expected to be missed; nothing else is."
            )

    def _compare(self, looked: Looked, now: dict[str, str]) -> None:
        """Say for how many tables every row is as it was. Raises CommandError when one differs."""
        wrong = different(looked.sums.tables, now)
        self.stdout.write(f"{len(now) - len(wrong)} tables the same, {len(wrong)} different")
        if wrong:
            raise CommandError(f"Not as they were: {', '.join(wrong)}")

    @contextmanager
    def _reading(self, what: str) -> Iterator[tuple[Any, Callable[[int], object]]]:
        bar = tqdm(desc=what, total=self.file.stat().st_size, unit="B", unit_scale=True, disable=self.quiet, file=sys.stderr)
        with self.file.open("rb") as source, bar:
            yield source, bar.update
