"""How personal data looks to people who may not see it: 张** · 138****0001, and the filer's own values masked in a text."""

import re
from collections.abc import Iterable

from .spellings import Searched, Span

MASK = "＊＊＊"
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
    """Replace every spelling of the given values in a text; `spellings` tells which are known for each kind of value."""
    searched = Searched(text)
    return replace_spans(text, [(span, MASK) for value in dict.fromkeys(values) for span in searched.spans(value)])


def found_values(text: str, values: Iterable[str]) -> list[str]:
    """Return those of the given values that the text still holds in any spelling that `mask_values` knows."""
    searched = Searched(text)
    return [value for value in dict.fromkeys(values) if searched.spans(value)]


def replace_spans(text: str, words: Iterable[tuple[Span, str]]) -> str:
    """Put a word in the place of each span; where spans overlap, the first one's word stands for all of them."""
    pieces, place = [], 0
    for (start, end), word in sorted(words):
        if start >= place:
            pieces += [text[place:start], word]
        place = max(place, end)
    return "".join([*pieces, text[place:]])
