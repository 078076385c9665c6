"""The pages themselves: the least used are thrown away when they are more than the memory allowed."""

import hashlib
import threading
import zlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import brotli

_OVERHEAD = 2500  # bytes of a page beside its bodies: keys, headers, tags
_SMALL = 600  # bytes that no compression makes worth while


@dataclass(slots=True)
class Page:
    """A page as it is given out. `deadline` is in seconds since the epoch; `versions` are those of this host."""

    body: bytes
    headers: list[tuple[str, str]]
    tags: tuple[str, ...]
    versions: tuple[tuple[str, Hashable], ...]
    generation: int
    deadline: float
    view: str
    etag: str = ""
    bodies: dict[str, bytes] = field(default_factory=dict)
    counters: Any = None

    def __post_init__(self) -> None:
        self.etag = hashlib.blake2b(self.body, digest_size=12).hexdigest()
        self.bodies[""] = self.body

    def encoded(self, encoding: str) -> bytes:
        """The body in that encoding, made when it is first asked for: every later visitor has it for nothing."""
        body = self.bodies.get(encoding)
        if body is None:
            body = self.bodies[encoding] = compressed(self.body, encoding)
        return body

    @property
    def size(self) -> int:
        """Bytes, about: the compressed bodies, which come later, are less than half of the plain one together."""
        return _OVERHEAD + len(self.body) * 3 // 2


def compressed(body: bytes, encoding: str, *, quality: int = 5) -> bytes:
    """The body as br or gzip; `quality` as brotli counts it."""
    if encoding == "br":
        return brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality)
    return zlib.compress(body, 6 if quality >= 5 else 1, wbits=31)


@lru_cache(maxsize=512)
def encoding_for(accepted: str) -> str:
    """The best of br and gzip that Accept-Encoding allows (RFC 9110, 12.5.3), or ""."""
    wishes: dict[str, float] = {}
    for part in accepted[:300].lower().split(","):
        name, _semicolon, weight = part.partition(";")
        try:
            wishes[name.strip()] = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            wishes[name.strip()] = 0.0
    best = max(("br", "gzip"), key=lambda name: wishes.get(name, wishes.get("*", 0.0)))
    return best if wishes.get(best, wishes.get("*", 0.0)) > 0 else ""


def worth_compressing(body: bytes) -> bool:
    """Whether a smaller body would be noticed."""
    return len(body) >= _SMALL


class Pages:
    """Pages by what was asked, at most so many bytes of them; safe between threads."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._kept: OrderedDict[Hashable, tuple[Page, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Page | None:
        """The page, now the most lately used."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            self._kept.move_to_end(key)
            return kept[0]

    def put(self, key: Hashable, page: Page) -> None:
        """Keep it, in the place of what was kept for that."""
        size = page.size
        if size > self.most_bytes // 8:
            return  # one page must not push out all others
        with self._lock:
            before = self._kept.pop(key, None)
            self.bytes += size - (before[1] if before else 0)
            self._kept[key] = page, size
            while self.bytes > self.most_bytes:
                _key, (_page, gone) = self._kept.popitem(last=False)
                self.bytes -= gone

    def drop(self, key: Hashable, page: Page) -> None:
        """Forget this page, unless another has taken its place."""
        with self._lock:
            kept = self._kept.get(key)
            if kept and kept[0] is page:
                self.bytes -= kept[1]
                del self._kept[key]

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
            self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)
