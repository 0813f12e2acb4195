"""Sealing anew with the newest key: a few rows at a time, while the portal works."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath
from secrets import token_hex
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from .columns import MISSING, SealedTable, key_of_file
from .ring import Key, newest
from .sealing import VaultError, key_id_of, open_bytes, seal_bytes

ROWS_AT_ONCE = 200
LARGE_ROWS_AT_ONCE = 5  # each may hold tens of megabytes


@dataclass
class Batch:
    """What came of some rows."""

    resealed: int = 0  # rows
    values: int = 0  # their values and files
    locked: int = 0  # rows that somebody else holds; another pass takes them
    damaged: list[str] = field(default_factory=list)  # rows of which some value does not open, each by its name in the vault


def reseal(table: SealedTable) -> Iterator[Batch]:
    """Seal every row of a table with the newest key, and yield after each batch, which is one transaction.

    A row that somebody else has locked is left for another pass. Progress stands in the values themselves: a run that
    is cut short loses at most its last batch, and another goes on from there.
    """
    key, after = newest(), None
    size = LARGE_ROWS_AT_ONCE if table.files or table.is_large else ROWS_AT_ONCE
    while True:
        stale, last = table.stale(key, after=after, size=size)
        if last is None:
            return
        yield _reseal_some(table, stale, key) if stale else Batch()
        after = last


@transaction.atomic
def _reseal_some(table: SealedTable, pks: list[Any], key: Key) -> Batch:
    batch = Batch(locked=len(pks))
    rows = table.rows().filter(pk__in=pks).select_related(*table.join or [None])
    for row in rows.select_for_update(of=("self",), skip_locked=True):
        name = table.row(row)
        batch.locked -= 1
        try:
            changed = _values(table, row, name, key) | _files(table, row, name, key)
        except VaultError:
            batch.damaged.append(name)
            continue
        if changed:
            table.model._base_manager.filter(pk=row.pk).update(**changed)
            batch.resealed += 1
            batch.values += len(changed)
    return batch


def _values(table: SealedTable, row: Any, name: str, key: Key) -> dict[str, Any]:
    """Return the fields of a row with their values sealed anew. Raises VaultError."""
    return {
        f"{column}_sealed": seal_bytes(open_bytes(blob, row=name, column=column), row=name, column=column)
        for column, blob in table.values(row)
        if key_id_of(blob) != key.name
    }


def _files(table: SealedTable, row: Any, name: str, key: Key) -> dict[str, Any]:
    """Write the files of a row anew under names of their own; the old ones go when the row has its new names.

    Until then a reader finds the old file. Raises VaultError, and leaves no file behind then.
    """
    changed: dict[str, Any] = {}
    try:
        for column, path in table.file_names(row):
            if key_of_file(path) not in {key.name, MISSING}:
                changed[column] = _rewritten(path, name, column)
    except BaseException:
        for path in changed.values():
            default_storage.delete(path)
        raise
    for column in changed:
        transaction.on_commit(partial(_forget, getattr(row, column)))
    return changed


def _rewritten(path: str, row: str, column: str) -> str:
    with default_storage.open(path) as file:
        content = open_bytes(file.read(), row=row, column=column)
    fresh = str(PurePosixPath(path).with_name(token_hex(24)))
    return default_storage.save(fresh, ContentFile(seal_bytes(content, row=row, column=column)))


def _forget(path: str) -> None:
    with suppress(OSError):  # a store that is away keeps a sealed file that nobody names
        default_storage.delete(path)
