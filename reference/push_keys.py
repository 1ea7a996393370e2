"""The pair of keys by which the services of browsers know who sends a notice (RFC 8292)."""

from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY_BYTES = 32


def fresh() -> dict[str, str]:
    """A new pair, as the environment holds it."""
    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    number = key.private_numbers().private_value.to_bytes(KEY_BYTES, "big")
    return {"VAPID_PUBLIC_KEY": in_letters(point), "VAPID_PRIVATE_KEY": in_letters(number)}


def in_letters(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
