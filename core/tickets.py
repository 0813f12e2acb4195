"""Tickets for users' files: sealed, for one file, for a minute. The host for files (`file_host`) knows them and nothing else."""

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings

from . import vault

LASTS = timedelta(minutes=1)
_AS = {"row": "ticket", "column": "file"}


class NoTicket(Exception):
    """It is none, it was altered, or its minute is over."""


@dataclass(frozen=True)
class Ticket:
    """Which file is handed out, how (a key of `downloads.WAYS`), and under which name."""

    file: str
    way: str
    name: str


def address(ticket: Ticket, *, at: datetime) -> str:
    """Return where a browser finds what the ticket is for; the name in it is sealed, because addresses are kept in histories."""
    told = json.dumps(asdict(ticket) | {"until": (at + LASTS).timestamp()})
    sealed = base64.urlsafe_b64encode(vault.seal(told, **_AS)).decode().rstrip("=")
    return f"{settings.FILES_URL.rstrip('/')}/{sealed}"


def read(sealed: str, *, at: datetime) -> Ticket:
    """Return what a ticket is for. Raises NoTicket."""
    try:
        blob = base64.b64decode(sealed + "=" * (-len(sealed) % 4), altchars=b"-_", validate=True)
        told = json.loads(vault.open_sealed(blob, **_AS))
    except (vault.VaultError, binascii.Error, ValueError) as error:
        raise NoTicket from error
    if told.pop("until") <= at.timestamp():
        raise NoTicket
    return Ticket(**told)
