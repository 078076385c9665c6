"""Static files in compressed form: each content once, and the large ones, which few ask for, with less effort.

A first start would else spend a third of its time on the viewer of 3-D models and on files that pages never name.
"""

import hashlib
import threading
from collections import defaultdict
from functools import partial
from typing import Any

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

LARGE = 128 * 1024
# Of Django's extensions: we serve our own copy of htmx.
UNUSED = ["django_htmx"]


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """As WhiteNoise makes them; a file and its copy with the hash in its name are compressed together."""

    def create_compressor(self, **options: Any) -> Compressor:
        return Once(**options)


class Once(Compressor):  # type: ignore[misc]
    """A compressor that remembers what it has made."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._made: dict[tuple[str, bytes], bytes] = {}
        self._locks: dict[tuple[str, bytes], threading.Lock] = defaultdict(threading.Lock)

    def compress_brotli(self, data: bytes) -> bytes:
        quality = 9 if len(data) > LARGE else 11
        return self._once("br", data, partial(brotli.compress, quality=quality))

    def compress_gzip(self, data: bytes) -> bytes:
        return self._once("gzip", data, super().compress_gzip)

    def _once(self, kind: str, data: bytes, work: Any) -> bytes:
        key = kind, hashlib.sha256(data).digest()
        with self._locks[key]:
            if key not in self._made:
                self._made[key] = work(data)
            return self._made[key]
