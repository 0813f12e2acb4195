"""`manage.py rotate_keys`: seals everything anew with the newest key, while the portal works (docs/adr/0009-vault.md)."""

import argparse
import sys
import time
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from core import vault
from core.vault.actions import reseal
from core.vault.columns import MISSING

_PASSES = 10
_PAUSE = 0.5  # seconds between passes, for those who hold rows to let go
_INTERRUPTED = 130  # what a shell expects after Ctrl-C


class Command(BaseCommand):
    help = "Seals every value and file of the vault anew with the newest key of VAULT_KEYS; run again after a stop, it goes on."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="change nothing, count what each key has sealed")
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            counted = self._count()
            if not options["dry_run"] and self._stale(counted):
                self._rotate(self._stale(counted), progress=not options["no_progress"] and sys.stderr.isatty())
                counted = self._count()
            self._conclude(counted)
            if self._stale(counted) and not options["dry_run"]:
                raise CommandError(_("Not everything could be sealed anew. Run it again; keep all keys on the ring until then."))

    def _count(self) -> Counter[str]:
        """Print a line for each column, and return how many values each key has sealed."""
        total: Counter[str] = Counter()
        for table in vault.declared():
            for column, keys in table.keys_in_use():
                counts = ", ".join(f"{self._named(key)}: {keys[key]}" for key in sorted(keys)) or _("nothing")
                self.stdout.write(f"{table.model._meta.label}.{column}  {counts}")
                total += keys
        return total

    def _named(self, key: str) -> str:
        return _("missing in the store") if key == MISSING else key

    def _stale(self, counted: Counter[str]) -> int:
        return sum(number for key, number in counted.items() if key not in {next(iter(vault.ring())), MISSING})

    def _rotate(self, stale: int, *, progress: bool) -> None:
        """Go through all tables, and again for the rows that somebody held; say which rows do not open."""
        damaged: list[str] = []
        with tqdm(total=stale, disable=not progress, unit="", file=sys.stderr) as bar:
            for number in range(_PASSES):
                time.sleep(_PAUSE if number else 0)
                try:
                    locked, damaged = self._pass(bar)
                except KeyboardInterrupt as stop:
                    message = _("Stopped. What was sealed anew stands; run it again for the rest.")
                    raise CommandError(message, returncode=_INTERRUPTED) from stop
                if not locked:
                    break
        for row in damaged:
            self.stderr.write(_("Does not open: %(row)s") % {"row": row})

    def _pass(self, bar: Any) -> tuple[int, list[str]]:
        locked, damaged = 0, list[str]()
        for table in vault.declared():
            for batch in reseal(table):
                locked += batch.locked
                damaged += batch.damaged
                bar.update(batch.values)
        return locked, damaged

    def _conclude(self, counted: Counter[str]) -> None:
        """Say which keys may leave the ring, and what keeps the others there."""
        newest, *older = vault.ring()
        self.stdout.write("")
        if unknown := sorted(counted.keys() - {newest, MISSING, *older}):
            self.stderr.write(_("Sealed with keys that are not on the ring: %(keys)s") % {"keys": ", ".join(unknown)})
        if free := [key for key in older if not counted[key]]:
            self.stdout.write(_("These keys seal nothing and may leave the ring: %(keys)s") % {"keys": ", ".join(free)})
        left = self._stale(counted)
        words = ngettext(
            "%(n)d value is sealed with another key than %(key)s.", "%(n)d values are sealed with other keys than %(key)s.", left
        )
        done = _("Everything is sealed with the newest key, %(key)s.")
        self.stdout.write((words if left else done) % {"n": left, "key": newest})
