"""Whether a Word file can be the template of a kind of letter, and if not, what is to be mended in it."""

import io
import re
import zipfile
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .placeholders import needed_in, placeholders_of, samples_of
from .rendering import Fault, TemplateFaulty, filled, text_of
from .words import paragraphs

MOST_BYTES = 3 * 1024 * 1024
_MOST_XML = 2 * 1024 * 1024
_OUTSIDE = re.compile(rb'<Relationship\b[^>]*TargetMode="External"[^>]*>')
_LINK = b"/hyperlink"
_BRACES = re.compile(r"[｛｝{}]+[^｛｝{}]{0,20}")
_FAULTS: dict[str, str | Promise] = {
    "unknown": _("“{{ %(shown)s }}” is no placeholder of this letter. The list below shows those that are."),
    "forbidden": _("“%(shown)s”: only names from the list may stand in braces, and “{%% if name %%}” around them."),
    "syntax": _("“%(shown)s”: the braces are not closed, or stand crosswise."),
    "missing": _("“{{ %(shown)s }}” is missing. No letter of this kind is complete without it."),
    "unseen": _("“{{ %(shown)s }}” does not show in the letter. Type it once more in plain text."),
    "braces": _("“%(shown)s” was not taken for a placeholder. Use two half-width braces on each side: {{ }}."),
    "outside": _("The file takes a picture or a template from elsewhere. Put the picture into the file itself."),
    "large": _("The file is too large for a letter. Make its pictures smaller; 3 MB is the most."),
    "unreadable": _("Word files of this form cannot be filled in. Save it anew as .docx and try again."),
}


def faults_of(content: bytes, kind: str) -> list[Fault]:
    """Return what keeps a cleaned Word file from being a template of this kind: none when a trial letter comes out whole."""
    if faults := list(_of_the_package(content)):
        return faults
    try:
        samples = samples_of(kind)
        trial = filled(content, samples)
        used, text = trial.used, text_of(trial.document)
    except TemplateFaulty as error:
        return error.faults
    except Exception:  # noqa: BLE001 what strangers' files break is anything; each means the same to who sent it
        return [Fault("unreadable")]
    needed = set(needed_in(kind))
    faults = [Fault("missing", name) for name in placeholders_of(kind) if name in needed - used]
    faults += [Fault("unseen", name) for name in sorted(used & needed) if not _shows(samples[name], text)]
    return faults + [Fault("braces", found) for found in dict.fromkeys(_BRACES.findall(text))]


def in_words(fault: Fault) -> str:
    """Say what is wrong and what to do."""
    return str(_FAULTS[fault.code]) % {"shown": fault.shown}


def _of_the_package(content: bytes) -> Iterator[Fault]:
    """What can be told before the document is opened; the sizes are true, for the package was packed by the cleaning."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = package.infolist()
        xml = sum(entry.file_size for entry in entries if entry.filename.endswith(".xml"))
        if len(content) > MOST_BYTES or xml > _MOST_XML:
            yield Fault("large")
        relations = b"".join(package.read(entry) for entry in entries if entry.filename.endswith(".rels"))
    if any(_LINK not in found for found in _OUTSIDE.findall(relations)):
        yield Fault("outside")


def _shows(sample: str, text: str) -> bool:
    return all(line in text for line in paragraphs(sample))
