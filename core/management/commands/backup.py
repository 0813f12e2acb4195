"""`manage.py backup FILE`: everything the portal keeps, encrypted, while it goes on working (docs/runbook.md)."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from core import clock
from core.recovery import archive
from core.recovery.postgres import ToolFailed
from core.recovery.sealed_stream import KeyUnfit, key_from


class Command(BaseCommand):
    help = "Writes database, sealed files and log heads into one file encrypted with BACKUP_KEY. The portal's keys are not in it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to; it must not exist yet")
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        quiet = options["no_progress"] or not sys.stderr.isatty()
        part = file.with_name(f"{file.name}.part")
        try:
            key = key_from(settings.BACKUP_KEY)
            if file.exists():
                raise CommandError(f"{file} exists. A backup never writes over another one.")
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as out, tqdm(unit="B", unit_scale=True, disable=quiet, file=sys.stderr) as bar:
                sums = archive.make(out, key=key, at=clock.now(), tell=bar.update)
                out.flush()
                os.fsync(out.fileno())
        except (KeyUnfit, ToolFailed, OSError) as error:
            part.unlink(missing_ok=True)
            raise CommandError(str(error)) from error
        part.rename(file)
        for name in sums.missing:
            self.stderr.write(f"not in the store: {name}")
        size = f"{file.stat().st_size / 1e6:.1f} MB"
        self.stdout.write(f"{file}: {len(sums.tables)} tables, {sums.files} files, {size}, {len(sums.missing)} missing")
