"""Where files that leave the house lie until then: sealed, under a random name, and gone on their day."""

import uuid

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from reference.sealed import KEY_BYTES, new_key, seal, unseal, unwrap, wrap

PADDED_TO = 4096


class Lost(Exception):
    """The file is not in its place."""


def about(export_id):
    """Of what the sealed bytes are; they open for no other row."""
    return f"exchange.Export {export_id}"


def keep(export_id, plain):
    """Put the file away under a key of its own: (name, the key wrapped by the master key)."""
    key = new_key()
    return put(seal(key, padded(plain), about(export_id))), wrap(key, about(export_id))


def fetch(export_id, name, wrapped):
    """The file again."""
    return unpadded(unseal(unwrap(wrapped, about(export_id)), taken(name), about(export_id)))


def keep_for(token, code, plain):
    """Put a file away that only the link and the code together can open."""
    return put(seal(key_of(token, code), padded(plain), "exchange.Handover"))


def fetch_for(token, code, name):
    """The file again; SealBroken for another link or code."""
    return unpadded(unseal(key_of(token, code), taken(name), "exchange.Handover"))


def key_of(token, code):
    """The key that link and code make together."""
    return HKDF(SHA256(), KEY_BYTES, None, b"handover").derive(f"{token} {code}".encode())


def destroy(name):
    """Remove the file; harmless to repeat."""
    if name:
        default_storage.delete(name)


def put(sealed):
    return default_storage.save(f"exchange/{uuid.uuid4()}", ContentFile(sealed))


def taken(name):
    try:
        with default_storage.open(name) as file:
            return file.read()
    except FileNotFoundError as why:
        raise Lost(name) from why


def padded(plain):
    """Its length says nothing exact: filled up to whole blocks."""
    length = len(plain).to_bytes(8, "big")
    return length + plain + bytes(-(len(plain) + 8) % PADDED_TO)


def unpadded(padded_bytes):
    length = int.from_bytes(padded_bytes[:8], "big")
    return padded_bytes[8 : 8 + length]
