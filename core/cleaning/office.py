"""Word and Excel (.docx, .xlsx): unpacked within limits, each part parsed, packed anew without people, programs, far targets."""

import io
import posixpath
import re
import stat
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from . import pictures
from .kinds import DOCX, JPEG, PNG
from .refusal import DAMAGED, MACROS, MAX_PARTS, MAX_UNPACKED, MAX_XML, PASSWORD, UNPACKED, Cleaned, NotTaken

Parts = dict[str, bytes]
_TYPES, _ROOT_RELATIONS = "[Content_Types].xml", "_rels/.rels"
_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
_CHUNK = 1024 * 1024
_NOBODY = "-"
_NOWHERE = "NULL"  # what Word itself writes where a linked picture is gone
_DATE = (1980, 1, 1, 0, 0, 0)
# Parts that go: properties, thumbnails, data stores of servers, labels, signatures, printers' settings, who reviewed.
_DROPPED = re.compile(
    r"^(docProps/|customXml/|docMetadata/|_xmlsignatures/|package/services/)|/(printerSettings|revisions)/|/customXml/",
    re.IGNORECASE,
)
_RUNS = re.compile(r"vbaProject|vbaData|/activeX/|/macrosheets/|\.(exe|dll|js|vbs|bat|ps1|hta)$", re.IGNORECASE)
_EMBEDDED = re.compile(r"/embeddings/", re.IGNORECASE)
_PICTURES = {".jpg": JPEG, ".jpeg": JPEG, ".png": PNG}
# Names, initials and accounts of people, wherever an element carries them; the elements stay, Word and Excel count on them.
_PERSONAL = {"author", "initials", "userName", "displayName", "userId", "providerId", "lastModifiedBy", "reservationPassword"}
_PERSONAL_IN = {"presenceInfo", "person"}
_WHEN = {"date", "dateTime", "dateUtc", "dT"}
_PATHS = {"absPath", "fileSharing", "attachedTemplate", "docVars", "rsids"}


def clean(content: bytes, media_type: str) -> Cleaned:
    """Return the bare document. Raises NotTaken, or whatever the decoder raises."""
    parts = _unpacked(content)
    _check_kind(parts, media_type)
    kept = {name: data for name, data in parts.items() if not _DROPPED.search(name)}
    return Cleaned(_packed({name: _bare(name, data, kept) for name, data in kept.items()}))


def _unpacked(content: bytes) -> Parts:
    """Read every part, counting what really comes out; what the directory claims is not believed."""
    parts: Parts = {}
    left = MAX_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = [entry for entry in package.infolist() if not entry.is_dir()]
        if len(entries) > MAX_PARTS:
            raise NotTaken(UNPACKED)
        for entry in entries:
            if not _is_plain(entry) or entry.filename in parts:
                raise NotTaken(PASSWORD if entry.flag_bits & 1 else DAMAGED)
            most = min(left, MAX_XML) if _is_xml(entry.filename) else left
            parts[entry.filename] = _read(package, entry, most)
            left -= len(parts[entry.filename])
    return parts


def _read(package: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    got, data = 0, []
    with package.open(entry) as part:
        while chunk := part.read(_CHUNK):
            got += len(chunk)
            if got > most:
                raise NotTaken(UNPACKED)
            data.append(chunk)
    return b"".join(data)


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """A part with a relative name that stays in the package, no link, no password, packed as Office packs."""
    name = entry.filename
    stays = posixpath.normpath(name) == name and not name.startswith(("/", "..")) and "\\" not in name and ":" not in name
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return stays and not is_link and not entry.flag_bits & 1 and entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def _check_kind(parts: Parts, media_type: str) -> None:
    """The list of content types says what the package is; programs inside are refused."""
    if _TYPES not in parts or _ROOT_RELATIONS not in parts:
        raise NotTaken(DAMAGED)
    types = {element.get("ContentType", "") for element in _parsed(parts[_TYPES]).iter("{*}Override", "{*}Default")}
    if any("macroEnabled" in one or "vbaProject" in one for one in types) or any(map(_RUNS.search, parts)):
        raise NotTaken(MACROS)
    if _MAIN.format("wordprocessingml.document" if media_type == DOCX else "spreadsheetml.sheet") not in types:
        raise NotTaken(DAMAGED)


def _parsed(data: bytes) -> Any:
    """Parse without fetching or expanding anything. Raises NotTaken for a document type, which Office never writes."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotTaken(DAMAGED)
    return root


def _bare(name: str, data: bytes, kept: Mapping[str, bytes]) -> bytes:
    if _EMBEDDED.search(name):
        return b""  # a document inside the document; its picture on the page stays
    if not _is_xml(name):
        return _bare_picture(name, data)
    root = _parsed(data)
    _strip_people(root)
    for ending, mend in _MENDED.items():
        if name.endswith(ending):
            mend(root, name, kept)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _bare_picture(name: str, data: bytes) -> bytes:
    media_type = _PICTURES.get(posixpath.splitext(name)[1].lower())
    if media_type is None:
        return data
    try:
        return pictures.clean(data, media_type).copy
    except OSError:
        return b""  # a picture that cannot be decoded cannot be cleaned either


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _strip_people(root: Any) -> None:
    for element in root.iter("*"):
        tag = etree.QName(element).localname
        for key in element.attrib:
            local = etree.QName(key).localname
            if local in _PERSONAL or tag in _PERSONAL_IN and local != "id":
                element.set(key, _NOBODY)
            elif local in _WHEN and tag not in {"calcPr", "c"}:
                element.set(key, "2000-01-01T00:00:00Z")
        if tag == "author":  # the list of authors in a sheet's notes
            element.text = _NOBODY
    for element in [one for one in root.iter("*") if etree.QName(one).localname in _PATHS]:
        element.getparent().remove(element)


def _mend_relations(root: Any, name: str, kept: Mapping[str, bytes]) -> None:
    """Drop what leads to dropped parts; links for people stay, anything else that leads out of the package leads nowhere."""
    folder = posixpath.dirname(posixpath.dirname(name))
    for relation in list(root):
        kind, target = str(relation.get("Type", "")), str(relation.get("Target", ""))
        if relation.get("TargetMode") == "External":
            if not kind.endswith("/hyperlink") or not target.lower().startswith(("http://", "https://", "mailto:", "#")):
                relation.set("Target", _NOWHERE)
        elif not target.startswith("#") and posixpath.normpath(posixpath.join("/", folder, target))[1:] not in kept:
            root.remove(relation)


def _mend_types(root: Any, name: str, kept: Mapping[str, bytes]) -> None:
    for override in [one for one in root if str(one.get("PartName", "")).lstrip("/") not in kept and one.get("PartName")]:
        root.remove(override)


_MENDED: dict[str, Callable[[Any, str, Mapping[str, bytes]], None]] = {".rels": _mend_relations, _TYPES: _mend_types}


def _packed(parts: Parts) -> bytes:
    """Pack with the list of types first, as Office does, and without any date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda one: (one != _TYPES, one != _ROOT_RELATIONS, one)):
            package.writestr(zipfile.ZipInfo(name, _DATE), parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()
