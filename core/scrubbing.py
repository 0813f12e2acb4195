"""Takes personal data out of what is written about the portal itself: log lines and tracebacks."""

import logging
import re
from typing import Any

_PATTERNS = (
    (re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])"), "[ID number]"),
    (re.compile(r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z])"), "[phone]"),
    (re.compile(r"(?<![0-9A-Za-z])0\d{2,3}-\d{7,8}(?![0-9A-Za-z])"), "[phone]"),
    (re.compile(r"(?<![0-9A-Za-z])\d{16,19}(?![0-9A-Za-z])"), "[card number]"),
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), "[e-mail]"),
    (re.compile(r"(://[^\s:/@]*:)[^\s@/]+(@)"), r"\1[password]\2"),
)


def scrubbed(text: str) -> str:
    """Return the text without what looks like a phone, ID or card number, an e-mail address or the password in an address."""
    for pattern, word in _PATTERNS:
        text = pattern.sub(word, text)
    return text


class ScrubbingFormatter(logging.Formatter):
    """Formats a log line with its traceback, then scrubs the whole."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return scrubbed(super().format(record))


def scrub_line(_logger: Any, _method: str, line: Any) -> Any:
    """Scrub what structlog is about to print; its last processor."""
    return scrubbed(line) if isinstance(line, str) else line
