"""Hostile files, each made small and fast."""

import io
import struct
import zipfile
import zlib
from functools import cache

import pikepdf
from PIL import Image

from . import uploads

SCRIPT = b"<html><script>alert(document.cookie)</script></html>"


def png(*parts: tuple[bytes, bytes], size: tuple[int, int] = (10, 10)) -> bytes:
    """A PNG written by hand: announces a size, carries parts of our choice, and too few pixels for a large one."""
    rows = zlib.compress(b"".join(b"\0" + bytes(30) for _ in range(10)))
    head = struct.pack(">LLBBBBB", *size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(*one) for one in [(b"IHDR", head), *parts, (b"IDAT", rows), (b"IEND", b"")])


def _part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))


def picture_with_a_bomb() -> bytes:
    """A note of 50 MB inside a picture of ten pixels by ten."""
    return png((b"zTXt", b"note\0\0" + zlib.compress(bytes(50_000_000))))


def picture_of_a_hundred_megapixels() -> bytes:
    return png(size=(10_000, 10_000))


@cache
def word_with_a_bomb() -> bytes:
    """160 MB of nothing inside a Word file."""
    return bytes(uploads.word(**{"word/media/a.bin": bytes(160 * 1024 * 1024)}))


def document_of_ten_thousand_pages() -> bytes:
    """Ten thousand times the same page; half a second to make."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(10, 10))
    page = pdf.make_indirect(pdf.pages[0].obj)
    tree = pdf.Root.Pages
    tree.Kids, tree.Count = pikepdf.Array([page] * 10_000), 10_000
    return bytes(uploads.written(pdf))


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("META-INF/MANIFEST.MF", "Main-Class: Evil")
    return out.getvalue()


def picture_and_archive() -> bytes:
    """Opens as a picture from its beginning and as an archive from its end."""
    return bytes(uploads.picture()) + archive()


def document_and_archive() -> bytes:
    return bytes(uploads.document()) + archive()


def picture_with_a_page() -> bytes:
    """A comment inside the JPEG that some browsers once took for a page."""
    out = io.BytesIO()
    Image.new("RGB", (16, 16), "teal").save(out, "JPEG", comment=SCRIPT)
    return out.getvalue()
