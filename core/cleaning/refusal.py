"""Why a file is not taken, as a code that the portal puts into words, and the limits that lead to it."""

from dataclasses import dataclass

MAX_PIXELS = 60_000_000
MAX_PAGES = 500
MAX_PARTS = 3_000  # files inside a Word or Excel file
MAX_UNPACKED = 150 * 1024 * 1024
MAX_XML = 48 * 1024 * 1024  # one part that must be parsed as a whole
MAX_SECONDS = 4 * 3600
PREVIEW_EDGE = 1280  # pixels

PIXELS, PAGES, UNPACKED, LENGTH = "pixels", "pages", "unpacked", "length"
MACROS, PASSWORD, CODEC, DAMAGED = "macros", "password", "codec", "damaged"


class NotTaken(Exception):
    """The file cannot be taken; `code` is one of this module's words."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Cleaned:
    """The cleaned copy, and a small JPEG of what can be looked at; empty where there is nothing to see."""

    copy: bytes
    preview: bytes = b""
