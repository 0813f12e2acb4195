"""`manage.py erase_expired`: erases what names people in matters whose retention time is over (docs/adr/0015-rights.md)."""

import argparse
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from complaints import actions
from core import clock

_INTERRUPTED = 130  # what a shell expects after Ctrl-C


class Command(BaseCommand):
    help = (
        "Erases names, contacts, originals and files of matters whose retention time is over; run again after a stop, it goes on."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="change nothing, count what is due, held and waiting")
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            at, total = clock.now(), actions.Erasure()
            shows = not options["no_progress"] and sys.stderr.isatty()
            try:
                with tqdm(total=len(actions.candidates(at=at)), disable=not shows, unit="", file=sys.stderr) as bar:
                    for done in actions.erase_expired(at=at, dry_run=options["dry_run"]):
                        total.add(done)
                        bar.update(1)
            except KeyboardInterrupt as stop:
                message = _("Stopped. What was erased is gone; run it again for the rest.")
                raise CommandError(message, returncode=_INTERRUPTED) from stop
            self._conclude(total, dry_run=options["dry_run"])

    def _conclude(self, total: actions.Erasure, *, dry_run: bool) -> None:
        erased = ngettext("%(n)d matter erased.", "%(n)d matters erased.", total.erased)
        due = ngettext("%(n)d matter would be erased.", "%(n)d matters would be erased.", total.erased)
        self.stdout.write((due if dry_run else erased) % {"n": total.erased})
        self.stdout.write(ngettext("%(n)d is held.", "%(n)d are held.", total.held) % {"n": total.held})
        waits = ngettext(
            "%(n)d waits for another matter of the same person.",
            "%(n)d wait for other matters of the same people.",
            total.waiting,
        )
        self.stdout.write(waits % {"n": total.waiting})
        if total.locked:
            locked = ngettext("%(n)d is being worked on; run it again.", "%(n)d are being worked on; run it again.", total.locked)
            self.stdout.write(locked % {"n": total.locked})
