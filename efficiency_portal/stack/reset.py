"""`make reset`: stops what runs from the data folder and removes what the embedded stack wrote there."""

import shutil
import sys
from pathlib import Path

from . import embedded, place
from .servers import StackError, socket_folder

# Only these are removed: PORTAL_DIR may be a folder that holds other things.
WRITTEN = ["postgres", "postgres.unfinished", "valkey", "valkey.pid", "run", "log", "static", "files", "beat-schedule*"]
WRITTEN += ["test", "test-*", "demo.pids", "demo.lock", "in-use.lock", "start.lock"]


def main() -> None:
    """Stop a running demo and the servers, then remove the data."""
    portal = embedded.portal_dir()
    try:
        if portal.is_dir():
            _stop(portal)
            _remove(portal)
        elif portal.exists():
            portal.unlink()
    except StackError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"{error.filename or portal} cannot be removed ({error.strerror}). Made by another user? Try: sudo make reset")
    print("Everything is fresh. Start with: make demo")


def _stop(portal: Path) -> None:
    place.vacate(portal)
    for folder in [portal, *portal.glob("test"), *portal.glob("test-*")]:
        embedded.stop(folder)
        outside = socket_folder(folder)
        if outside.parent != folder:
            shutil.rmtree(outside, ignore_errors=True)


def _remove(portal: Path) -> None:
    for name in WRITTEN:
        for path in portal.glob(name):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    if not any(portal.iterdir()):
        portal.rmdir()


if __name__ == "__main__":
    main()
