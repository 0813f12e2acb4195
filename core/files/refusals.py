"""Why an upload is not taken, in words that say what to do instead."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.cleaning import refusal


class FileRefused(Exception):
    """An upload that cannot be taken; the message says what to do."""


EMPTY = _("The file “%(name)s” is empty. Choose another one.")
TOO_LARGE = _("The file “%(name)s” is larger than 20 MB. Make it smaller or send it in parts.")
NO_KIND = _(
    "“%(name)s” cannot be taken. Send photos as JPG, PNG, WebP or HEIC, documents as PDF, Word (.docx) or Excel (.xlsx), "
    "recordings as MP3, M4A, WAV, MP4 or MOV."
)
OTHER_KIND = _("“%(name)s” is not what its name says. Open it in the program it comes from, save it anew and choose that file.")
ARCHIVE = _("“%(name)s” is an archive. What is inside cannot be checked: unpack it and add the files one by one.")
OLD_OFFICE = _("“%(name)s” has an old format. Open it, save it as .docx, .xlsx or PDF, and choose that file.")
FULL = _("“%(name)s” cannot be kept just now: the portal's store is full. Send the rest without it, and add the file tomorrow.")
BUSY = _("“%(name)s” took too long to open. Make it smaller or simpler, for example as PDF, and try again.")
_BY_CODE = {
    refusal.PIXELS: _("The picture “%(name)s” has too many pixels. Make it smaller and try again."),
    refusal.PAGES: _("The document “%(name)s” has more than 500 pages. Send the pages that matter."),
    refusal.LENGTH: _("The recording “%(name)s” is longer than four hours. Send the part that matters."),
    refusal.MACROS: _("“%(name)s” holds a program (macros). Save it without macros or as PDF, and choose that file."),
    refusal.PASSWORD: _("“%(name)s” is protected by a password. Save it without one and choose that file."),
    refusal.CODEC: _("“%(name)s” is recorded in a way that cannot be checked. Save it as MP4 or MP3 and choose that file."),
    refusal.UNPACKED: BUSY,
    refusal.DAMAGED: _("“%(name)s” is damaged and cannot be opened. Choose another one."),
}


def refused(words: str | Promise, name: str) -> FileRefused:
    """Return the refusal of the file called so."""
    return FileRefused(str(words) % {"name": name})


def refused_by(code: str, name: str) -> FileRefused:
    """Return the refusal for one of the codes of `core.cleaning`."""
    return refused(_BY_CODE.get(code, _BY_CODE[refusal.DAMAGED]), name)
