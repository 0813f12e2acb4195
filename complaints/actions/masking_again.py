"""Masking the copies of a complaint again after its complainant gave other data; what is masked already stays masked."""

import json

from complaints import reading
from complaints.filing import SHORT_TEXTS, Filer, masked
from complaints.models import Complaint, EarlierRating, Message, Rating, ReviewRequest, Withdrawal
from core import vault

from .printing import keep_prints

_LONG_TEXTS = ("working_copy", "wish_copy")
_WITH_REASON = (Withdrawal, Rating, EarlierRating, ReviewRequest)
_COPIES = ((Message, "text_copy"), *((model, "reason_copy") for model in _WITH_REASON))


def mask_again(complaint: Complaint, filer: Filer) -> None:
    """Mask the filer's present values in every copy of a locked complaint.

    A short text whose original stood in plain until now goes into the sealed details: what was filed keeps its fingerprint.
    """
    originals = reading.own_words(complaint)
    for name in ("title", *_LONG_TEXTS, *SHORT_TEXTS):
        setattr(complaint, name, _fitting(complaint, name, masked(getattr(complaint, name), filer)))
    changed = {name: getattr(originals, name) for name in SHORT_TEXTS if getattr(originals, name) != getattr(complaint, name)}
    if changed:
        details = json.dumps(changed, ensure_ascii=False)
        complaint.details_sealed = vault.seal(details, row=complaint.vault_row, column="details")
    complaint.save(update_fields=["title", *_LONG_TEXTS, *SHORT_TEXTS, "details_sealed"])
    keep_prints([complaint])
    for model, column in _COPIES:
        for row in model._base_manager.filter(complaint=complaint):
            _mask_copy(row, column, filer)


def _mask_copy(row: Message | Withdrawal | Rating | EarlierRating | ReviewRequest, column: str, filer: Filer) -> None:
    copy = masked(getattr(row, column), filer)
    if copy != getattr(row, column):
        setattr(row, column, copy)
        row.save(update_fields=[column])


def _fitting(complaint: Complaint, name: str, text: str) -> str:
    """Cut what the masks made longer than its column."""
    most = getattr(complaint._meta.get_field(name), "max_length", None)
    return text[:most] if most else text
