"""What every test has: the Chinese texts compiled, and a cache that no other test has seen."""

import io
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from tests import template
from tests.processes import Processes
from tests.wire import Wire


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Copy the test database from one that is migrated already, where the server is the tests' own."""
    if template.is_ours():
        connection.settings_dict["TEST"]["TEMPLATE"] = template.name()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let log and ledger be emptied after tests with real transactions; their own tests turn the triggers on again."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("core_event", "core_leaf", "core_node", "core_treehead", "supervisors_posting", "supervisors_entry"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_never_emptied")


@pytest.fixture(scope="session", autouse=True)
def _chinese_texts() -> None:
    with suppress(CommandError):  # a faulty catalog is told by tests/test_translations.py, not by every test
        call_command("messages", "compile", stdout=io.StringIO())


@pytest.fixture(autouse=True)
def _cache_of_its_own(settings: Settings) -> Iterator[None]:
    """Counters and sessions of one test must not reach the next. Nothing is flushed: the server may be somebody's."""
    default = settings.CACHES["default"]
    settings.CACHES = {"default": {**default, "KEY_PREFIX": f"{default['KEY_PREFIX']}{uuid4().hex}"}}
    yield
    cache.close()


_POLICIES = (
    "core.migrations.0003_first_deadline_policies",
    "core.migrations.0007_policies_of_reviews",
    "core.migrations.0008_follow_policy_of_asking_for_reviews",
    "core.migrations.0010_policies_of_orders_and_rectification",
    "core.migrations.0012_policies_of_appeals_and_circulars",
    "cases.migrations.0010_reopening_archive_and_quality",
    "supervisors.migrations.0006_inspections_and_tips",
)


@pytest.fixture(autouse=True)
def _deadline_policies(request: pytest.FixtureRequest) -> None:
    """Enter the first policies again where a test with real transactions has emptied the tables behind it."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None:
        return
    request.getfixturevalue("transactional_db" if marker.kwargs.get("transaction") else "db")
    if not apps.get_model("core", "DeadlinePolicy").objects.exists():
        for name in _POLICIES:
            import_module(name).enter(apps, None)


@pytest.fixture
def wire() -> Iterator[Wire]:
    """A mail server that keeps what arrives."""
    with Wire() as server:
        yield server


@pytest.fixture
def processes(wire: Wire, tmp_path: Path) -> Iterator[Processes]:
    """Real workers and beats; none outlives the test."""
    started = Processes(wire, tmp_path)
    yield started
    started.kill_all()
