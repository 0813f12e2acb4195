"""ID numbers: read as people type them, checked by their own rules, and shown masked. Pure.

A resident's number follows GB 11643: six digits of the place, the day of birth, three digits, and a check character. The
place is only looked at for being plausible: counties come and go, and a list of them would refuse real people.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RESIDENT, PASSPORT = "resident", "passport"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_LENGTH, _OLD_LENGTH = 18, 15
_PROVINCES = frozenset(
    f"{code}"
    for codes in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66), (71, 81, 82, 83))
    for code in codes
)
_UNDIVIDED = frozenset({"71", "81", "82", "83"})  # have one number for the whole, without prefectures
_OLDEST_YEARS = 130
_PASSPORT = range(5, 16)
_OTHER = range(4, 31)
_OTHER_SIGNS = frozenset("-/()")
_LIKE_X = str.maketrans("×хХ╳", "XXXX")  # a sign of multiplication and the Cyrillic letter
_MASKED_LONG = 8
_MASKED_STARS = 18


class NotAnIdNumber(ValueError):
    """What was typed is no number of such a document; the message says what to look at, and repeats nothing of it."""


_WORDS: Mapping[str, str | Promise] = {
    "old": _("This is the number of an old card, with 15 digits. Enter the 18 characters on the card that you have now"),
    "length": _("The number on the card has 18 characters: 17 digits, then a digit or X"),
    "place": _("The first six digits cannot be right. Compare them with the card"),
    "birth": _("Digits 7 to 14 are the day of birth, and there is no such day of birth. Compare them with the card"),
    "check": _("One of the figures cannot be right. Compare all 18 with the card"),
    "passport": _("The number of a passport has 5 to 15 letters and digits, without other signs"),
    "other": _("Enter the number as it stands on the document: 4 to 30 letters and digits"),
}


def checked(kind: str, typed: str, *, today: date) -> str:
    """Return the number of a document (a `Complainant.IdKind`) as it is kept. Raises NotAnIdNumber."""
    if kind == RESIDENT:
        return resident(typed, today=today)
    return _passport(typed) if kind == PASSPORT else _other(typed)


def resident(typed: str, *, today: date) -> str:
    """Return a resident's number in 18 characters, however its blanks and its X were typed. Raises NotAnIdNumber."""
    number = _plain(typed).translate(_LIKE_X)
    if len(number) == _OLD_LENGTH and _is_digits(number):
        raise NotAnIdNumber(_WORDS["old"])
    if len(number) != _LENGTH or not _is_digits(number[:-1]) or number[-1] not in _CHECKS:
        raise NotAnIdNumber(_WORDS["length"])
    if not _is_place(number[:6]):
        raise NotAnIdNumber(_WORDS["place"])
    if not _is_birth(number[6:14], today):
        raise NotAnIdNumber(_WORDS["birth"])
    if check_character(number[:-1]) != number[-1]:
        raise NotAnIdNumber(_WORDS["check"])
    return number


def check_character(digits: str) -> str:
    """Return the character that follows 17 digits."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11]


def masked(number: str) -> str:
    """Keep three characters in front and two behind: `110***…*2X`; of a short one, the first alone."""
    if len(number) < _MASKED_LONG:
        return f"{number[:1]}***"
    return f"{number[:3]}{'*' * (min(len(number), _MASKED_STARS) - 5)}{number[-2:]}"


def _passport(typed: str) -> str:
    number = _plain(typed)
    if len(number) not in _PASSPORT or not number.isascii() or not number.isalnum() or not _has_digit(number):
        raise NotAnIdNumber(_WORDS["passport"])
    return number


def _other(typed: str) -> str:
    number = _plain(typed, keep=_OTHER_SIGNS)
    if len(number) not in _OTHER or not _has_digit(number):
        raise NotAnIdNumber(_WORDS["other"])
    if not all(character.isalnum() or character in _OTHER_SIGNS for character in number):
        raise NotAnIdNumber(_WORDS["other"])
    return number


def _plain(typed: str, *, keep: frozenset[str] = frozenset()) -> str:
    """Undo what typing adds: full width, small letters, blanks, hyphens, and what nobody sees."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    dropped = {"-", "\u2010", "\u2011", "\u2013", "·", "."} - keep
    return "".join(
        character
        for character in folded
        if not character.isspace() and character not in dropped and unicodedata.category(character) not in {"Cc", "Cf"}
    )


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _has_digit(text: str) -> bool:
    return any(character.isdecimal() for character in text)


def _is_place(code: str) -> bool:
    return code[:2] in _PROVINCES and (code[2:4] != "00" or code[:2] in _UNDIVIDED)


def _is_birth(digits: str, today: date) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born <= today and today.year - born.year <= _OLDEST_YEARS
