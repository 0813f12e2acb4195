"""A browser that sends a file in pieces, as static/upload.js does."""

import hashlib
import io
import random
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from PIL import Image

from complaints.models import DraftFile, Upload, UploadChunk
from core.models import StoredFile

from .citizen import Citizen

UPLOADS = "/complaints/uploads/"
PIECE = 16 * 1024


def photo(kilobytes: int = 40, *, seed: int = 1) -> bytes:
    """A real PNG of about this size, the same for the same seed."""
    edge = int((kilobytes * 1024 / 3) ** 0.5) + 1
    out = io.BytesIO()
    Image.frombytes("RGB", (edge, edge), random.Random(seed).randbytes(edge * edge * 3)).save(out, "PNG")
    return out.getvalue()


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def writing() -> Citizen:
    """A citizen who has told the matter and stands before the evidence."""
    citizen = Citizen()
    citizen.tells_the_matter()
    return citizen


def left_behind() -> dict[str, int]:
    """What of uploads and files is in the tables and on the disk."""
    on_disk = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    tables: dict[str, Any] = {"uploads": Upload, "chunks": UploadChunk, "draft files": DraftFile, "files": StoredFile}
    found = {name: model.objects.count() for name, model in tables.items()} | {"on disk": len(on_disk)}
    return {name: number for name, number in found.items() if number}


class Sender:
    """Sends one file over one browser's session."""

    def __init__(self, citizen: Citizen | Client, name: str = "照片.png", content: bytes | None = None, **about: Any) -> None:
        self.client = citizen.client if isinstance(citizen, Citizen) else citizen
        self.name, self.content = name, photo() if content is None else content
        self.about, self.key = about, ""

    def begins(self, **changes: Any) -> Any:
        about = {"name": self.name, "size": len(self.content), "sha256": sha(self.content), **self.about, **changes}
        response = self.client.post(UPLOADS, about)
        self.key = response.json().get("id", self.key)
        return response

    def sends(self, start: int = 0, content: bytes | None = None, *, length: int = PIECE, checksum: str | None = None):
        piece = self.content[start : start + length] if content is None else content
        headers: dict[str, str] = {"X-Chunk-SHA256": sha(piece) if checksum is None else checksum}
        address = f"{UPLOADS}{self.key}/{start}/"
        return self.client.post(address, piece, content_type="application/octet-stream", headers=headers)

    def sends_all(self) -> None:
        for start in range(0, len(self.content), PIECE):
            assert self.sends(start).status_code == 200

    def asks(self) -> Any:
        return self.client.get(f"{UPLOADS}{self.key}/")

    def finishes(self, **more: Any) -> Any:
        return self.client.post(f"{UPLOADS}{self.key}/finish/", more)

    def cancels(self) -> Any:
        return self.client.post(f"{UPLOADS}{self.key}/cancel/")

    def delivers(self) -> Any:
        begun = self.begins()
        if begun.status_code != 201:
            return begun
        self.sends_all()
        return self.finishes()
