"""The drawing of the states shows every status and move, and changes when the table does."""

from dataclasses import dataclass
from types import ModuleType

import pytest
from django.db.models import TextChoices

from core import state_drawings


class Status(TextChoices):
    NEW = "new", "New"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


@dataclass(frozen=True)
class Transition:
    name: str
    sources: frozenset[Status]
    target: Status
    label: str
    who: str = "officer"
    needs: tuple[str, ...] = ()


TABLE = (
    Transition("accept", frozenset({Status.NEW}), Status.OPEN, "accept it", needs=("category", "deadline")),
    Transition("close", frozenset({Status.OPEN, Status.NEW}), Status.CLOSED, "close it"),
)


def drawn(table):
    workflow = ModuleType("shop.workflow")
    vars(workflow).update(Status=Status, TRANSITIONS=table)
    return state_drawings.document([workflow])


@pytest.mark.parametrize(
    "line",
    [
        "## `shop.workflow.TRANSITIONS`",
        "    new : New",
        "    [*] --> new",
        "    new --> open : accept",
        "    closed --> [*]",
        "| `open` | Open | Open |",
        "| `accept` | `new` | `open` | accept it | officer | category, deadline |",
        "| `close` | `new`, `open` | `closed` | close it | officer | – |",
    ],
)
def test_drawing_shows(line):
    assert line in drawn(TABLE).splitlines()


def test_drawing_changes_with_the_table():
    assert drawn(TABLE) != drawn(TABLE[:1])


def test_room_without_a_table_is_left_out():
    assert drawn(()) == state_drawings.INTRODUCTION
