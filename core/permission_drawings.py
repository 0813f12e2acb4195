"""Draws who may do what: each `can_*` function is asked about a person of each role, about rows that are the person's own or not.

Nothing is read from a database. Where a function wants to (posts, recusals, memberships), the cell says that the row decides.
"""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, get_type_hints

from django.db import Error, connection, models
from django.utils import timezone

ME, SOMEBODY = 1, 2
ALWAYS, OWN, ASKS, NEVER, UNKNOWN = "✓", "own", "row", "", "?"
_STATES = {"status", "mode", "finding", "kind"}
_DEPTH = 2
_MODES = 4  # there are three ways of handling a case, and none yet


Kinds = list[type[models.Model] | None]
Filled = type[models.Field[Any, Any]] | None
# What is made up of a row that allows nobody anything when bare: what it points to, when something happened, what else holds.
_FILLED: tuple[Filled, ...] = (models.ForeignKey, models.DateTimeField, models.BooleanField)


class _AskedError(Exception):
    """A function wanted to know something from the database."""


@dataclass(frozen=True)
class Verb:
    """One thing that somebody may do, on one kind of row or on none."""

    room: str
    name: str
    about: str
    who: str
    cells: tuple[str, ...]


def document(rooms: Iterable[tuple[str, ModuleType]], roles: Sequence[str], person: type[models.Model]) -> str:
    """Return the whole page."""
    lines = [
        "# Who may do what",
        "",
        "Drawn from the `can_*` functions of the rooms by `manage.py draw_permissions`; change them there and draw again.",
        f"`{ALWAYS}` the role may, in a state of the row that allows it and with the exceptions named at the end ·"
        f" `{OWN}` only where the row names the person (handler, asker, owner) ·"
        f" `{ASKS}` a row decides: a post in that agency, a recusal, a membership, what was done before · empty: never ·"
        f" `{UNKNOWN}` needs a row that cannot be made up here: read the last column.",
        "Which rows exist for somebody at all, `visible_to` says; whether a matter is in a state for it, `workflow`.",
        "",
    ]
    for room, module in rooms:
        lines += [f"## {room}", "", f"| verb | on | {' | '.join(roles)} | who |", f"|---|---|{'---|' * len(roles)}---|"]
        for verb in verbs(room, module, roles, person):
            lines.append(f"| {verb.name} | {verb.about} | {' | '.join(verb.cells)} | {verb.who} |")
        lines.append("")
    return "\n".join(lines)


def verbs(room: str, module: ModuleType, roles: Sequence[str], person: type[models.Model]) -> list[Verb]:
    """Return the verbs of a room by name."""
    found = [(name, function) for name, function in inspect.getmembers(module, inspect.isfunction) if name.startswith("can_")]
    return [_verb(room, name, function, roles, person) for name, function in found]


def _verb(room: str, name: str, function: Callable[..., bool], roles: Sequence[str], person: type[models.Model]) -> Verb:
    kinds = kinds_of(function)
    about = ", ".join(kind.__name__ if kind else "?" for kind in kinds) or "—"
    who = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ").replace("|", "/")
    cells: tuple[str, ...] = ()
    for filled in (None, *_FILLED):  # most ask nothing more of a row than that it exists
        cells = tuple(_cell(function, kinds, role, person, filled) for role in roles)
        if any(cells):
            break
    else:  # it needs more of a row than can be made up here
        cells = (UNKNOWN,) * len(roles)
    return Verb(room, name.removeprefix("can_"), about, who, cells)


def kinds_of(function: Callable[..., bool]) -> Kinds:
    """The models of what comes after the person."""
    names = list(inspect.signature(function).parameters)[1:]
    try:
        hints = get_type_hints(function, vars(inspect.getmodule(function)) | {model.__name__: model for model in _models()})
    except NameError:
        hints = {}
    return [hint if inspect.isclass(hint) and issubclass(hint, models.Model) else None for hint in map(hints.get, names)]


def _models() -> Iterable[type[models.Model]]:
    from django.apps import apps

    return apps.get_models()


def _cell(function: Callable[..., bool], kinds: Kinds, role: str, person: type[models.Model], filled: Filled) -> str:
    user = person(pk=ME, roles=[role], is_active=True)
    other, own = (_answers(function, user, kinds, owner, filled) for owner in (SOMEBODY, ME))
    if True in other:
        return ALWAYS
    if True in own:
        return OWN
    return ASKS if None in other | own else NEVER


def _answers(function: Callable[..., bool], user: Any, kinds: Kinds, owner: int, filled: Filled) -> set[bool | None]:
    """What is answered about a row of this owner, in every state that it and what it rests on can be in."""
    answers = set()
    for flag in (None, True) if None in kinds else (None,):
        rows = [_row(kind, owner, _DEPTH, filled) if kind else flag for kind in kinds]
        resting = [one for row in rows if row for one in _reached(row)]
        for place in range(max((len(values) for _one, _name, values in resting), default=1) * _MODES):
            for one, name, values in resting:
                step = place // _MODES if name == "status" else place % _MODES
                setattr(one, name, values[step % len(values)])
            answers.add(_asked(function, user, rows))
    return answers


def _reached(row: Any) -> Iterable[tuple[Any, str, list[Any]]]:
    """A row and the made-up rows that it rests on, with the values that tell their state."""
    if not isinstance(row, models.Model):
        return
    for field in row._meta.concrete_fields:
        if field.name in _STATES and field.choices:
            yield row, field.name, [value for value, _label in field.flatchoices]
        elif isinstance(field, models.ForeignKey) and field.is_cached(row):
            yield from _reached(getattr(row, field.name))


def _row(kind: type[models.Model], owner: int, depth: int, filled: Filled) -> Any:
    """A row that was never saved; whom it names is the owner. What it rests on is made up too, and what may be empty if asked."""
    row = kind(pk=owner)
    for field in kind._meta.concrete_fields:
        asked = filled is not None and isinstance(field, filled)
        if not isinstance(field, models.ForeignKey):
            if asked:
                setattr(row, field.name, not field.get_default() if isinstance(field, models.BooleanField) else timezone.now())
            continue
        target = field.related_model
        if target._meta.label == "accounts.User":  # core knows people by their table only
            setattr(row, field.name, target(pk=owner))
        elif depth and (asked or not field.null):
            setattr(row, field.name, _row(target, owner, depth - 1, filled))
    return row


def _asked(function: Callable[..., bool], user: Any, rows: list[Any]) -> bool | None:
    """Ask without a database; None where it cannot be said without."""
    try:
        with connection.execute_wrapper(_refuse):
            return bool(function(user, *rows))
    except (_AskedError, Error, AttributeError, TypeError, ValueError, models.ObjectDoesNotExist):
        return None


def _refuse(*_given: Any) -> Any:
    raise _AskedError
