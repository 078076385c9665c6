"""How this shop names itself to push services (RFC 8292): a key that browsers bind their addresses to."""

from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

import orjson
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, derive_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from nitka.people.contact.pushing.letters import read, written

LIVES = timedelta(hours=12)  # the standard allows a day at most


def public_key(secret: str) -> str:
    """What pages give to browsers."""
    return written(_key(secret).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def authorization(secret: str, *, endpoint: str, subject: str, now: datetime) -> str:
    """The header that says who sends; it holds for that push service alone."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((now + LIVES).timestamp()), "sub": subject}
    signed = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
    r, s = decode_dss_signature(_key(secret).sign(signed.encode(), ECDSA(SHA256())))
    return f"vapid t={signed}.{written(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))},k={public_key(secret)}"


def _part(said: dict[str, object]) -> str:
    return written(orjson.dumps(said))


@lru_cache(maxsize=2)
def _key(secret: str) -> EllipticCurvePrivateKey:
    return derive_private_key(int.from_bytes(read(secret), "big"), SECP256R1())
