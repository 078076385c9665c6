"""Files that come with messages: of few kinds, told by their bytes and not by their names, of bounded size."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from nitka.care.desk.models import MessageAttachment

MOST_BYTES = 5 * 1024 * 1024
MOST_FILES = 10
MOST_BYTES_TOGETHER = 20 * 1024 * 1024
# What a browser shows and does not run. No SVG and no HTML: those are programs.
_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"GIF87a", "image/gif", ".gif"),
    (b"GIF89a", "image/gif", ".gif"),
    (b"%PDF-", "application/pdf", ".pdf"),
)
# What may be uploaded through the form.
PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic")
# Pictures that every browser can show beside the words.
SHOWN = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif")
_BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"avif": "image/avif"}
_SUFFIXES = {kind: suffix for _start, kind, suffix in _BEGINNINGS} | {
    "image/webp": ".webp", "image/avif": ".avif", "image/heic": ".heic",
}  # fmt: skip


@dataclass(frozen=True)
class File:
    """A file as it came: its name is what the sender says."""

    name: str
    content: bytes


def kind_of(content: bytes) -> str:
    """The media type that the first bytes tell; "" for what we do not keep."""
    for beginning, kind, _suffix in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], "")
    return ""


def safe_name(name: str, kind: str, place: int) -> str:
    """A name without ways, tricks of direction or a second ending; it ends as its kind does."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(c for c in last if c.isalnum() or c in " -_.()").strip(" .")
    stem = plain.rsplit(".", 1)[0].replace(".", "_")[:80] or f"file-{place}"
    return stem + _SUFFIXES[kind]


def sort_out(files: Iterable[File]) -> tuple[list[tuple[str, str, bytes]], list[dict[str, object]]]:
    """What is kept (name, type, content), and what was left out: its name, size and why."""
    kept: list[tuple[str, str, bytes]] = []
    left: list[dict[str, object]] = []
    together = 0
    for place, file in enumerate(files, 1):
        kind, size = kind_of(file.content), len(file.content)
        why = "kind" if not kind else "size" if size > MOST_BYTES else ""
        if not why and (len(kept) >= MOST_FILES or together + size > MOST_BYTES_TOGETHER):
            why = "many"
        if why:
            if len(left) < MOST_FILES:
                left.append({"name": file.name.replace("\x00", "")[:120], "bytes": size, "why": why})
            continue
        together += size
        kept.append((safe_name(file.name, kind, place), kind, file.content))
    return kept, left


def keep(message_id: UUID, kept: list[tuple[str, str, bytes]]) -> None:
    """Store them with their message."""
    MessageAttachment.objects.bulk_create(
        [
            MessageAttachment(message_id=message_id, name=name, content_type=kind, content=content)
            for name, kind, content in kept
        ]
    )
