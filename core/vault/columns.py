"""Which columns and files are sealed, as each room declares them, and with which keys they are sealed now."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import BinaryField, Count, F, Func, Model, Q, QuerySet
from django.db.models.functions import Substr

from .ring import Key
from .sealing import key_id_of

HEAD_BYTES = 41  # the longest name of a key and its length
MISSING = "?"  # stands for the key of a file that is not in the store


@dataclass(frozen=True)
class SealedTable:
    """The sealed columns of one table. `row` names a row as it was named when its values were sealed."""

    model: type[Model]
    row: Callable[[Any], str]
    columns: tuple[str, ...]  # `name` stands in the field `name_sealed`
    files: tuple[str, ...]  # fields that hold the name of a sealed file; the column of the vault is called the same
    join: tuple[str, ...]  # relations that `row` follows
    is_large: bool = False  # whether a value may be a megabyte, so that only a few are held at once

    def rows(self) -> QuerySet[Any]:
        """Return all rows in the order in which they are gone through."""
        return self.model._base_manager.order_by("pk")

    def stale(self, key: Key, *, after: Any, size: int) -> tuple[list[Any], Any]:
        """Look through some rows behind the one with key `after`: those not wholly sealed with this key, and the last seen."""
        rows = self.rows() if after is None else self.rows().filter(pk__gt=after)
        if not self.files:
            found = list(self._behind(rows, key).values_list("pk", flat=True)[:size])
            return found, found[-1] if found else None
        seen = list(rows[:size])
        return [row.pk for row in seen if not self.is_sealed_with(key, row)], seen[-1].pk if seen else None

    def is_sealed_with(self, key: Key, row: Any) -> bool:
        """Tell whether every value and file of a row is sealed with this key."""
        return all(key_id_of(value) == key.name for _column, value in self.values(row)) and all(
            key_of_file(name) in {key.name, MISSING} for _column, name in self.file_names(row)
        )

    def values(self, row: Any) -> Iterator[tuple[str, bytes]]:
        """Yield each column of a row that holds something, with its sealed value."""
        for column in self.columns:
            if (value := getattr(row, f"{column}_sealed")) is not None:
                yield column, bytes(value)

    def file_names(self, row: Any) -> Iterator[tuple[str, str]]:
        """Yield each file of a row."""
        for column in self.files:
            if name := getattr(row, column):
                yield column, str(name)

    def keys_in_use(self) -> Iterator[tuple[str, Counter[str]]]:
        """Yield each column and how many of its values each key has sealed. Files are opened for their first bytes only."""
        for column in self.columns:
            named = self.model._base_manager.filter(**{f"{column}_sealed__isnull": False}).annotate(
                sealed_with=_NamedKey(f"{column}_sealed")
            )
            counted = named.order_by().values_list("sealed_with").annotate(sealed_values=Count("pk"))
            yield column, Counter({bytes(key).decode(errors="backslashreplace"): number for key, number in counted})
        for column in self.files:
            names = self.model._base_manager.exclude(**{column: ""}).exclude(**{f"{column}__isnull": True})
            yield column, Counter(key_of_file(name) for name in names.values_list(column, flat=True).iterator())

    def _behind(self, rows: QuerySet[Any], key: Key) -> QuerySet[Any]:
        """Narrow to the rows of which some value does not begin with the head of this key."""
        condition = Q()
        for column in self.columns:
            rows = rows.annotate(**{f"{column}_head": Substr(f"{column}_sealed", 1, len(key.head), output_field=BinaryField())})
            condition |= Q(**{f"{column}_sealed__isnull": False}) & ~Q(**{f"{column}_head": key.head})
        return rows.filter(condition)


class _NamedKey(Func):
    """The name of the key in front of a sealed value; nothing for a value that is empty."""

    template = (
        "CASE WHEN length(%(expressions)s) > 0 "
        "THEN substring(%(expressions)s from 2 for get_byte(%(expressions)s, 0)) ELSE ''::bytea END"
    )
    output_field = BinaryField()

    def __init__(self, field: str) -> None:
        super().__init__(F(field))


def key_of_file(name: str) -> str:
    """Return the name of the key that a stored file is sealed with."""
    try:
        with default_storage.open(name) as file:
            return key_id_of(file.read(HEAD_BYTES))
    except FileNotFoundError:
        return MISSING


_tables: dict[type[Model], SealedTable] = {}


def declare(
    model: type[Model],
    *columns: str,
    row: Callable[[Any], str],
    files: tuple[str, ...] = (),
    join: tuple[str, ...] = (),
    is_large: bool = False,
) -> None:
    """Say which columns of a table are sealed, so that `manage.py rotate_keys` reaches them; called in `AppConfig.ready()`."""
    _tables[model] = SealedTable(model, row, columns, files, join, is_large)


def declared() -> list[SealedTable]:
    """Return what the rooms have declared."""
    return list(_tables.values())
