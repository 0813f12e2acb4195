"""Has a file cleaned by a process of its own (`core.cleaning`): what a hostile file can break is that process alone."""

import json
import os
import subprocess
import sys

from django.conf import settings

from core.cleaning.refusal import DAMAGED, UNPACKED, Cleaned, NotTaken

# The keys of the house stay out of the process.
_PASSED_ON = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


def cleaned(content: bytes, media_type: str) -> Cleaned:
    """Return the cleaned copy with its preview. Raises NotTaken."""
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "core.cleaning", media_type]
    try:
        done = subprocess.run(
            command,
            input=content,
            capture_output=True,
            timeout=settings.CLEANING_SECONDS,
            cwd=settings.BASE_DIR,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotTaken(UNPACKED) from error
    if done.returncode < 0:  # ended by the system: too much memory, too much time, or a fault in the decoder
        raise NotTaken(UNPACKED)
    return _answer(done.stdout)


def _answer(output: bytes) -> Cleaned:
    line, _newline, content = output.partition(b"\n")
    try:
        head = json.loads(line)
    except ValueError as error:
        raise NotTaken(DAMAGED) from error
    if "refusal" in head:
        raise NotTaken(str(head["refusal"]))
    return Cleaned(content[: head["copy"]], content[head["copy"] : head["copy"] + head["preview"]])
