"""Passwords that people here try first and that no English list knows: dates, numbers, keyboards, and the office's own name."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.pinyin import spellings

_WALKS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb6yhn7ujm")
_WALK_LENGTH = 4  # that many neighbours in a row say nothing
_HABITS = ("woaini", "iloveyou", "password", "mima", "admin", "5201314", "1314520", "520", "1314", "888", "666", "aini", "jiguan")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_DATE = re.compile(r"(?:19|20)\d{2}(?:0?[1-9]|1[0-2])(?:0?[1-9]|[12]\d|3[01])|(?:19|20)\d{2}")
_ENOUGH = 6  # characters that must be left when all this is taken out
_DISTINCT = 5
_SHORTEST_WORD = 3


def what_is_left(password: str, own_words: tuple[str, ...]) -> str:
    """Return a password without what everybody would try: years, dates, numbers, walks on the keyboard, habits, own words."""
    left = password.casefold().replace("@", "a")
    for pattern in (_MOBILE, _DATE):
        left = pattern.sub("", left)
    for word in sorted((*own_words, *_HABITS), key=len, reverse=True):
        left = left.replace(word, "") if word else left
    left = _without_walks(left)
    return re.sub(r"(.)\1{2,}", r"\1", left)


def is_guessed(password: str, own_words: tuple[str, ...] = ()) -> bool:
    """Tell whether too little is left of a password, or too few different characters."""
    left = what_is_left(password, own_words)
    return len(left) < _ENOUGH or len(set(left)) < _DISTINCT


def _without_walks(text: str) -> str:
    """Take out runs of neighbours, forwards and backwards."""
    for row in (*_WALKS, *(walk[::-1] for walk in _WALKS)):
        for length in range(len(row), _WALK_LENGTH - 1, -1):
            for start in range(len(row) - length + 1):
                text = text.replace(row[start : start + length], "")
    return text


class GuessedPasswordValidator:
    """Refuses them; beside Django's list of the 20,000 most common."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError."""
        if is_guessed(password, _own_words(user)):
            raise ValidationError(
                _("Take away dates, phone numbers, keyboard rows, names and the like: too little of this password is left."),
                code="password_guessed",
            )

    def get_help_text(self) -> str:
        """Say it beforehand."""
        return _("Not made of a date, a phone number, a row of keys, a name or a favourite number.")


def _own_words(user: Any) -> tuple[str, ...]:
    """The county as people type it, and what belongs to the person: name, user name, number."""
    county = settings.OFFICE["county"]
    words = [*spellings(county), *spellings(county.rstrip("县市区旗")), *spellings(str(getattr(user, "full_name", "")))]
    words += [str(getattr(user, "username", "")), str(getattr(user, "phone", ""))]
    return tuple(word.casefold() for word in words if len(word) >= _SHORTEST_WORD)
