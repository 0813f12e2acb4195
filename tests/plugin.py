"""Pytest plugin, loaded before Django reads its settings: gives each run embedded servers and folders of its own.

With DATABASE_URL and REDIS_URL set those servers are used; every key and queue of the run still has a prefix of its own.
"""

import fcntl
import os
import shutil
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path
from typing import IO

import pytest

from efficiency_portal.stack import embedded
from efficiency_portal.stack.servers import StackError

_places: list[IO[str]] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Start the servers before any other plugin looks at the settings; parallel workers inherit the addresses."""
    # Importing the project has already named the portal's own settings.
    os.environ["DJANGO_SETTINGS_MODULE"] = "efficiency_portal.settings_test"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = _own_folder(embedded.portal_dir())
        os.environ |= {"PORTAL_DIR": str(folder), "STATIC_ROOT": str(folder / "static"), "MEDIA_ROOT": str(folder / "files")}
        os.environ |= {"TEST_RUN": str(os.getpid()), "PORTAL_DEMO": "1"}
        os.environ["TEST_SERVER_IS_OURS"] = str(int(embedded.wanted()))
        try:
            embedded.use(lasting=False)
        except StackError as error:
            raise pytest.UsageError(str(error)) from error
    return (yield)


def pytest_unconfigure() -> None:
    """Stop the servers and let the next run have the folder."""
    embedded.leave()
    while _places:
        _places.pop().close()


def _own_folder(portal: Path) -> Path:
    """A folder that no other test run uses at this moment: test, or test-2, test-3 when several run at once."""
    folder = next(folder for folder in _candidates(portal) if _take(folder))
    for name in ("static", "files"):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    return folder


def _candidates(portal: Path) -> Iterator[Path]:
    yield portal / "test"
    yield from (portal / f"test-{number}" for number in count(2))


def _take(folder: Path) -> bool:
    """Hold a folder's lock until the run ends; False when another run has it."""
    folder.mkdir(parents=True, exist_ok=True)
    place = (folder / "run.lock").open("a")
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        place.close()
        return False
    _places.append(place)
    return True
