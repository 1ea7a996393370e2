"""The sealer's signing key, and the public keys by which anybody checks it."""

import os
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class Signer:
    """The key that only the sealer's process holds."""

    def __init__(self, secret: bytes):
        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self.public = self._key.public_key().public_bytes_raw()
        self.key_id = key_id(self.public)

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def key_id(public: bytes) -> str:
    """The short name of a key."""
    return sha256(public).hexdigest()[:16]


def own_key(path: Path) -> Signer:
    """The key in this file; made up at the first call, readable by the sealer alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(b64encode(os.urandom(32)).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        pass
    return Signer(b64decode(path.read_text().strip()))


def publish(signer: Signer, path: Path) -> None:
    """Put the public key beside: one line for each key there ever was."""
    known = path.read_text() if path.exists() else ""
    line = f"{signer.key_id} {b64encode(signer.public).decode()}\n"
    if line not in known:
        with path.open("a") as file:
            file.write(line)


def public_keys(text: str) -> dict[str, Ed25519PublicKey]:
    """The public keys of lines such as `publish` writes; a key's name is worked out, not believed."""
    found = {}
    for line in text.splitlines():
        raw = b64decode(line.split()[-1]) if line.strip() else b""
        if len(raw) == 32:
            found[key_id(raw)] = Ed25519PublicKey.from_public_bytes(raw)
    return found


def is_signed(keys: dict[str, Ed25519PublicKey], name: str, signature: bytes, message: bytes) -> bool:
    """Is this the signature of one of these keys?"""
    if name not in keys:
        return False
    try:
        keys[name].verify(signature, message)
    except InvalidSignature:
        return False
    return True
