"""Proving a number by a code, without a draft: few codes, few tries, little time, each code once."""

import hmac
from datetime import datetime

from django.db import transaction

from complaints import codes, drafts, proofs
from complaints.drafts import CodeNotSent, CodeRefused
from complaints.models import PhoneProof
from core import notices

from .confirming import SENDING


def ask_code(phone: str, kind: str, *, language: str, source: str, at: datetime) -> PhoneProof:
    """Write a proof of a number (E.164) and the notice with its code; `kind` is `proofs.PROVING` or `proofs.FINDING`.

    Does the same work whether or not anything stands under the number. Raises CodeNotSent after too many codes.
    """
    if SENDING.admit({"phone": phone, "address": source}, at=at):
        raise CodeNotSent(drafts.TOO_MANY_CODES)
    with transaction.atomic():
        proof = PhoneProof(language=language, sent_at=at, expires_at=at + drafts.CODE_LIFE)
        proof.phone_sealed = proofs.seal(proof, "phone", phone)
        proof.code_sealed = proofs.seal(proof, "code", codes.phone_code())
        proof.save(force_insert=True)
        facts = {"minutes": drafts.CODE_MINUTES}
        notices.send("complaints/proof_code", to=proofs.to_proof(proof, kind), key=f"phone_proof:{proof.pk}", at=at, facts=facts)
    return proof


def prove(proof_id: str, typed: str, *, at: datetime) -> str:
    """Use up a code and return the number (E.164) that it proves. Raises CodeRefused; the try counts all the same."""
    refusal, phone = _try_code(proof_id, typed, at)
    if refusal:
        raise CodeRefused(refusal)
    return phone


def forget_proofs(*, at: datetime) -> int:
    """Delete the proofs whose time is up; returns how many."""
    return PhoneProof.objects.filter(expires_at__lte=at).delete()[0]


@transaction.atomic
def _try_code(proof_id: str, typed: str, at: datetime) -> tuple[str, str]:
    """Return why the code is refused (or an empty text) and the number. Raising here would roll the count of tries back."""
    proof = PhoneProof.objects.select_for_update().filter(pk=proof_id).first()
    if proof is None or proof.code_sealed is None or at >= proof.expires_at:
        return str(drafts.EXPIRED), ""
    if proof.tries >= drafts.CODE_TRIES:
        return str(drafts.USED_UP), ""
    is_right = hmac.compare_digest(proofs.code_of(proof).encode(), codes.plain(typed).encode())
    proof.tries += 1
    if is_right:
        proof.code_sealed = None
    proof.save(update_fields=["tries", "code_sealed"])
    return ("", proofs.phone_of(proof)) if is_right else (str(drafts.WRONG), "")
