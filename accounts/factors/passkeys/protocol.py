"""What browser and portal say to each other about passkeys, by python-fido2; knows no tables and no requests."""

import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

_ALGORITHM = 3  # its place in a COSE key
LONGEST_ANSWER = 20_000  # characters; browsers send two or three thousand
State = dict[str, Any]  # what the session keeps until the answer comes: the challenge


class WrongPasskey(Exception):
    """The answer is none, is not signed by a known key, or belongs to another question or another site."""


@dataclass(frozen=True)
class Answer:
    """What a right answer says: which key (its id and all that the portal keeps of it) and how often it has signed."""

    credential_id: bytes
    credential: bytes
    count: int


@dataclass(frozen=True)
class Site:
    """The portal as browsers see it: its address (`https://portal.example`) and what people call it."""

    address: str
    name: str

    def invitation(self, *, handle: bytes, account: str, known: Iterable[bytes]) -> tuple[State, State]:
        """Return what a browser needs to make a key, and what to keep until it answers. `known` credentials make none again."""
        person = PublicKeyCredentialUserEntity(id=handle, name=account, display_name=account)
        found = [AttestedCredentialData(one) for one in known]
        options, state = self._server().register_begin(person, found, user_verification=UserVerificationRequirement.PREFERRED)
        return _plain(options), _plain(state)

    def made(self, answer: str, *, state: State | None) -> Answer:
        """Read the answer to an invitation. Raises WrongPasskey."""
        try:
            data = self._server().register_complete(_asked(state), json.loads(answer))
        except _FAULTS as error:
            raise WrongPasskey from error
        if data.credential_data is None or data.credential_data.public_key.get(_ALGORITHM) not in CoseKey.supported_algorithms():
            raise WrongPasskey
        return Answer(data.credential_data.credential_id, bytes(data.credential_data), data.counter)

    def question(self, known: Iterable[bytes]) -> tuple[State, State]:
        """Return what a browser needs to sign with one of these keys, and what to keep until it answers."""
        found = [AttestedCredentialData(one) for one in known]
        options, state = self._server().authenticate_begin(found, UserVerificationRequirement.PREFERRED)
        return _plain(options), _plain(state)

    def signed(self, answer: str, *, state: State | None, known: Iterable[bytes]) -> Answer:
        """Read the answer to a question. Raises WrongPasskey."""
        found = [AttestedCredentialData(one) for one in known]
        try:
            read = json.loads(answer)
            used = self._server().authenticate_complete(_asked(state), found, read)
            count = AuthenticationResponse.from_dict(read).response.authenticator_data.counter
        except _FAULTS as error:
            raise WrongPasskey from error
        return Answer(used.credential_id, bytes(used), count)

    def _server(self) -> Fido2Server:
        """Only this very address may answer, not one below the same domain."""
        parts = urlsplit(self.address)
        mine = f"{parts.scheme}://{parts.netloc}"
        entity = PublicKeyCredentialRpEntity(id=parts.hostname, name=self.name)
        return Fido2Server(entity, AttestationConveyancePreference.NONE, verify_origin=lambda told: told == mine)


# What the library raises about input that anybody may send.
_FAULTS = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    AssertionError,
    OverflowError,
    RecursionError,
    NotImplementedError,
    struct.error,
    WrongPasskey,
)


def _asked(state: State | None) -> State:
    if state is None:
        raise WrongPasskey  # nobody has asked, or the question has been answered
    return state


def _plain(told: Any) -> State:
    plain: State = json.loads(json.dumps(dict(told)))
    return plain
