"""A message that only one browser can read, in one record (RFC 8291 over RFC 8188)."""

import os

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096
MOST = 3993  # what services must take, without the header and the seal (RFC 8291, 4)
SECRET_BYTES = 16


def browser_key(content: bytes) -> EllipticCurvePublicKey:
    """The public key that a browser gave. Raises ValueError."""
    if len(content) != 65:
        raise ValueError("not an uncompressed point")
    return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), content)


def seal(
    plain: bytes, *, p256dh: bytes, auth: bytes, key: EllipticCurvePrivateKey | None = None, salt: bytes = b""
) -> bytes:
    """The sealed body. `key` and `salt` are made for each message; only the standard's example names them."""
    if len(plain) > MOST:
        raise ValueError("too long for a push message")
    key, salt = key or generate_private_key(SECP256R1()), salt or os.urandom(16)
    own = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = key.exchange(ECDH(), browser_key(p256dh))
    material = _derived(shared, salt=auth, info=b"WebPush: info\0" + p256dh + own, length=32)
    inner = _derived(material, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derived(material, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(own)]) + own
    return header + AESGCM(inner).encrypt(nonce, plain + b"\x02", None)  # 2: the last record


def _derived(material: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(material)
