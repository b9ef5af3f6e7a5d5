"""A security key in software, for tests: what a browser would send of it, as JSON."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

USER_PRESENT = AuthenticatorData.FLAG.UP
WITH_CREDENTIAL = USER_PRESENT | AuthenticatorData.FLAG.AT


@dataclass
class SoftwareKey:
    """One credential, with its counter; `origin` is the site that the browser shows."""

    origin: str = "https://testserver"
    host: str = "testserver"
    counter: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def created(self, options: str) -> str:
        """The answer to the options of a page that adds a key."""
        self.counter += 1
        public = ES256.from_cryptography_key(self.private.public_key())
        data = AuthenticatorData.create(
            self._host_hash(), WITH_CREDENTIAL, self.counter,
            AttestedCredentialData.create(Aaguid.NONE, self.id, public),
        )  # fmt: skip
        attestation = AttestationObject.create("none", data, {})
        client = self._client("webauthn.create", options)
        return self._told({
            "clientDataJSON": _text(client), "attestationObject": _text(attestation)
        })  # fmt: skip

    def answered(self, options: str) -> str:
        """The answer to the options of a page that asks for a key."""
        self.counter += 1
        data = AuthenticatorData.create(self._host_hash(), USER_PRESENT, self.counter)
        client = self._client("webauthn.get", options)
        signed = self.private.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._told({
            "clientDataJSON": _text(client),
            "authenticatorData": _text(data),
            "signature": _text(signed),
        })  # fmt: skip

    def _host_hash(self) -> bytes:
        return hashlib.sha256(self.host.encode()).digest()

    def _client(self, kind: str, options: str) -> CollectedClientData:
        challenge = json.loads(options)["challenge"]
        return CollectedClientData.create(type=kind, challenge=challenge, origin=self.origin)

    def _told(self, response: dict[str, Any]) -> str:
        return json.dumps({
            "id": _text(self.id), "rawId": _text(self.id), "type": "public-key",
            "response": response, "clientExtensionResults": {},
        })  # fmt: skip


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
