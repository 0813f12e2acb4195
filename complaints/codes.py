"""The codes a citizen copies by hand: query code, claim code, resume code, the six digits of a text message.

Query, claim and resume codes are derived from the row by the vault's index key, so that a copy of the database gives none
of them away.
"""

import hmac
import re
import secrets
import unicodedata
import uuid

from core import vault

from .models import Complaint, Draft

# No 0 O 1 I L U: nobody has to guess which of two it is.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
NOBODY = uuid.UUID(int=0)
_NUMBER = re.compile(r"(?:19|20)\d\d-\d{4,6}", re.ASCII)  # too short for a mobile number, which must not stand in a plain column


def query_code(complaint: Complaint) -> str:
    """Return the query code of a complaint as printed, `7K4M-29XP`; a new `code_version` makes a new one."""
    return shown(_query_code(complaint.public_id, complaint.code_version))


def opens(complaint: Complaint | None, typed: str) -> bool:
    """Tell whether a typed query code belongs to the complaint, in the same time whether or not there is one."""
    expected = _query_code(complaint.public_id, complaint.code_version) if complaint else _query_code(NOBODY, 0)
    return hmac.compare_digest(expected.encode(), plain(typed).encode()) and complaint is not None


def claim_code(complaint: Complaint) -> str:
    """Return the code that proves who filed an anonymous matter; it stays when the query code is made anew."""
    return shown(derived(str(complaint.public_id), kind="claim-code"))


def proves_claim(complaint: Complaint, typed: str) -> bool:
    """Tell whether a typed claim code belongs to the complaint, always in the same time."""
    return hmac.compare_digest(plain(claim_code(complaint)).encode(), plain(typed).encode())


def resume_code(draft: Draft) -> str:
    """Return the resume code of a draft as printed, `4F7Q-82MD`."""
    return shown(derived(str(draft.pk), kind="resume-code"))


def resume_index(code: str) -> bytes:
    """Return the keyed hash by which a draft is found from its resume code in any spelling."""
    return vault.blind_index(plain(code), kind="resume-index")


def phone_code() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def plain(typed: str) -> str:
    """Undo what typing adds: full-width letters, small letters, blanks, hyphens."""
    return "".join(character for character in unicodedata.normalize("NFKC", typed).upper() if character.isalnum())


def plain_number(typed: str) -> str:
    """Return a tracking number as stored, `2026-0417`, however its hyphen was typed."""
    digits = "".join(character for character in unicodedata.normalize("NFKC", typed) if character.isdecimal())
    return f"{digits[:4]}-{digits[4:]}"[:14]


def is_number(number: str) -> bool:
    """Tell whether this has the form of a tracking number as stored."""
    return _NUMBER.fullmatch(number) is not None


def shown(code: str) -> str:
    """Write a code in two groups of four."""
    return f"{code[:4]}-{code[4:]}"


def derived(value: str, *, kind: str) -> str:
    """Return eight characters that follow from a value and the index key, and from nothing else."""
    rest = int.from_bytes(vault.blind_index(value, kind=kind), "big")
    characters = []
    for _position in range(LENGTH):
        rest, place = divmod(rest, len(ALPHABET))
        characters.append(ALPHABET[place])
    return "".join(characters)


def _query_code(public_id: uuid.UUID, version: int) -> str:
    return derived(f"{public_id}:{version}", kind="query-code")
