"""`manage.py draw_permissions [--check]`: writes docs/permissions.md from the rooms' permissions, or says it is old."""

import argparse
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.roles import Role
from core import permission_drawings

ROOMS = ("complaints", "cases", "supervisors")


def drawn() -> str:
    """Return the page."""
    rooms = [(room, import_module(f"{room}.permissions")) for room in ROOMS]
    return permission_drawings.document(rooms, [role.value for role in Role], User)


class Command(BaseCommand):
    help = "Draws docs/permissions.md: role, verb and relation, from the permissions in the code."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is out of date")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        page, now = settings.BASE_DIR / "docs" / "permissions.md", drawn()
        current = page.exists() and page.read_text("utf-8") == now
        if check and not current:
            raise CommandError("docs/permissions.md is out of date: run `manage.py draw_permissions` and commit it.")
        if not current:
            page.write_text(now, "utf-8")
        self.stdout.write(f"{page.name} is {'up to date' if current else 'drawn'}")
