"""Numbers of certificates, codes of cards, and the address at which a card is verified. Pure but for the settings."""

import re
import secrets
from datetime import date

from django.conf import settings
from django.urls import reverse

SERIES = "certificates"
_CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another
_LENGTH = 16
_NUMBERED = re.compile(r"〔(\d{4})〕\s*(\d+)")


def written(year: int, number: int) -> str:
    """Return a certificate's number as it is printed: 清效督聘〔2026〕001 号."""
    return f"{settings.CERTIFICATE_PREFIX}〔{year}〕{number:03d} 号"


def counted(number: str) -> tuple[int, int] | None:
    """Return year and count of a number of the office's own series, or None for another."""
    found = _NUMBERED.search(number) if number.startswith(settings.CERTIFICATE_PREFIX) else None
    return (int(found[1]), int(found[2])) if found else None


def new_code() -> str:
    """Return a code that nobody guesses: 80 bits."""
    return "".join(secrets.choice(_CHARACTERS) for _place in range(_LENGTH))


def read_code(typed: str) -> str:
    """Return a code as it is stored, however it was typed; empty when it cannot be one."""
    plain = re.sub(r"[\s-]", "", typed).upper()
    return plain if len(plain) == _LENGTH and set(plain) <= set(_CHARACTERS) else ""


def shown_code(code: str) -> str:
    """Return a code in groups of four."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def address_of(code: str) -> str:
    """Return the whole address at which anybody can verify a card."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('supervision:verify', args=[code])}"


def last_day(since: date, years: int) -> date:
    """Return the last day of a term: the day before its anniversary; from 29 February it is 28 February."""
    try:
        anniversary = since.replace(year=since.year + years)
    except ValueError:
        return date(since.year + years, 2, 28)
    return date.fromordinal(anniversary.toordinal() - 1)
