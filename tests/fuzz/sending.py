"""Generated input for the fuzzing tests: which fields there are, and what nobody would type into them."""

import os
import re
import time
from collections.abc import Iterator
from typing import Any
from warnings import warn

from django.forms import BaseForm, Form
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.source import ROOT

ASKED_FOR = int(os.environ.get("FUZZ_EXAMPLES", "0"))
FEW = 4  # where nothing was asked for
LENIENT = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
fuzzing = settings(
    max_examples=ASKED_FOR or FEW,
    derandomize=not ASKED_FOR,
    database=None,
    deadline=None,
    suppress_health_check=LENIENT,
)
MARK = "<fuzz7 onload=alert(1)>"
SLOW_SECONDS = 2.0  # what nobody should wait
TOO_SLOW_SECONDS = 20.0  # what no busy machine explains
REFUSED = 500
ASKED = re.compile(r"""(?:GET|POST|FILES)(?:\.get|\.getlist)?[(\[]\s*"(\w+)\"""")
ROOMS = ("core", "complaints", "cases", "supervisors", "agencies")
NASTY = [
    "",
    "\0",
    MARK,
    f"'\"></textarea></script>{MARK}",
    "{{ 7|add:7 }}{% load static %}",
    "' OR 1=1 --",
    "../../../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "%00%0d%0aSet-Cookie: a=b",
    "\r\nSet-Cookie: a=b",
    "9" * 40,
    "-1",
    "1e309",
    "NaN",
    "²",
    "٣",
    "\u202e\ufeff",
    "𠮷" * 3000,
    "2026-02-30",
    "0000-00-00",
    "13900001234",
    "a" * 20_000,
    "[" * 500,
    '{"a":' * 200,
]
VALUES = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=60))


class SlowAnswerWarning(UserWarning):
    """Counted at the end of the run; fails nothing, because machines are busy."""


def fields() -> list[str]:
    """Names of the fields that views and forms of the rooms read."""
    sources = (path.read_text("utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    asked = {name for source in sources for name in ASKED.findall(source)}
    return sorted(asked | {name for form in _forms(Form) for name in form.base_fields})


def _forms(kind: type[BaseForm]) -> Iterator[Any]:
    for one in kind.__subclasses__():
        yield one
        yield from _forms(one)


def answers_for(names: list[str]) -> st.SearchStrategy[dict[str, str]]:
    """Some of the fields, each with something nasty."""
    return st.dictionaries(st.sampled_from(names), VALUES, max_size=8)


def sent(client: Client, method: str, address: str, given: dict[str, str], *, htmx: bool = False) -> HttpResponse:
    """Send it and look at the answer: no fault of ours, nothing reflected that a browser would run, not slow beyond reason."""
    headers = {"HX-Request": "true"} if htmx else {}
    before = time.perf_counter()
    response: Any = getattr(client, method)(address, given, headers=headers)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    took = time.perf_counter() - before
    assert response.status_code < REFUSED, f"{address} answered {response.status_code}"
    assert MARK.encode() not in content or "html" not in response.headers.get("Content-Type", ""), f"{address} reflects markup"
    assert not any("\n" in value or "\r" in value for value in response.headers.values())
    assert took < TOO_SLOW_SECONDS, f"{address} took {took:.1f} s"
    if took > SLOW_SECONDS:
        warn(f"slow: {method} {address} {took:.1f} s", SlowAnswerWarning, stacklevel=2)
    return response  # type: ignore[no-any-return]
