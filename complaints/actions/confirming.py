"""Confirming a phone by a code: few codes, few tries, little time."""

import hmac
from datetime import datetime

from django.db import transaction

from complaints import codes, drafts
from complaints.drafts import CodeNotSent, CodeRefused
from complaints.models import Draft
from core import notices, vault
from core.slowdown import Brake

# Against using the portal to bother somebody's phone: so many codes to one number or from one address, then growing waits.
SENDING = Brake("phone-code", free=10)


def send_code(draft: Draft, phone: str, *, source: str, at: datetime) -> None:
    """Send a new code to a number (E.164), from an address `source`. Raises CodeNotSent."""
    if SENDING.admit({"phone": phone, "address": source}, at=at):
        raise CodeNotSent(drafts.TOO_MANY_CODES)
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.phone_codes_sent >= drafts.CODES_A_DRAFT:
            raise CodeNotSent(drafts.NO_MORE_CODES)
        if draft.phone_code_sent_at and at < draft.phone_code_sent_at + drafts.RESEND_AFTER:
            raise CodeNotSent(drafts.TOO_SOON)
        draft.phone_code_sealed = drafts.seal_code(draft, codes.phone_code(), phone)
        draft.phone_code_tries = 0
        draft.phone_code_expires_at = at + drafts.CODE_LIFE
        draft.phone_code_sent_at = at
        draft.phone_codes_sent += 1
        draft.save()
        key = f"draft:{draft.pk}:code:{draft.phone_codes_sent}"
        notices.send("complaints/phone_code", to=drafts.to_draft(draft), key=key, at=at, facts={"minutes": drafts.CODE_MINUTES})


def confirm_phone(draft: Draft, typed: str, phone: str, *, at: datetime) -> None:
    """Confirm a number by the code that was sent to it. Raises CodeRefused; the try counts all the same."""
    refusal = _try_code(draft, typed, phone, at=at)
    if refusal:
        raise CodeRefused(refusal)


@transaction.atomic
def _try_code(draft: Draft, typed: str, phone: str, *, at: datetime) -> str:
    """Return why the code is refused, or an empty text. Raising here would roll the count of tries back."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.phone_code_sealed is None or draft.phone_code_expires_at is None or at >= draft.phone_code_expires_at:
        return str(drafts.EXPIRED)
    if draft.phone_code_tries >= drafts.CODE_TRIES:
        return str(drafts.USED_UP)
    code, its_phone = drafts.open_code(draft)
    right = hmac.compare_digest(code.encode(), codes.plain(typed).encode()) and its_phone == phone
    draft.phone_code_tries += 1
    if right:
        draft.phone_code_sealed = None
        draft.phone_confirmed_index = vault.blind_index(phone, kind="phone")
        draft.phone_confirmed_at = at
        draft.version += 1
    draft.save()
    return "" if right else str(drafts.WRONG)
