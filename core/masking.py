"""How personal data looks to people who may not see it: 张** · 138****0001, and the filer's own values masked in a text."""

import re
import unicodedata
from collections.abc import Iterable

MASK = "＊＊＊"
_SHORTEST_NAME = 2
_PHONE_VISIBLE = 7


def mask_name(name: str) -> str:
    """Keep the first character: `张三丰` → `张**`."""
    return f"{name[:1]}**" if name else ""


def mask_phone(phone: str) -> str:
    """Keep three digits in front and four behind: `+86 138 0000 0001` → `138****0001`."""
    digits = re.sub(r"\D", "", re.sub(r"^\s*(\+|00)86", "", phone))
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= _PHONE_VISIBLE else "****"


def mask_email(email: str) -> str:
    """Keep the first character and the domain: `li@example.com` → `l***@example.com`."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}***@{domain}" if domain else "***"


def mask_values(text: str, values: Iterable[str]) -> str:
    """Replace every spelling of the given values in a text; see `_pattern` for the spellings that are known."""
    folded = text.translate(_FOLDED)
    spans = sorted(match.span() for value in _long_enough(values) for match in _pattern(value).finditer(folded))
    pieces, place = [], 0
    for start, end in spans:
        if start >= place:
            pieces += [text[place:start], MASK]
        place = max(place, end)
    return "".join([*pieces, text[place:]])


def found_values(text: str, values: Iterable[str]) -> list[str]:
    """Return those of the given values that the text still holds in any spelling that `mask_values` knows."""
    folded = text.translate(_FOLDED)
    return [value for value in _long_enough(values) if _pattern(value).search(folded)]


def _long_enough(values: Iterable[str]) -> list[str]:
    return [value for value in dict.fromkeys(values) if len(value) >= _SHORTEST_NAME]


def _folding() -> dict[int, str]:
    """Map look-alikes (full-width, circled, raised, compatibility forms) to the plain character, one to one."""
    found: dict[int, str] = {}
    for first, last in _LOOK_ALIKES:
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            plain = plain if len(plain) == 1 else "".join(character for character in plain if character.isalnum())
            if len(plain) == 1 and plain != chr(code):
                found[code] = plain
    return found


# Superscripts, enclosed forms, radicals, compatibility ideographs, full width, mathematical letters. One character for one,
# so that a place in the folded text is the same place in the text.
_LOOK_ALIKES = (
    *((0xB2, 0xBE), (0x2070, 0x209F), (0x2460, 0x24FF), (0x2776, 0x2793), (0x2E80, 0x2FDF), (0x3200, 0x32FF)),
    *((0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x1D400, 0x1D7FF), (0x1F100, 0x1F16A)),
)
_FOLDED = _folding()

# What people, and those who want to slip through, write for a figure.
_FIGURES = ("0oО零〇○", "1lI一壹幺", "2二贰貳", "3三叁參", "4四肆", "5五伍", "6六陆陸", "7七柒", "8八捌", "9九玖")
_ANYTHING_BETWEEN = r"[\W_]{0,6}"
# Marks that nobody sees, blanks and the signs that people put between the characters of a name; no comma or full stop,
# or a name would be found where one sentence ends and the next begins.
_UNSEEN = "\u00ad\u034f\u0300-\u036f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufeff"
_BETWEEN_NAMES = rf"[\s{_UNSEEN}\-.·・•()*/|_+~\[\]【】]*"
_AT, _DOT = r"(?:@|#|\(at\)|\[at\]|at|艾特)", r"(?:\.|。|,|点|\(dot\)|\[dot\]|dot)"


def _pattern(value: str) -> re.Pattern[str]:
    """Match a value in a folded text: any case, invisible marks and blanks inside.

    A number also with any signs between its figures and with Chinese figures; an e-mail address also with “at” and “dot”.
    """
    plain = "".join(value.translate(_FOLDED).split())
    digits = plain.removeprefix("+")
    if digits.isascii() and digits.isdigit():
        return re.compile(_ANYTHING_BETWEEN.join(f"[{_FIGURES[int(digit)]}]" for digit in digits), re.IGNORECASE)
    special = {"@": _AT, ".": _DOT} if "@" in plain else {}
    gap = rf"[\s{_UNSEEN}]*" if special else _BETWEEN_NAMES
    return re.compile(gap.join(special.get(character) or re.escape(character) for character in plain), re.IGNORECASE)
