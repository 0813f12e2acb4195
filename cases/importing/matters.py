"""Turns a row's texts into a matter that can be written, or says why it cannot. Pure but for the vocabulary passed in."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from agencies.models import Agency
from complaints import categories, phones, wording
from complaints.filing import Filer, Filing, masked
from core import masking

from . import dates
from .refusals import RowRefused

TITLE_LENGTH = 120
_LONGEST_LINE = 200
_LONGEST_TEXT = 100_000
_LONGEST_KEY = 80
# What people write where nothing was given.
_NOTHING = {"匿名", "无", "不详", "未知", "未留", "不愿透露", "无名", "-", "/", "anonymous", "unknown", "none", "n/a"}
# The founding document's names of the seven categories, as other registers write them.
_OFFICIAL = {
    "行政不作为": 1,
    "行政乱作为": 2,
    "服务态度差": 3,
    "办事效率低下": 4,
    "为政不廉": 5,
    "干部事业责任心不强": 6,
    "党纪政令不畅": 7,
}


@dataclass(frozen=True)
class Vocabulary:
    """What an import knows beside the rows: the moment, the channel, the register that numbered them, the agencies by name."""

    now: datetime
    channel: str
    source: str
    agencies: Mapping[str, Agency]
    serial_origin: datetime = dates.SERIAL_ORIGIN


@dataclass(frozen=True)
class Matter:
    """A message ready to be written; one with a reply is closed.

    `number` is its number in the register it comes from; `stray_phone` that of a filer without a name: masked, not kept.
    """

    line: int
    number: str
    key: str
    filing: Filing
    received_at: datetime
    reply: str = ""
    replied_at: datetime | None = None
    stray_phone: str = ""

    def masked(self, text: str) -> str:
        """Return a text with the filer's own values masked."""
        return masking.mask_values(masked(text, self.filing.filer), phones.spellings(self.stray_phone)) if text else ""


def read(line: int, values: Mapping[str, str], known: Vocabulary) -> Matter:
    """Read a row. Raises RowRefused."""
    received = _received(values["received"], known)
    reply, replied_at = _reply(values, received, known)
    filer, stray_phone = _filer(values["name"], values["phone"])
    title, narrative = _title_and_text(values)
    agency_words = _line(values["agency"])
    agency = known.agencies.get(plain(agency_words))
    number = _line(values["id"])
    key = _key(known.source, number, f"{title}\n{narrative}\n{received.at.isoformat()}")
    filing = Filing(
        narrative=narrative,
        title=title,
        filer=filer,
        channel=known.channel,
        received_at=received.at,
        agency=agency,
        agency_words="" if agency else agency_words,
        category=category_of(values["category"]),
        place=_line(values["place"]),
        import_key=key,
    )
    return Matter(line, number, key, filing, received.at, reply, replied_at, stray_phone)


def plain(name: str) -> str:
    """Return a name as it is compared: without blanks, width or letter case."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def category_of(text: str) -> int:
    """Return the category that a register means by its number or by its official name; 0 when it is none of the seven."""
    text = plain(text)
    if text.isascii() and text.isdecimal() and int(text) in categories.BY_CODE:
        return int(text)
    return _OFFICIAL.get(text, categories.NOT_SURE)


def _received(value: str, known: Vocabulary) -> dates.Moment:
    if not value.strip():
        raise RowRefused(_("The date of receipt is missing."))
    received = dates.read(value, serial_origin=known.serial_origin)
    if received.at > known.now:
        raise RowRefused(_("The date of receipt lies in the future."))
    return received


def _reply(values: Mapping[str, str], received: dates.Moment, known: Vocabulary) -> tuple[str, datetime | None]:
    """Return the reply and its moment, both or neither. The day of receipt without a time counts as the moment of receipt."""
    reply, when = _text(values["reply"]), values["replied"].strip()
    if not reply and not when:
        return "", None
    if not reply:
        raise RowRefused(_("There is a date of reply, but no reply."))
    if not when:
        raise RowRefused(_("The reply has no date."))
    replied = dates.read(when, serial_origin=known.serial_origin)
    if replied.at > known.now:
        raise RowRefused(_("The date of reply lies in the future."))
    same_day = not replied.has_time and replied.at.date() == received.at.date()
    if replied.at < received.at and not same_day:
        raise RowRefused(_("The reply is dated before the message."))
    return reply, max(replied.at, received.at)


def _filer(name: str, phone: str) -> tuple[Filer | None, str]:
    """Return who filed, or else the phone number of somebody who gave no name: a number alone makes no matter real-name."""
    name, phone = _line(name), _line(phone)
    name, phone = ("" if value.casefold() in _NOTHING else value for value in (name, phone))
    try:
        number = phones.any_number(phone) if phone else ""
    except phones.NotAPhoneNumber as error:
        raise RowRefused(_("The phone number cannot be read. Mend it, or leave the column out with --map phone=")) from error
    return (Filer(name=name, phone=number), "") if name else (None, number)


def _title_and_text(values: Mapping[str, str]) -> tuple[str, str]:
    """Return the title and the text; a title too long for its place stands whole above the text as well."""
    title, text = wording.one_line(wording.cleaned(values["title"])), _text(values["body"])
    if not text:
        raise RowRefused(_("The text is empty."))
    return title, text if len(title) <= TITLE_LENGTH else f"{title}\n\n{text}"


def _text(value: str) -> str:
    text = wording.cleaned(value).strip()
    if len(text) > _LONGEST_TEXT:
        raise RowRefused(_("A text is longer than %(length)s characters.") % {"length": _LONGEST_TEXT})
    return text


def _line(value: str) -> str:
    line = wording.one_line(wording.cleaned(value))
    if len(line) > _LONGEST_LINE:
        raise RowRefused(_("A name or a number is longer than %(length)s characters.") % {"length": _LONGEST_LINE})
    return line


def _key(source: str, number: str, said: str) -> str:
    """Name the row for all time: by its number where it came from, else by what it says and when."""
    if number and len(source) + len(number) < _LONGEST_KEY:
        return f"{source}:{number}"
    return f"{source}:#{hashlib.sha256((number or said).encode()).hexdigest()[:40]}"
