"""Asks a ClamAV daemon about one file, by its INSTREAM command: a length before every piece, an empty piece at the end."""

import re
import socket
import struct
from urllib.parse import urlsplit

_PIECE = 64 * 1024
_SECONDS = 60
_VERDICT = re.compile(r"^stream: (?:(?P<clean>OK)|(?P<name>.+) FOUND)$")


class ScannerAway(Exception):
    """The scanner cannot be reached, or gave no verdict; the file goes on waiting."""


def found_in(content: bytes, *, address: str) -> str:
    """Return the name of what was found, or an empty text. `address`: `tcp://host:3310` or `unix:///path`. Raises ScannerAway."""
    try:
        with _connected(address) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _PIECE):
                piece = content[start : start + _PIECE]
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            answer = _answer(line)
    except OSError as error:
        raise ScannerAway(str(error)) from error
    verdict = _VERDICT.match(answer)
    if verdict is None:
        raise ScannerAway(answer[:200])
    return verdict["name"] or ""


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_SECONDS)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((parts.hostname or "", parts.port or 3310), timeout=_SECONDS)


def _answer(line: socket.socket) -> str:
    pieces = []
    while piece := line.recv(4096):
        pieces.append(piece)
        if piece.endswith(b"\0"):
            break
    return b"".join(pieces).rstrip(b"\0\n").decode("utf-8", "replace")
