"""PDF: rewritten without author, history, attachments, scripts and actions; the first page drawn as a preview."""

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from . import pictures
from .refusal import DAMAGED, MAX_PAGES, PAGES, PASSWORD, PREVIEW_EDGE, Cleaned, NotTaken

# Metadata, attachments, edit history of programs, and everything that runs by itself.
_UNWANTED = ("/Metadata", "/PieceInfo", "/AA", "/AF", "/EF", "/JS", "/OpenAction", "/LastModified", "/Collection")
_UNWANTED_IN_ROOT = ("/Names", "/AcroForm", "/Perms", "/Legal", "/DSS")
_SAFE_ACTIONS = {"/GoTo", "/URI", "/Named"}
_SAFE_NOTES = {"/Link", "/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Ink", "/Line", "/Square"}
_SAFE_NOTES |= {"/Circle", "/Polygon", "/PolyLine", "/Stamp", "/Caret", "/Popup", "/Widget", "/Redact", "/Watermark"}
_DEPTH = 12


def clean(content: bytes, media_type: str) -> Cleaned:
    """Return the bare document and a picture of its first page. Raises NotTaken, or whatever the decoder raises."""
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        raise NotTaken(PASSWORD) from error
    with pdf:
        _strip(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return Cleaned(out.getvalue(), _first_page(out.getvalue()))


def _strip(pdf: Pdf) -> None:
    if len(pdf.pages) > MAX_PAGES:
        raise NotTaken(PAGES)
    if len(pdf.pages) == 0:
        raise NotTaken(DAMAGED)
    for key in _UNWANTED_IN_ROOT:
        _drop(pdf.Root, key)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for page in pdf.pages:
        _keep_safe_notes(page.obj)
    for thing in pdf.objects:
        for part in _parts(thing, _DEPTH):
            _bare(part)


def _parts(thing: Object, depth: int) -> Iterator[Object]:
    """Yield an object and what stands directly in it; what it only refers to comes in its own turn."""
    if isinstance(thing, Dictionary | Stream):
        yield thing
        below = [value for _key, value in thing.items()]
    else:
        below = list(thing.as_list()) if isinstance(thing, Array) else []
    for value in below:
        if depth and isinstance(value, Dictionary | Array) and not value.is_indirect:
            yield from _parts(value, depth - 1)


def _bare(thing: Object) -> None:
    for key in _UNWANTED:
        _drop(thing, key)
    action = thing.get("/A")
    if isinstance(action, Dictionary) and str(action.get("/S", "")) not in _SAFE_ACTIONS:
        _drop(thing, "/A")
    if "/Rect" in thing and thing.get("/Subtype") != Name.Widget:
        for key in ("/T", "/M", "/CreationDate", "/NM"):  # who wrote a note, and when
            _drop(thing, key)
    if isinstance(thing, Stream) and thing.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
        hints = thing.get("/DecodeParms")
        thing.write(
            without_segments(thing.read_raw_bytes()),
            filter=Name.DCTDecode,
            decode_parms=hints if isinstance(hints, Dictionary) else None,
        )


def _drop(thing: Object, key: str) -> None:
    if key in thing:
        del thing[key]


def _keep_safe_notes(page: Object) -> None:
    notes = page.get("/Annots")
    if isinstance(notes, Array):
        safe = [note for note in notes.as_list() if isinstance(note, Dictionary) and str(note.get("/Subtype", "")) in _SAFE_NOTES]
        page["/Annots"] = Array(safe)


def without_segments(jpeg: bytes) -> bytes:
    """Return a JPEG without comments, EXIF and XMP; kept are JFIF, the colour profile and Adobe's transform."""
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4])
        is_metadata = marker == 0xFE or (0xE1 <= marker <= 0xEF and marker not in {0xE2, 0xEE})
        if not is_metadata:
            kept.append(jpeg[at : at + 2 + length])
        at += 2 + length
    return b"".join([*kept, jpeg[at:]])


def _first_page(content: bytes) -> bytes:
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    longest = max(page.get_size())
    drawn = page.render(scale=PREVIEW_EDGE / longest, may_draw_forms=False).to_pil()
    return pictures.preview(drawn)
