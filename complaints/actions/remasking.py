"""Masks the copies of a complaint anew when the vault has learned another value of who filed."""

import json
from typing import Any

from complaints import ports
from complaints.filing import SHORT_TEXTS, Filer, masked
from complaints.models import Complaint
from complaints.reading import filer_of, own_words
from complaints.wording import one_line
from core import vault

_PLAIN = ("working_copy", "wish_copy", "title")


def mask_again(complaint: Complaint) -> None:
    """Mask the new value wherever a copy of the complaint's texts still holds it; the originals stay as they were filed."""
    filer = filer_of(complaint)
    originals = own_words(complaint)
    for name in _PLAIN:
        setattr(complaint, name, masked(getattr(complaint, name), filer))
    short = {name: getattr(originals, name) for name in SHORT_TEXTS}
    for name, text in short.items():
        setattr(complaint, name, masked(one_line(text), filer))
    changed = {name: text for name, text in short.items() if text != getattr(complaint, name)}
    if changed:
        words = json.dumps(changed, ensure_ascii=False)
        complaint.details_sealed = vault.seal(words, row=complaint.vault_row, column="details")
    complaint.save(update_fields=[*_PLAIN, *SHORT_TEXTS, "details_sealed"])
    _mask_what_came_later(complaint, filer)
    ports.after_masking(complaint)


def _mask_what_came_later(complaint: Complaint, filer: Filer | None) -> None:
    rows: list[tuple[Any, str]] = [(message, "text_copy") for message in complaint.messages.all()]
    later = [*complaint.review_requests.all(), *(getattr(complaint, name, None) for name in ("rating", "withdrawal"))]
    rows += [(row, "reason_copy") for row in later if row]
    for row, column in rows:
        text = getattr(row, column)
        if (hidden := masked(text, filer)) != text:
            setattr(row, column, hidden)
            row.save(update_fields=[column])
