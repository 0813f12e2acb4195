"""Proving a number by a code: how long a code lives, whose phone it goes to, and that none goes out where nothing stands."""

from collections.abc import Mapping
from datetime import timedelta

from core import vault
from core.recipients import SMS, Address, NobodyToTell, Recipient

from .models import Complaint, PhoneProof

# To whoever holds the number; and only if matters stand under it. Which it is, the worker asks at the moment of sending: the
# page that took the number does the same work in the same time for every number.
PROVING = "phone_proof"
FINDING = "phone_matters"
# The old number of somebody who gave a new one, kept for so long that it can be told.
PARTING = "phone_parting"
PARTING_LIFE = timedelta(hours=24)


def to_proof(proof: PhoneProof, kind: str) -> Recipient:
    """Address the phone of a proof."""
    return Recipient(kind, str(proof.pk), (SMS,))


def seal(proof: PhoneProof, column: str, value: str) -> bytes:
    """Seal the phone (E.164) or the code of a proof."""
    return vault.seal(value, row=proof.vault_row, column=column)


def phone_of(proof: PhoneProof) -> str:
    """Open the number that is being proved."""
    return vault.open_sealed(proof.phone_sealed, row=proof.vault_row, column="phone")


def code_of(proof: PhoneProof) -> str:
    """Open the code. Raises LookupError when it was used."""
    if proof.code_sealed is None:
        raise LookupError("no code")
    return vault.open_sealed(proof.code_sealed, row=proof.vault_row, column="code")


def index_of(phone: str) -> bytes:
    """Return the keyed hash by which the matters of a number are found."""
    return vault.blind_index(phone, kind="phone")


def address_of_proof(proof_id: str) -> Address:
    """Return the phone of a proof. Raises LookupError when it is gone."""
    proof = _proof(proof_id)
    return Address(phone=phone_of(proof), language=proof.language)


def address_of_finding(proof_id: str) -> Address:
    """Return the phone of a proof under whose number matters stand. Raises NobodyToTell when none do."""
    address = address_of_proof(proof_id)
    if not Complaint.objects.confirmed_by(index_of(address.phone)).exists():
        raise NobodyToTell("nothing stands under the number")
    return address


def secrets_of_proof(proof_id: str) -> Mapping[str, str]:
    """Return the code for the text of the message, which alone ever holds it. Raises LookupError."""
    return {"code": code_of(_proof(proof_id))}


def _proof(proof_id: str) -> PhoneProof:
    proof = PhoneProof.objects.filter(pk=proof_id).first()
    if proof is None:
        raise LookupError("the proof is gone")
    return proof
