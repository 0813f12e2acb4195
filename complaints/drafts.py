"""Drafts: how long they live, what refuses a change, and where the phone of a draft is reached."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core import clock, vault
from core.recipients import SMS, Address, Recipient

from .models import Draft

DRAFT = "draft"
CODE_MINUTES = 10
CODE_LIFE = timedelta(minutes=CODE_MINUTES)
CODE_TRIES = 5
CODES_A_DRAFT = 5
RESEND_AFTER = timedelta(seconds=60)


class DraftChanged(Exception):
    """The draft was changed elsewhere since this page was made."""


class DraftFiled(Exception):
    """The draft was submitted already; nothing about it can change."""


class DraftGone(Exception):
    """The draft was deleted meanwhile because its time was up."""


class TooManyFiles(Exception):
    """A draft takes no more files; the message says how many it may have."""


class CodeNotSent(Exception):
    """No code goes out now; the message says why and what to do."""


class CodeRefused(Exception):
    """The typed code does not confirm the phone; the message says what to do."""


WRONG = _("This is not the code we sent. Check the six digits and try again")
USED_UP = _("Too many wrong codes. Ask for a new one")
EXPIRED = _("This code is older than 10 minutes. Ask for a new one")
NO_MORE_CODES = _("We have sent five codes for this draft and send no more. Check the number, or call the hotline")
TOO_SOON = _("We have just sent one. Wait a minute before you ask for another")
TOO_MANY_CODES = _("Too many codes were asked for. Try again in an hour, or call the hotline")


def expiry(at: datetime) -> datetime:
    """Return the moment at which a draft changed now is deleted: the midnight that ends its last day."""
    return clock.midnight(clock.day_of(at) + timedelta(days=settings.DRAFT_DAYS + 1))


def last_day(draft: Draft) -> datetime:
    """Return a moment of the last day on which the draft can be resumed."""
    return draft.expires_at - timedelta(seconds=1)


def is_confirmed(draft: Draft | None, phone: str) -> bool:
    """Tell whether this very number was confirmed for the draft."""
    if draft is None or draft.phone_confirmed_index is None or not phone:
        return False
    return bytes(draft.phone_confirmed_index) == vault.blind_index(phone, kind="phone")


def seal_code(draft: Draft, code: str, phone: str) -> bytes:
    """Seal a code together with the number that it confirms."""
    return vault.seal(json.dumps([code, phone]), row=draft.vault_row, column="phone_code")


def open_code(draft: Draft) -> tuple[str, str]:
    """Return the code and its number. Raises LookupError when there is none."""
    if draft.phone_code_sealed is None:
        raise LookupError("no code")
    code, phone = json.loads(vault.open_sealed(draft.phone_code_sealed, row=draft.vault_row, column="phone_code"))
    return code, phone


def has_live_code(draft: Draft, phone: str, at: datetime) -> bool:
    """Tell whether a code that still counts is on its way to this very number."""
    if draft.phone_code_sealed is None or draft.phone_code_expires_at is None or draft.phone_code_expires_at <= at:
        return False
    return draft.phone_code_tries < CODE_TRIES and open_code(draft)[1] == phone


def to_draft(draft: Draft) -> Recipient:
    """Address the phone that a draft's code is for."""
    return Recipient(DRAFT, str(draft.pk), (SMS,))


def address_of_draft(draft_id: str) -> Address:
    """Return the phone that the draft's code is for. Raises LookupError when the code was used or the draft is gone."""
    draft = _draft(draft_id)
    return Address(phone=open_code(draft)[1], language=draft.language)


def secrets_of_draft(draft_id: str) -> Mapping[str, str]:
    """Return the code for the text of the message, which alone ever holds it. Raises LookupError."""
    return {"code": open_code(_draft(draft_id))[0]}


def _draft(draft_id: str) -> Draft:
    draft = Draft.objects.filter(pk=draft_id).first()
    if draft is None:
        raise LookupError("the draft is gone")
    return draft
