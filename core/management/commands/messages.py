"""`manage.py messages update|compile|check [ROOM …]`: keeps the Chinese catalogs in step with the code. Needs no database."""

import argparse
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import catalog_checks, catalogs


def house() -> catalogs.House:
    """Every installed app that lives in this project is a room."""
    names = [config.name for config in apps.get_app_configs() if config.path == str(settings.BASE_DIR / config.name)]
    return catalogs.House(root=settings.BASE_DIR, rooms=tuple(names))


class Command(BaseCommand):
    help = "Brings new texts into the Chinese catalogs (update), writes the file Django reads (compile), or lists faults (check)."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("verb", choices=["update", "compile", "check"])
        parser.add_argument("rooms", nargs="*", metavar="ROOM", help="only these rooms (update and check); default: all")

    def handle(self, *args: Any, verb: str, rooms: list[str], **options: Any) -> None:
        whole = house()
        unknown = set(rooms) - set(whole.rooms)
        if unknown:
            raise CommandError(f"No such room: {', '.join(sorted(unknown))}. The rooms are {', '.join(whole.rooms)}.")
        try:
            {"update": self._update, "compile": self._compile, "check": self._check}[verb](whole, rooms or list(whole.rooms))
        except catalogs.CatalogError as error:
            raise CommandError(str(error)) from error

    def _update(self, whole: catalogs.House, rooms: list[str]) -> None:
        for room in rooms:
            changed = catalogs.update(whole, room)
            left = catalogs.untranslated(whole, room)
            self.stdout.write(f"{room}: {'changed' if changed else 'unchanged'}, {left} to translate")

    def _compile(self, whole: catalogs.House, rooms: list[str]) -> None:
        written = catalogs.compile_all(whole)
        self.stdout.write("Chinese texts compiled" if written else "Chinese texts are up to date")

    def _check(self, whole: catalogs.House, rooms: list[str]) -> None:
        found = catalog_checks.findings(whole, rooms)
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} faults; `manage.py messages update` brings new texts and drops old ones.")
        self.stdout.write("The catalogs are complete")
