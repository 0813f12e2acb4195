"""The bare work: the same rows into the same tables (no foreign keys, no triggers) and the same files, without Django."""

import os
from pathlib import Path
from typing import Any

import psycopg2
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection

from core.cleaning import pictures
from core.cleaning.kinds import JPEG

Statement = tuple[str, Any]
_KEY = AESGCM(bytes(32))


class Writes:
    """Collects the statements that insert rows, but for the counter of the numbers; an execute wrapper of Django's."""

    def __init__(self) -> None:
        """Begin with none."""
        self.statements: list[Statement] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Pass a statement on and keep it when it inserts."""
        if sql.startswith('INSERT INTO "'):
            self.statements.append((sql, params))
        return execute(sql, params, many, context)


class Shadow:
    """Empty copies of the tables in a schema of their own, so that the same rows can be written again and again."""

    def __init__(self, statements: list[Statement]) -> None:
        """Copy the tables that the statements name."""
        self.statements = statements
        self.tables = sorted({sql.split('"')[1] for sql, _params in statements})
        parameters = connection.get_connection_params()
        self.link = psycopg2.connect(
            **{name: parameters[name] for name in ("dbname", "user", "host", "port") if name in parameters}
        )
        with self.link, self.link.cursor() as cursor:
            cursor.execute("DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare")
            for name in self.tables:
                cursor.execute(f'CREATE TABLE bare."{name}" (LIKE public."{name}" INCLUDING ALL)')
        with self.link, self.link.cursor() as cursor:
            cursor.execute("SET search_path = bare")

    def insert(self) -> None:
        """Write the rows in one transaction."""
        with self.link, self.link.cursor() as cursor:
            for sql, params in self.statements:
                cursor.execute(sql, params)

    def empty(self) -> None:
        """Make room for the next round."""
        with self.link, self.link.cursor() as cursor:
            cursor.execute("TRUNCATE " + ", ".join(f'bare."{name}"' for name in self.tables))

    def close(self) -> None:
        """Leave the database."""
        self.link.close()


def decoded(picture: bytes) -> list[bytes]:
    """Decode a picture in this process and return all that is kept of it."""
    made = pictures.clean(picture, JPEG)
    return [picture, made.copy, made.preview]


def keep(blobs: list[bytes]) -> None:
    """Seal each blob and write it to a file of its own."""
    folder = Path(settings.MEDIA_ROOT) / "bare"
    folder.mkdir(parents=True, exist_ok=True)
    for blob in blobs:
        nonce = os.urandom(12)
        (folder / os.urandom(12).hex()).write_bytes(nonce + _KEY.encrypt(nonce, blob, b"row/column"))


def write(shadow: Shadow, blobs: list[bytes]) -> None:
    """Write the files, then the rows."""
    keep(blobs)
    shadow.insert()
