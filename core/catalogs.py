"""The Chinese catalogs: one .po file a room, filled from the room's code and templates, compiled together into Django's .mo.

English needs none, because the texts in the code are English.
"""

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

LOCALE = "zh_Hans"
SHARED_ROOM = "efficiency_portal"  # owns the templates that belong to no room: base, components, error pages
NOTICE_ROOM = "core"  # owns the notice templates that name no room
TEMPLATE_ENDINGS = {".html", ".txt"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
# Chinese texts of the room "{room}". `manage.py messages update {room}` brings the msgids; people write the msgstrs.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


class CatalogError(Exception):
    """A source or catalog that cannot be read; the message names the file and says what is wrong."""


class Key(NamedTuple):
    """What makes two messages the same one: the context and the singular English text."""

    context: str
    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'.replace("\n", "\\n") + (f' (context "{self.context}")' if self.context else "")


@dataclass(frozen=True)
class House:
    """Where the rooms and their catalogs are."""

    root: Path
    rooms: tuple[str, ...]

    def po(self, room: str) -> Path:
        return self.root / "locale" / LOCALE / f"{room}.po"

    @property
    def mo(self) -> Path:
        return self.root / "locale" / LOCALE / "LC_MESSAGES" / "django.mo"


def key_of(message: Message) -> Key:
    return Key(message.context or "", message.id if isinstance(message.id, str) else message.id[0])


def forms_of(message: Message) -> tuple[str, ...]:
    """The translations: one, or for a plural as many as the language has (Chinese: one). Untranslated is ``("",)``."""
    if isinstance(message.string, str):
        return (message.string,)
    return tuple(message.string or ("",))


def messages_of(catalog: Catalog) -> Iterator[Message]:
    """All messages but the header."""
    return (message for message in catalog if message.id)


# --- Reading the sources ---


def sources_of(house: House, room: str) -> Iterator[Path]:
    """The room's Python modules and templates, in a stable order."""
    yield from sorted(path for path in (house.root / room).rglob("*.py") if "migrations" not in path.parts)
    for path in sorted((house.root / "templates").rglob("*")):
        if path.suffix in TEMPLATE_ENDINGS and _template_room(house, path) == room:
            yield path


def _template_room(house: House, path: Path) -> str:
    parts = path.relative_to(house.root / "templates").parts[:-1]
    if parts and parts[0] == "notices":
        return parts[1] if len(parts) > 1 and parts[1] in house.rooms else NOTICE_ROOM
    return parts[0] if parts and parts[0] in house.rooms else SHARED_ROOM


def extracted(house: House, room: str) -> Catalog:
    """The room's messages as its code and templates stand now, untranslated."""
    catalog = Catalog(locale=LOCALE, charset="utf-8")
    for path in sources_of(house, room):
        try:
            for _line, texts, _comments, context in extract("python", io.BytesIO(_as_python(path)), KEYWORDS):
                catalog.add(texts, context=context)
        except (SyntaxError, ValueError) as error:
            raise CatalogError(f"{path.relative_to(house.root)}: {error}") from error
    return catalog


def _as_python(path: Path) -> bytes:
    """The source as something Babel's Python extractor reads; a template turns into calls of gettext and friends."""
    source = path.read_text("utf-8")
    if path.suffix == ".py":
        return source.encode()
    calls = templatize(source, origin=str(path))
    return "\n".join(line.strip() for line in calls.splitlines()).encode()


# --- Reading and writing the catalogs ---


def stored(house: House, room: str) -> Catalog:
    """The room's catalog as it lies on disk; empty when there is none yet."""
    path = house.po(room)
    if not path.exists():
        return Catalog(locale=LOCALE, charset="utf-8")
    name = path.relative_to(house.root)
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#") and not line.endswith('"'):  # Babel would cut off the last letter
            raise CatalogError(f"{name}:{number}: the line does not end with a quotation mark")
    try:
        with path.open("rb") as file:
            return read_po(file, locale=LOCALE, abort_invalid=True)
    except (ValueError, PoFileError) as error:
        raise CatalogError(f"{name}: {error}") from error


def update(house: House, room: str) -> bool:
    """Bring new messages into the room's catalog and drop those gone from the sources. Says whether the file changed.

    What was translated stays; nothing is guessed from similar texts. The order is alphabetical and no line
    numbers or dates are kept, so that two people who edit at the same time seldom meet.
    """
    fresh, old = extracted(house, room), {key_of(message): message for message in messages_of(stored(house, room))}
    for message in messages_of(fresh):
        before = old.get(key_of(message))
        if before is not None:
            forms = forms_of(before)
            message.string = forms if message.pluralizable else forms[0]
            message.user_comments = before.user_comments
            message.flags |= before.flags & {"fuzzy"}
    text = _as_po(fresh, room)
    path = house.po(room)
    if path.exists() and path.read_text("utf-8") == text:
        return False
    _replace(path, text.encode())
    return True


def _as_po(catalog: Catalog, room: str) -> str:
    out = io.BytesIO()
    write_po(out, catalog, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return HEADER.format(room=room) + out.getvalue().decode().strip() + "\n"


def untranslated(house: House, room: str) -> int:
    """How many entries of the room's catalog still wait for their Chinese."""
    return sum(not all(forms_of(message)) for message in messages_of(stored(house, room)))


def compile_all(house: House) -> bool:
    """Write all rooms' translations into the .mo that Django reads. Says whether there was anything new to write."""
    pos = [path for path in map(house.po, house.rooms) if path.exists()]
    if house.mo.exists() and all(path.stat().st_mtime < house.mo.stat().st_mtime for path in pos):
        return False
    merged = Catalog(locale=LOCALE, charset="utf-8")
    for room in house.rooms:
        for message in messages_of(stored(house, room)):
            if not message.fuzzy:
                merged.add(message.id, message.string, context=message.context)
    out = io.BytesIO()
    write_mo(out, merged)
    _replace(house.mo, out.getvalue())
    translation_file_changed(sender=None, file_path=house.mo)  # or this process would go on with what it read when it started
    return True


def _replace(path: Path, content: bytes) -> None:
    """Write all or nothing: a reader beside us sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
