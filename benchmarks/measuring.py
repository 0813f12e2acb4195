"""Times one thing many times and says what came of it."""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from django.db import connection
from tqdm import tqdm

GOAL_SECONDS = 10  # for a step of long work with money


@dataclass(frozen=True)
class Series:
    """The times of one thing, in milliseconds."""

    name: str
    times: Sequence[float]

    @property
    def p50(self) -> float:
        """The middle one."""
        return quantiles(self.times, n=100, method="inclusive")[49]

    @property
    def p95(self) -> float:
        """The one that nineteen of twenty keep below."""
        return quantiles(self.times, n=100, method="inclusive")[94]

    def line(self) -> str:
        """Return the line of the table."""
        return f"{self.name:<52} {self.p50:>9.1f} {self.p95:>9.1f}"


def timed(work: Callable[[], Any]) -> float:
    """Do it once and return the milliseconds."""
    before = time.perf_counter()
    work()
    return (time.perf_counter() - before) * 1000


def rounds(number: int, name: str) -> Any:
    """Count the rounds with a progress bar, where somebody looks."""
    return tqdm(range(number), desc=name, leave=False, disable=not sys.stderr.isatty())


class Statements:
    """Collects what is asked of the database; an execute wrapper of Django's."""

    def __init__(self) -> None:
        """Begin with none."""
        self.asked: list[tuple[str, Any]] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Pass a statement on and keep it."""
        self.asked.append((sql, params))
        return execute(sql, params, many, context)


def ask(statements: Sequence[tuple[str, Any]]) -> None:
    """Issue statements bare and fetch what they find."""
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()


def progress(things: Sequence[Any], name: str) -> Any:
    """Go through things with a progress bar, where somebody looks."""
    return tqdm(things, desc=name, leave=False, disable=not sys.stderr.isatty())


def say(text: str = "") -> None:
    """Print a line of the report."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def table(title: str, series: Sequence[Series]) -> None:
    """Print a table of times."""
    say(f"\n{title:<52} {'p50 ms':>9} {'p95 ms':>9}")
    for one in series:
        say(one.line())


def ratio(words: str, ours: Series, bare: Series, *, goal: float) -> None:
    """Print how many times as long ours takes as the bare work, by p95, and what is wanted."""
    found = ours.p95 / bare.p95
    say(f"{words}: {found:.1f} times the bare work by p95 (wanted: at most {goal:g}; {'kept' if found <= goal else 'MISSED'})")


def measure_step(name: str, work: Callable[[], Any]) -> None:
    """Time a step, with how much the process has grown at its highest since the step before."""
    high, before = _high_water(), time.perf_counter()
    work()
    seconds = time.perf_counter() - before
    kept = "kept" if seconds <= GOAL_SECONDS else "MISSED"
    say(f"{name:<52} {seconds:>7.2f} {_high_water() - high:>7.1f}   {kept}")


def _high_water() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
