"""Runs the drill: `python -m tests.drill`. DRILL_FAULTS says how many faults, DRILL_SEED which.

Everything is its own: servers, files, mail server, people. Ends with `N passed, N failed`, and with 1 when one failed.
"""

import os
import random
import shutil
import sys
from pathlib import Path

from efficiency_portal.stack import embedded
from tests.wire import Wire


def main() -> int:
    """Make the place, and only then let Django read the settings."""
    folder = embedded.portal_dir() / "drill"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    faults, seed = int(os.environ.get("DRILL_FAULTS", "200")), int(os.environ.get("DRILL_SEED", "1"))
    with Wire() as wire:
        os.environ |= _surroundings(folder, wire)
        from tests.drill import run

        return run.whole(folder, wire, faults=faults, chance=random.Random(seed), seed=seed)


def _surroundings(folder: Path, wire: Wire) -> dict[str, str]:
    return {
        "PORTAL_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "files"),
        "STATIC_ROOT": str(folder / "static"),
        "PORTAL_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "efficiency_portal.settings",
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(wire.port),
        "CLOCK_OFFSET_FILE": str(folder / "clock"),
        "SWEEP_SECONDS": "2",
        "LOG_SECONDS": "5",
        "PROOF_DIFFICULTY": "1",
        "LOG_LEVEL": "WARNING",
    }


if __name__ == "__main__":
    sys.exit(main())
