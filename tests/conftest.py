"""What every test has: the Chinese texts compiled, and a cache that no other test has seen."""

import io
from collections.abc import Iterator
from contextlib import suppress
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from pytest_django import Settings


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
