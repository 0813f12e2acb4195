#!/usr/bin/env python
"""Every command of the portal. Without DATABASE_URL and REDIS_URL it uses the embedded servers, started for it if need be."""

import os
import sys
from pathlib import Path

# These need neither database nor broker, and must work before there are any.
SERVERLESS = {"make_keys", "messages", "draw_states", "collectstatic", "help", "--help", "-h", "version", "--version"}


def main() -> None:
    """Find the servers, then hand over to Django."""
    from environs import Env

    from efficiency_portal.stack import embedded

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "efficiency_portal.settings")
    # An operator's .env counts for commands typed by hand, as it does for the services that load it themselves.
    Env().read_env(str(Path(__file__).resolve().parent / ".env"), recurse=False)
    if len(sys.argv) < 2 or sys.argv[1] in SERVERLESS:
        embedded.pretend()
    else:
        embedded.use_or_exit()

    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018 reads the settings now, so that a refusal is told in one line
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
