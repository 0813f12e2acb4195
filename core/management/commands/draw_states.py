"""`manage.py draw_states [--check]`: writes docs/states.md from the rooms' workflow modules, or says that it is out of date."""

import argparse
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import catalogs, state_drawings

from .messages import house


def workflows() -> list[ModuleType]:
    """The workflow modules of the rooms and of the parts of a room that have one, ground floor first."""
    places = [place for room in house().rooms for place in (room, *_parts(room))]
    return [import_module(f"{place}.workflow") for place in places if find_spec(f"{place}.workflow")]


def _parts(room: str) -> list[str]:
    """The packages inside a room, by name."""
    return [f"{room}.{part.name}" for part in iter_modules(import_module(room).__path__) if part.ispkg]


class Command(BaseCommand):
    help = "Draws docs/states.md from the transition tables in the code."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is out of date")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        catalogs.compile_all(house())  # the page shows Chinese labels
        page = settings.BASE_DIR / "docs" / "states.md"
        drawn = state_drawings.document(workflows())
        current = page.exists() and page.read_text("utf-8") == drawn
        if check and not current:
            raise CommandError("docs/states.md is out of date: run `manage.py draw_states` and commit it.")
        if not current:
            page.parent.mkdir(exist_ok=True)
            page.write_text(drawn, "utf-8")
        self.stdout.write(f"{page.name} is {'up to date' if current else 'drawn'}")
