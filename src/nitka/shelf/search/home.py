"""Where the index lives on a host, and how it is replaced while it is being read.

search/CURRENT        name of the folder in use
search/<folder>/      tantivy's files, labels.json, state.json
"""

import shutil
import threading
import time
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import orjson
from tantivy import Document, Index, IndexWriter

from . import schema
from .labels import Labels
from .reader import Dictionaries, Reader

_LOOK_EVERY = 0.2  # seconds between two looks at the files; a change is seen by every process within this
_HEAP = 64_000_000


def _replace(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a half."""
    fresh = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    fresh.write_bytes(data)
    fresh.replace(path)


class Home:
    """The folder of a host's index."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def current(self) -> Path | None:
        """The folder in use, or None before the first build."""
        try:
            folder = self.path / (self.path / "CURRENT").read_text().strip()
        except OSError:
            return None
        return folder if (folder / "meta.json").exists() and (folder / "state.json").exists() else None

    def state(self) -> dict[str, Any]:
        """What the index in use was built from: {"version", "floor", "at"}; {} when there is none."""
        folder = self.current
        try:
            return orjson.loads((folder / "state.json").read_bytes()) if folder else {}
        except (OSError, ValueError):
            return {}

    def keep_state(self, state: dict[str, Any]) -> None:
        """Remember how far this host has followed."""
        if folder := self.current:
            _replace(folder / "state.json", orjson.dumps(state))

    def write_labels(self, labels: Labels) -> None:
        """Replace what facets and categories are called."""
        if folder := self.current:
            _replace(folder / "labels.json", orjson.dumps(labels.as_dict()))

    def build(
        self, documents: Iterable[Document], markets: Sequence[str], labels: Labels, state: dict[str, Any]
    ) -> int:
        """Write a whole new index beside the old one, then switch. Returns the number of documents."""
        folder = self.path / f"index-{uuid.uuid4().hex[:12]}"
        folder.mkdir(parents=True)
        index = Index(schema.build(markets), str(folder))
        writer = index.writer(_HEAP, 1)
        count = 0
        for document in documents:
            writer.add_document(document)
            count += 1
        writer.commit()
        writer.wait_merging_threads()
        (folder / "labels.json").write_bytes(orjson.dumps(labels.as_dict()))
        (folder / "state.json").write_bytes(
            orjson.dumps({**state, "version": schema.version(markets), "markets": markets})
        )
        _replace(self.path / "CURRENT", folder.name.encode())
        self._sweep(folder)
        return count

    def _sweep(self, keep: Path) -> None:
        for old in self.path.glob("index-*"):
            if old != keep:
                shutil.rmtree(old, ignore_errors=True)  # readers keep their files open until they switch

    def writer(self) -> IndexWriter:
        """A writer of the index in use."""
        return Index.open(str(self.current)).writer(_HEAP, 1)


class Shelf:
    """Hands out a reader that is at most `_LOOK_EVERY` seconds behind the files; safe between threads."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._reader: Reader | None = None
        self._index: Index | None = None
        self._seen: tuple[Any, ...] = ()
        self._looked = 0.0
        self._lock = threading.Lock()
        self._dictionaries = Dictionaries()

    def reader(self) -> Reader | None:
        """The reader of now; None before the first build."""
        if time.monotonic() - self._looked < _LOOK_EVERY and self._reader:
            return self._reader
        with self._lock:
            self._looked = time.monotonic()
            seen = self._signature()
            if seen != self._seen:
                self._open(seen)
            return self._reader

    def look_again(self) -> None:
        """Forget when the files were looked at last: the next reader is of now."""
        self._looked = 0.0

    def _signature(self) -> tuple[Any, ...]:
        folder = self.home.current
        if folder is None:
            return ()
        try:
            return (folder, *((folder / name).stat().st_mtime_ns for name in ("meta.json", "labels.json")))
        except OSError:
            return self._seen

    def _open(self, seen: tuple[Any, ...]) -> None:
        if not seen:
            return  # not built yet, or just being replaced: what was opened before stays good
        folder: Path = seen[0]
        try:
            if self._index is None or not self._seen or self._seen[0] != folder:
                self._index = Index.open(str(folder))
                self._index.config_reader("manual")
            self._index.reload()
            labels = Labels(**orjson.loads((folder / "labels.json").read_bytes()))
            markets = orjson.loads((folder / "state.json").read_bytes())["markets"]
            self._reader = Reader(self._index, labels, self._dictionaries, markets)
            self._seen = seen
        except (OSError, ValueError):
            # Replaced between two looks: what was read so far stays in use until the next one.
            self._looked = 0.0
