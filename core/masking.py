"""How personal data looks to people who may not see it: 张** · 138****0001, and the filer's own values masked in a text."""

import re
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
    """Replace every spelling of the given values in a text: digits also when spaced or hyphenated, names in any case."""
    for value in sorted({value for value in values if len(value) >= _SHORTEST_NAME}, key=len, reverse=True):
        text = _pattern(value).sub(MASK, text)
    return text


def found_values(text: str, values: Iterable[str]) -> list[str]:
    """Return those of the given values that the text still holds in any spelling that `mask_values` knows."""
    return [value for value in values if len(value) >= _SHORTEST_NAME and _pattern(value).search(text)]


def _pattern(value: str) -> re.Pattern[str]:
    """Match the value with blanks, dots or hyphens between its characters; full-width digits count as digits."""
    gap = r"[\s\-.·・()（）]*"
    return re.compile(gap.join(_one(character) for character in value if not character.isspace()), re.IGNORECASE)


def _one(character: str) -> str:
    if character.isascii() and character.isdigit():
        return f"[{character}{chr(ord('０') + int(character))}]"
    return re.escape(character)
