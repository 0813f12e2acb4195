"""Draws docs/states.md from the transition tables of the rooms' workflow modules: a Mermaid diagram and two tables for each."""

from collections.abc import Collection, Iterable, Sequence
from enum import Enum
from types import ModuleType
from typing import Protocol

from django.db.models import Choices
from django.utils import translation
from django.utils.functional import Promise

INTRODUCTION = """\
# States

Which status follows which, by whose hand and on what condition. Drawn from the `workflow.py` of each room by
`manage.py draw_states`; change the table there and draw again.
"""


class Transition(Protocol):
    """One line of a room's `TRANSITIONS`: the move's name and label, where it starts, where it ends, who may, what it needs."""

    @property
    def name(self) -> str: ...
    @property
    def sources(self) -> Collection[Choices]: ...
    @property
    def target(self) -> Choices: ...
    @property
    def label(self) -> object: ...
    @property
    def who(self) -> object: ...
    @property
    def needs(self) -> object: ...


def tables_of(workflow: ModuleType) -> dict[str, Sequence[Transition]]:
    """The module's transition tables by name; most rooms have one, called TRANSITIONS."""
    return {
        name: table for name, table in vars(workflow).items() if name.endswith("TRANSITIONS") and isinstance(table, tuple | list)
    }


def document(workflows: Iterable[ModuleType]) -> str:
    """The whole page; Chinese labels come from the compiled catalogs."""
    parts = [INTRODUCTION]
    for workflow in workflows:
        for name, table in tables_of(workflow).items():
            if table:
                parts.append(section(f"{workflow.__name__}.{name}", table))
    return "\n".join(parts)


def section(title: str, table: Sequence[Transition]) -> str:
    """One state table: heading, diagram, statuses, moves."""
    statuses = type(table[0].target)
    return "\n".join([f"## `{title}`\n", *_diagram(statuses, table), "", *_statuses(statuses), "", *_moves(table), ""])


def _diagram(statuses: type[Choices], table: Sequence[Transition]) -> list[str]:
    arrows = [(source, move.target, move.name) for move in table for source in _in_order(move.sources)]
    entered = {target for source, target, _name in arrows if source != target}
    left = {source for source, target, _name in arrows if source != target}
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {status.value} : {words(status.label)}" for status in statuses]
    lines += [f"    [*] --> {status.value}" for status in statuses if status not in entered]
    lines += [f"    {source.value} --> {target.value} : {name}" for source, target, name in arrows]
    lines += [f"    {status.value} --> [*]" for status in statuses if status not in left]
    return [*lines, "```"]


def _statuses(statuses: type[Choices]) -> list[str]:
    rows = [
        f"| `{status.value}` | {in_language('en', status.label)} | {in_language('zh-hans', status.label)} |"
        for status in statuses
    ]
    return ["| status | English | 中文 |", "|---|---|---|", *rows]


def _moves(table: Sequence[Transition]) -> list[str]:
    rows = []
    for move in table:
        sources = ", ".join(f"`{source.value}`" for source in _in_order(move.sources)) or "(new)"
        cells = [f"`{move.name}`", sources, f"`{move.target.value}`", words(move.label), words(move.who), words(move.needs)]
        rows.append(f"| {' | '.join(cells)} |")
    return ["| move | from | to | in words | who | needs |", "|---|---|---|---|---|---|", *rows]


def _in_order(sources: Collection[Choices]) -> list[Choices]:
    """Sets have no order of their own; the drawing must not change from run to run."""
    return [status for status in type(next(iter(sources))) if status in sources] if sources else []


def words(value: object) -> str:
    """A value as a reader of either language understands it: labels in both, several joined by commas."""
    if value is None or value == "" or value == ():
        return "–"
    if isinstance(value, set | frozenset):
        return ", ".join(sorted(words(one) for one in value))
    if isinstance(value, tuple | list):
        return ", ".join(words(one) for one in value)
    if isinstance(value, Choices):
        return words(value.label)
    if isinstance(value, Enum):
        return str(value.value)
    english, chinese = in_language("en", value), in_language("zh-hans", value)
    return english if english == chinese else f"{english} · {chinese}"


def in_language(code: str, value: object) -> str:
    with translation.override(code):
        return str(value) if isinstance(value, str | Promise) else repr(value)
