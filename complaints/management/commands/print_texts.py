"""`manage.py print_texts`: writes the prints by which nearly the same text is found, for complaints that lack them."""

import argparse
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from complaints.actions import printing

_INTERRUPTED = 130  # what a shell expects after Ctrl-C


class Command(BaseCommand):
    help = "Writes the prints by which nearly the same text is found, for complaints that lack them; after a stop it goes on."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="make every print again (when the way they are made changed)")
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            again, done = options["again"], 0
            show = not options["no_progress"] and sys.stderr.isatty()
            with tqdm(total=printing.waiting(again=again), disable=not show, unit="", file=sys.stderr) as bar:
                try:
                    for written in printing.print_all(again=again):
                        done += written
                        bar.update(written)
                except KeyboardInterrupt as stop:
                    raise CommandError(_("Stopped. Run it again for the rest."), returncode=_INTERRUPTED) from stop
            self.stdout.write(ngettext("%(n)d print written.", "%(n)d prints written.", done) % {"n": done})
