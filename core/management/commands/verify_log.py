"""`manage.py verify_log`: rechecks the transparency log from the events up (docs/adr/0030-transparency.md)."""

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from core import clock
from core.models import Leaf
from core.transparency import checking, growing, witness


class Command(BaseCommand):
    help = "Rechecks every event, leaf and signed head of the transparency log; ends with an error when anything was altered."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--seen", metavar="FILE", help="heads kept elsewhere, a line each: size and root (hex)")
        parser.add_argument("--append", action="store_true", help="first append what was not appended in time")
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["append"]:
            self.stdout.write(f"{growing.append_forgotten()} appended")
            growing.sign_head(at=clock.now())
        seen = witness.heads() | (witness.heads_in(options["seen"]) if options["seen"] else {})
        quiet = options["no_progress"] or not sys.stderr.isatty()
        with tqdm(total=Leaf.objects.count(), disable=quiet, unit=" events", file=sys.stderr) as bar:
            found = checking.check_log(at=clock.now(), seen=seen, progress=bar.update)
        for fault in found.faults:
            self.stderr.write(fault)
        self.stdout.write(f"{found.events} events, {found.heads} heads, {len(seen)} seen elsewhere: {len(found.faults)} faults")
        if found.faults:
            raise CommandError("The log is not what was signed.")
