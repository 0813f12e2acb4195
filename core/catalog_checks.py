"""What can be wrong with the Chinese catalogs: gaps, leftovers, contradictions between rooms, lost placeholders, punctuation."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Message

from .catalogs import House, Key, extracted, forms_of, key_of, messages_of, stored

PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|%[sdifr]|\{\w*(?:[.!:][^{}]*)?\}")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
HAN = "[\u3400-\u9fff]"
# Full-width marks belong between Chinese characters. A half-width mark after a Latin word or a number is that word's own.
HALF_WIDTH = re.compile(rf"{HAN} ?[,;:?!](?!//)|{HAN}\.(?=$|\s|{HAN})|{HAN} ?\(|\) ?{HAN}|{HAN}[\"']|[\"']{HAN}")
CROWDED = re.compile(rf"{HAN}[0-9]|[0-9]{HAN}")


def findings(house: House, rooms: Iterable[str] | None = None) -> list[str]:
    """One line for each fault, room by room (all rooms when none is named); empty when all is well."""
    found: list[str] = []
    for room in rooms or house.rooms:
        found += [f"{house.po(room).relative_to(house.root)}: {fault}" for fault in _room_faults(house, room)]
    return found + list(_contradictions(house))


def _room_faults(house: House, room: str) -> Iterator[str]:
    wanted = {key_of(message): message for message in messages_of(extracted(house, room))}
    catalog = stored(house, room)
    present = {key_of(message): message for message in messages_of(catalog)}
    for key in sorted(wanted.keys() - present.keys()):
        yield f"missing: {key}"
    for key in sorted(present.keys() - wanted.keys()):
        yield f"obsolete: {key}"
    if catalog.obsolete:
        yield f"obsolete: {len(catalog.obsolete)} commented-out entries"
    for key in sorted(wanted.keys() & present.keys()):
        for fault in message_faults(present[key], plural=wanted[key].pluralizable):
            yield f"{fault}: {key}"


def message_faults(message: Message, *, plural: bool) -> Iterator[str]:
    """What is wrong with one translated message."""
    if message.pluralizable != plural:
        yield "singular where the source has a plural" if plural else "plural where the source has none"
    if message.fuzzy:
        yield "fuzzy"
    if not all(forms_of(message)):
        yield "untranslated"
        return
    english = message.id if isinstance(message.id, str) else message.id[-1]  # the plural names every placeholder
    for chinese in forms_of(message):
        if _placeholders(english) != _placeholders(chinese):
            yield f"other placeholders ({_listed(english)} became {_listed(chinese)})"
        bare = TAG.sub("", PLACEHOLDER.sub("", chinese))
        if HALF_WIDTH.search(bare):
            yield f"half-width punctuation between Chinese characters (“{chinese}”)"
        if CROWDED.search(bare):
            yield f"no space between Chinese and digits (“{chinese}”)"


def _placeholders(text: str) -> Counter[str]:
    """Named ones count once however often they stand; positional ones count each time."""
    found = Counter(PLACEHOLDER.findall(text.replace("%%", "")))
    return Counter({name: 1 if "(" in name or "{" in name else times for name, times in found.items()})


def _listed(text: str) -> str:
    return ", ".join(sorted(_placeholders(text))) or "none"


def _contradictions(house: House) -> Iterator[str]:
    """The same English with the same context must have one Chinese, because all rooms end in one compiled file."""
    seen: dict[Key, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for room in house.rooms:
        for message in messages_of(stored(house, room)):
            if any(forms_of(message)):
                seen[key_of(message)][forms_of(message)].append(room)
    for key, variants in sorted(seen.items()):
        if len(variants) > 1:
            told = "; ".join(f"“{forms[0]}” in {', '.join(rooms)}" for forms, rooms in variants.items())
            yield f"two translations of {key}: {told}. Say which is meant with a context."
