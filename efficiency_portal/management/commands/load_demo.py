"""`manage.py load_demo`: the invented county, once; `--list` prints the accounts and some codes to follow matters with."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from core import clock
from efficiency_portal.demo_office import loading
from efficiency_portal.demo_office.people import PASSWORD, PEOPLE, SHOWN


class Command(BaseCommand):
    """Load the demo."""

    help = "Load the demo's invented county; does nothing where it is loaded already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --list."""
        parser.add_argument(
            "--list", action="store_true", help="print one line per demo account and per matter to follow, and load nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load or list. Refuses outside demo mode: everybody knows these passwords."""
        if not settings.DEMO:
            raise CommandError("The demo's accounts have passwords that everybody knows; load_demo works in demo mode only.")
        if options["list"]:
            self._list()
        else:
            loaded = loading.load(now=clock.now())
            self.stdout.write("The demo county is loaded." if loaded else "The demo county was loaded before; nothing changed.")

    def _list(self) -> None:
        people = {person.username: person for person in PEOPLE}
        self.stdout.write(f"Sign in at /accounts/login/ with the password {PASSWORD} as:")
        for username in SHOWN:
            person = people[username]
            with translation.override("en"):
                english = str(person.role.label)
            self.stdout.write(f"  {username:<14} {english} · {person.full_name}（{person.department}）")
        if matters := loading.followable():
            self.stdout.write("Follow a matter at /complaints/track/ with number and query code:")
        for matter in matters:
            claim = f", claim code {matter.claim_code}" if matter.claim_code else ""
            self.stdout.write(f"  {matter.number:<10} {matter.query_code}{claim} · {matter.what}")
