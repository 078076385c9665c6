"""Feeds as files: each is written once for a change, packed, and handed to the server whole.

What is handed over whole costs a slow reader's connection and no thread of ours; what is told piece by piece holds a
thread for as long as its reader likes. So only a feed too big for memory is told in pieces, to a few at a time, and
for some minutes.
"""

import gzip
import os
import re
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from nitka.ground.ids import new_token
from nitka.ground.problem import Problem

AT_A_TIME = 2  # of a process: so many are written, and so many told in pieces
WAIT_SECONDS = 10  # for who is before us
FRESH_SECONDS = 600  # a sale begins and ends without anybody writing a row
STREAM_SECONDS = 300
WHOLE = 16 * 1024**2
PIECE = 65_536
MOST_FILES = 200
_turns = threading.BoundedSemaphore(AT_A_TIME)
_told: dict[object, float] = {}  # who is told in pieces, since when
_lock = threading.Lock()


class Busy(Problem):
    """As many feeds are being written or read as may be."""

    code = "feeds_busy"
    status = 503


def file_of(etag: str, write: Callable[[], Iterator[bytes]]) -> Path:
    """The feed of that mark as a packed file, written now where there is none. Raises Busy."""
    path = Path(settings.FEEDS_ROOT) / f"{re.sub(r'[^0-9a-f]', '', etag)}.gz"
    if _is_fresh(path):
        return path
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise _busy()
    try:
        if not _is_fresh(path):
            _write(path, write())
    finally:
        _turns.release()
    return path


def body_of(path: Path, packed: bool) -> "bytes | Told":
    """What is answered: the whole where it fits into memory, else pieces. Raises Busy, and OSError for a file that
    was swept away meanwhile."""
    file = path.open("rb")
    with file:
        size = os.fstat(file.fileno()).st_size
        if size <= WHOLE and packed:
            return file.read()
        file.seek(-4, os.SEEK_END)
        # The length before packing stands at the end of a gzip file.
        if not packed and size <= WHOLE and int.from_bytes(file.read(4), "little") <= WHOLE:
            file.seek(0)
            return gzip.decompress(file.read())
    return Told(path, packed)


class Told:
    """The pieces of a feed that has one of the few turns to be told; it is given back when the response is closed, and
    lost after STREAM_SECONDS: its reader is cut off and comes again."""

    def __init__(self, path: Path, packed: bool) -> None:
        with _lock:
            late = time.monotonic() - STREAM_SECONDS
            for each in [one for one, since in _told.items() if since < late]:
                del _told[each]
            if len(_told) >= AT_A_TIME:
                raise _busy()
            _told[self] = time.monotonic()
        self._file = path.open("rb")
        self._unpack = None if packed else zlib.decompressobj(31)

    def __iter__(self) -> Iterator[bytes]:
        while piece := self._next():
            if self not in _told:
                raise TimeoutError("a feed was read too slowly")
            yield piece

    def _next(self) -> bytes:
        if self._unpack is None:
            return self._file.read(PIECE)
        while not self._unpack.eof:
            raw = self._unpack.unconsumed_tail or self._file.read(PIECE)
            if piece := self._unpack.decompress(raw, PIECE):
                return piece
            if not raw:
                break
        return b""

    def close(self) -> None:
        """Give the turn back, once."""
        self._file.close()
        with _lock:
            _told.pop(self, None)


def _busy() -> Busy:
    return Busy(_("Too many feeds are being read. Please come back in a minute."), retry_after=60)


def _is_fresh(path: Path) -> bool:
    try:
        return path.stat().st_mtime > time.time() - FRESH_SECONDS
    except OSError:
        return False


def _write(path: Path, pieces: Iterator[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.stem}.{new_token()}.new")
    try:
        with draft.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _sweep(path.parent)


def _sweep(folder: Path) -> None:
    """Let go of files whose time is over, and of the oldest where there are many."""
    aged = []
    for each in folder.iterdir():
        try:
            aged.append((each.stat().st_mtime, each))
        except OSError:
            continue  # another process was here
    over = time.time() - 2 * FRESH_SECONDS
    for place, (moment, each) in enumerate(sorted(aged, reverse=True)):
        if moment < over or place >= MOST_FILES:
            each.unlink(missing_ok=True)
