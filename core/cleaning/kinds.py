"""Which kinds of file are taken, by their endings, and what the first bytes of a file say that it is."""

from dataclasses import dataclass
from pathlib import PurePath

JPEG, PNG, WEBP, HEIC = "image/jpeg", "image/png", "image/webp", "image/heic"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MP3, M4A, WAV = "audio/mpeg", "audio/mp4", "audio/wav"
MP4, MOV = "video/mp4", "video/quicktime"

ENDINGS = {
    **dict.fromkeys((".jpg", ".jpeg"), JPEG),
    ".png": PNG,
    ".webp": WEBP,
    **dict.fromkeys((".heic", ".heif"), HEIC),
    ".pdf": PDF,
    ".docx": DOCX,
    ".xlsx": XLSX,
    ".mp3": MP3,
    ".m4a": M4A,
    ".wav": WAV,
    ".mp4": MP4,
    ".mov": MOV,
}
ARCHIVES = {".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".cab", ".iso", ".jar"}
OLD_OFFICE = {".doc", ".xls", ".ppt", ".wps", ".et", ".rtf"}
MACRO_OFFICE = {".docm", ".xlsm", ".dotm", ".xltm", ".xlsb"}

_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVE_HEADS = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"MSCF")


@dataclass(frozen=True)
class Served:
    """What the cleaned copy is: its media type, and the ending that its name must have ("" keeps the original's)."""

    media_type: str
    ending: str = ""


# A browser shows no HEIC, so that the cleaned copy is a JPEG.
_SERVED_OTHERWISE = {HEIC: Served(JPEG, ".jpg")}


def ending_of(name: str) -> str:
    """Return the ending in small letters: `.jpg`."""
    return PurePath(name).suffix.lower()


def served(media_type: str) -> Served:
    """Return what the cleaned copy of a file of this type is."""
    return _SERVED_OTHERWISE.get(media_type, Served(media_type))


def sniffed(content: bytes) -> frozenset[str]:
    """Return every type that the first bytes allow; the real decode tells which of them it is."""
    heads = {
        b"\xff\xd8\xff": (JPEG,),
        b"\x89PNG\r\n\x1a\n": (PNG,),
        b"%PDF-": (PDF,),
        b"PK\x03\x04": (DOCX, XLSX),
        b"ID3": (MP3,),
    }
    for head, types in heads.items():
        if content.startswith(head):
            return frozenset(types)
    if content[:4] == b"RIFF":
        return frozenset({b"WEBP": (WEBP,), b"WAVE": (WAV,)}.get(content[8:12], ()))
    if content[4:8] == b"ftyp":
        return frozenset((HEIC,)) if content[8:12] in _HEIF_BRANDS else frozenset((M4A, MP4, MOV))
    if content[4:8] in {b"moov", b"mdat", b"wide", b"free"}:
        return frozenset((MOV,))  # QuickTime wrote files without a brand for twenty years
    return frozenset((MP3,)) if _is_frame_of_sound(content) else frozenset()


def is_archive(content: bytes) -> bool:
    """Tell whether the first bytes are those of an archive that is no Word or Excel file either."""
    return content.startswith(_ARCHIVE_HEADS) or content[257:262] == b"ustar"


def is_old_office(content: bytes) -> bool:
    """Tell whether it is a compound file: old Word or Excel, or a new one under a password."""
    return content.startswith(_OLE)


def _is_frame_of_sound(content: bytes) -> bool:
    """An MPEG audio frame: eleven bits set, layer III, neither bit rate nor sampling rate out of the table."""
    if len(content) < 3 or content[0] != 0xFF or content[1] & 0xE6 != 0xE2:
        return False
    return content[2] >> 4 != 0xF and (content[2] >> 2) & 3 != 3
