"""A passkey made of software: it answers as a browser and its device would."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

ORIGIN = "http://localhost:8000"
_FLAGS = AuthenticatorData.FLAG


@dataclass
class Device:
    """One key; `count` is told with each signature and goes up by one, unless it never counts (`counts=False`)."""

    origin: str = ORIGIN
    counts: bool = True
    count: int = 0
    credential_id: bytes = b"credential-of-a-test"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> str:
        """Answer an invitation."""
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        host = sha256(options["publicKey"]["rp"]["id"].encode()).digest()
        data = AuthenticatorData.create(host, _FLAGS.UP | _FLAGS.AT, self._next(), bytes(credential))
        attestation = bytes(AttestationObject.create("none", data, {}))
        client = self._client("webauthn.create", options)
        return self._told(clientDataJSON=client, attestationObject=attestation)

    def sign(self, options: dict[str, Any]) -> str:
        """Answer a question."""
        data = AuthenticatorData.create(sha256(options["publicKey"]["rpId"].encode()).digest(), _FLAGS.UP, self._next())
        client = self._client("webauthn.get", options)
        signature = self.key.sign(bytes(data) + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._told(clientDataJSON=client, authenticatorData=bytes(data), signature=signature)

    def _next(self) -> int:
        self.count += self.counts
        return self.count

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": options["publicKey"]["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _told(self, **response: bytes) -> str:
        name = websafe_encode(self.credential_id)
        parts = {key: websafe_encode(value) for key, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": parts})
