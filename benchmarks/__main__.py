"""Runs the benchmarks named, or all: `python -m benchmarks filing`. Makes a database of its own and removes it again.

What needs a whole county of cases has a database that is kept: BENCH_CASES says how many (20,000 unless it is set).
"""

import os
import shutil
import sys
from collections.abc import Sequence
from importlib import import_module

from efficiency_portal.stack import embedded

NAMES = ("filing", "tracking", "payouts", "remuneration")
KEPT = ("queue", "statistics")  # these prepare their own database


def main() -> None:
    """Start servers that wait for the disk, as production does, and run."""
    folder = embedded.portal_dir() / "bench"
    os.environ |= {"PORTAL_DIR": str(folder), "MEDIA_ROOT": str(folder / "files"), "STATIC_ROOT": str(folder / "static")}
    os.environ |= {"PORTAL_DEMO": "1", "LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "efficiency_portal.settings_test"}
    (folder / "static").mkdir(parents=True, exist_ok=True)
    embedded.use_or_exit()
    _run(sys.argv[1:] or [*NAMES, *KEPT])
    shutil.rmtree(folder / "files", ignore_errors=True)


def _run(names: Sequence[str]) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases, teardown_test_environment

    setup_test_environment(debug=False)
    settings.TEMPLATES[0]["OPTIONS"]["debug"] = False
    if passing := [name for name in names if name not in KEPT]:
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            _each(passing)
        finally:
            teardown_databases(databases, verbosity=0)
    teardown_test_environment()  # which keeps a copy of the context of every template: no visitor waits for that
    _each([name for name in names if name in KEPT])


def _each(names: Sequence[str]) -> None:
    for name in names:
        import_module(f"benchmarks.{name}").run()


if __name__ == "__main__":
    main()
