"""Keeps a copy of every signed head outside the database: a rolled-back log shows by it (setting LOG_WITNESS_FILE)."""

from pathlib import Path

import structlog
from django.conf import settings

from core.models import TreeHead

log = structlog.get_logger(__name__)


def keep(head: TreeHead) -> None:
    """Append a head to the file; when that fails the log goes on, and the failure is logged."""
    if not settings.LOG_WITNESS_FILE:
        return
    try:
        with Path(settings.LOG_WITNESS_FILE).open("a", encoding="ascii") as file:
            file.write(f"{head.size} {bytes(head.root).hex()}\n")
    except OSError as error:
        log.error("head not kept outside the database", size=head.size, error=str(error))  # noqa: TRY400 the words say it all


def heads() -> dict[int, str]:
    """Return the heads kept so far: roots (hex) by size; none when nothing was kept."""
    kept = Path(settings.LOG_WITNESS_FILE) if settings.LOG_WITNESS_FILE else None
    return heads_in(str(kept)) if kept and kept.exists() else {}


def heads_in(path: str) -> dict[int, str]:
    """Return the heads in a file, a line each: size and root. Raises ValueError when a line is neither."""
    lines = [line.split() for line in Path(path).read_text(encoding="ascii").splitlines() if line.strip()]
    return {int(size): root for size, root in lines}
