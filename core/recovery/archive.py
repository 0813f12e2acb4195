"""What a backup holds and how it goes in and out: a tar of small members inside a sealed stream, never whole in memory.

`manifest.json` comes first, then the database in parts, every sealed file under the name it has in the store, the log's heads,
and at last `sums.json`: a digest of each table, computed in the very snapshot that was dumped. Keys are never in it.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from core import vault
from core.models import TreeHead

from . import postgres
from .digests import digests
from .sealed_stream import BackupDamaged, OpeningReader, SealingWriter

MANIFEST, SUMS, HEADS, DATABASE, FILES = "manifest.json", "sums.json", "heads.txt", "database/", "files/"
Tell = Callable[[int], object]  # how many bytes went by


@dataclass
class Sums:
    """What was counted while a backup went by."""

    tables: dict[str, str] = field(default_factory=dict)
    files: int = 0
    names: int = 0  # the names of the files, added up: equal for equal sets
    bytes: int = 0
    missing: list[str] = field(default_factory=list)  # named by a row and not in the store

    def count(self, name: str, size: int) -> None:
        """Count a file."""
        self.files, self.bytes = self.files + 1, self.bytes + size
        self.names = (self.names + int.from_bytes(hashlib.sha256(name.encode()).digest()[:16], "big")) % 2**128


@dataclass(frozen=True)
class Looked:
    """What an intact backup says of itself."""

    manifest: dict[str, Any]
    sums: Sums
    heads: dict[int, str]


def make(out: BinaryIO, *, key: bytes, at: datetime, tell: Tell) -> Sums:
    """Write a backup of this moment; the portal goes on meanwhile. Raises postgres.ToolFailed."""
    sums, sealed = Sums(), SealingWriter(out, key)
    with _snapshot() as snapshot, tarfile.open(fileobj=sealed, mode="w|") as tar:
        _add(tar, MANIFEST, json.dumps(_manifest(at), indent=1).encode(), at)
        for number, part in enumerate(postgres.dump(snapshot)):
            _add(tar, f"{DATABASE}{number:08}", part, at)
            sums.bytes += len(part)
            tell(len(part))
        for name in _names():
            tell(_add_file(tar, name, sums, at))
        _add(tar, HEADS, "".join(f"{head.size} {bytes(head.root).hex()}\n" for head in _heads()).encode(), at)
        sums.tables = dict(digests(connection))
        _add(tar, SUMS, json.dumps(vars(sums)).encode(), at)
    sealed.finish()
    return sums


def members(source: BinaryIO, key: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the members of a backup, each checked before it is given out. Raises BackupDamaged, KeyUnfit."""
    reader = OpeningReader(source, key)
    try:
        with tarfile.open(fileobj=reader, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isfile() else None
                if content is None or PurePosixPath(member.name).is_absolute() or ".." in PurePosixPath(member.name).parts:
                    raise BackupDamaged(f"The backup holds what no backup holds: {member.name}")
                yield member.name, content.read()
    except tarfile.TarError as error:
        raise BackupDamaged(f"The backup does not read: {error}") from error
    while reader.read(postgres.PART_BYTES):
        pass  # to the end, which is checked too


def look(source: BinaryIO, key: bytes, tell: Tell) -> Looked:
    """Read a whole backup and change nothing. Raises BackupDamaged, KeyUnfit."""
    found, heads, manifest, said = Sums(), "", {}, dict[str, Any]()
    for name, content in members(source, key):
        tell(len(content))
        if name == MANIFEST:
            manifest = json.loads(content)
        elif name == SUMS:
            said = json.loads(content)
        elif name == HEADS:
            heads = content.decode("ascii")
        elif name.startswith(FILES):
            found.count(name.removeprefix(FILES), len(content))
    if not manifest or (said.get("files"), said.get("names")) != (found.files, found.names):
        raise BackupDamaged("The backup is not whole: files that it counts are not in it.")
    return Looked(manifest, Sums(**said), {int(size): root for size, root in (line.split() for line in heads.splitlines())})


def put_back(source: BinaryIO, key: bytes, *, database: str = "", files: bool = True, tell: Tell) -> None:
    """Restore the database into an empty one, in one transaction, and the files into the store before it.

    Raises BackupDamaged, KeyUnfit, postgres.ToolFailed.
    """
    with postgres.restoring(database) as pipe:
        for name, content in members(source, key):
            tell(len(content))
            if name.startswith(DATABASE):
                pipe.write(content)
            elif name.startswith(FILES) and files:
                _keep_file(name.removeprefix(FILES), content)


@contextmanager
def _snapshot() -> Iterator[str]:
    """One view of the database for everything that is read, pg_dump's connection included."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


def _manifest(at: datetime) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
        cursor.execute("SELECT app || '.' || max(name) FROM django_migrations GROUP BY app ORDER BY 1")
        newest = [name for (name,) in cursor.fetchall()]
    return {"made_at": at.isoformat(), "site": settings.SITE_URL, "postgres": version, "migrations": newest}


def _names() -> Iterator[str]:
    """The names of all files that rows point to."""
    for table in vault.declared():
        for column in table.files:
            rows = table.model._base_manager.exclude(**{column: ""}).exclude(**{f"{column}__isnull": True})
            yield from rows.order_by().values_list(column, flat=True).iterator()


def _heads() -> Iterator[TreeHead]:
    return TreeHead.objects.order_by("size").iterator()


def _add_file(tar: tarfile.TarFile, name: str, sums: Sums, at: datetime) -> int:
    """Add a file of the store; one that was erased since the snapshot is noted."""
    try:
        with default_storage.open(name) as file:
            content = file.read()
    except FileNotFoundError:
        sums.missing.append(name)
        return 0
    _add(tar, f"{FILES}{name}", content, at)
    sums.count(name, len(content))
    return len(content)


def _add(tar: tarfile.TarFile, name: str, content: bytes, at: datetime) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = len(content), int(at.timestamp()), 0o600
    tar.addfile(member, io.BytesIO(content))


def _keep_file(name: str, content: bytes) -> None:
    default_storage.delete(name)  # of an earlier try; names are random, so that it is the same file
    if default_storage.save(name, ContentFile(content)) != name:
        raise BackupDamaged(f"The store keeps {name} under another name.")
