"""The process that cleans one file: media type as its argument, the file on standard input, the answer on standard output.

The answer is a line of JSON, `{"copy": bytes, "preview": bytes}` or `{"refusal": code}`, and then the bytes.
"""

import json
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module

from .kinds import DOCX, ENDINGS, PDF, XLSX
from .refusal import DAMAGED, UNPACKED, Cleaned, NotTaken

MEMORY = 1536 * 1024 * 1024
CPU_SECONDS = 20


def main() -> None:
    """Clean what comes in, within the limits."""
    confine()
    answer = cleaned(sys.stdin.buffer.read(), sys.argv[1])
    head = {"refusal": answer} if isinstance(answer, str) else {"copy": len(answer.copy), "preview": len(answer.preview)}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")
    if isinstance(answer, Cleaned):
        sys.stdout.buffer.write(answer.copy + answer.preview)


def confine() -> None:
    """Take away what a decoder does not need: memory, time, writing files, leaving its memory behind."""
    limits = {resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CPU: CPU_SECONDS, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}
    for what, most in limits.items():
        with suppress(ValueError, OSError):  # some systems know not all of them
            resource.setrlimit(what, (most, most))


def cleaned(content: bytes, media_type: str) -> Cleaned | str:
    """Return the cleaned file, or the code of why it cannot be taken."""
    try:
        return cleaner(media_type)(content, media_type)
    except NotTaken as refusal:
        return refusal.code
    except MemoryError:
        return UNPACKED
    except Exception:  # noqa: BLE001 decoders of strangers' files raise anything; each means the same to who sent it
        return DAMAGED


def cleaner(media_type: str) -> Callable[[bytes, str], Cleaned]:
    """Return the function for a type; only its own decoder is loaded."""
    if media_type not in ENDINGS.values():
        raise NotTaken(DAMAGED)
    names = {PDF: "documents", DOCX: "office", XLSX: "office"}
    name = names.get(media_type, "pictures" if media_type.startswith("image/") else "media")
    clean: Callable[[bytes, str], Cleaned] = import_module(f"core.cleaning.{name}").clean
    return clean


if __name__ == "__main__":
    main()
