"""Files of goods, kept below MEDIA_ROOT under the hash of their content."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from nitka.ground.pictures import FORMATS, keep, opened, placeholder_of, upright
from nitka.shelf.catalog.problems import FileRefused

MAX_BYTES = {"picture": 25 << 20, "document": 40 << 20, "video": 300 << 20, "model": 80 << 20}
FOLDER = "goods"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """A file that is kept: its name below MEDIA_ROOT, and for a picture its size and blur."""

    file: str
    size: int
    width: int | None = None
    height: int | None = None
    placeholder: str = ""


def digest_of(path: Path) -> str:
    """The hash that a file is kept under. Raises FileRefused for what cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileRefused(_("%(name)s cannot be read.") % {"name": path.name}) from error


def store(path: Path, kind: str) -> Stored:
    """Copy the file to where it is served from. Raises FileRefused for one that is not what its kind asks for."""
    return store_content(_read(path, kind), kind, path.name)


def check(path: Path, kind: str) -> None:
    """Raise FileRefused where `store` would, and keep nothing."""
    content = _read(path, kind)
    if kind == "picture":
        opened(content, path.name).close()
    else:
        _suffix(content, kind, path.name)


def _read(path: Path, kind: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES[kind]:
            megabytes = MAX_BYTES[kind] >> 20
            raise FileRefused(_("%(name)s is larger than %(limit)s MB.") % {"name": path.name, "limit": megabytes})
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(_("%(name)s cannot be read.") % {"name": path.name}) from error


def store_content(content: bytes, kind: str, name: str) -> Stored:
    """The same for bytes that were uploaded; `name` is for messages alone."""
    if len(content) > MAX_BYTES[kind]:
        raise FileRefused(_("%(name)s is larger than %(limit)s MB.") % {"name": name, "limit": MAX_BYTES[kind] >> 20})
    if kind == "picture":
        with opened(content, name) as image:
            suffix, (width, height), blur = (
                FORMATS[image.format or ""],
                upright(image).size,
                placeholder_of(image),
            )
        file = keep(content, suffix, FOLDER)
        return Stored(file=file, size=len(content), width=width, height=height, placeholder=blur)
    return Stored(file=keep(content, _suffix(content, kind, name), FOLDER), size=len(content))


def _suffix(content: bytes, kind: str, name: str) -> str:
    signs = {
        "document": [(0, b"%PDF-", "pdf")],
        "model": [(0, b"glTF", "glb"), (0, b"PK\x03\x04", "usdz")],
        "video": [(4, b"ftyp", "mp4"), (0, b"\x1a\x45\xdf\xa3", "webm")],
    }
    for offset, sign, suffix in signs.get(kind, []):
        if content[offset : offset + len(sign)] == sign and (suffix != "usdz" or _is_usdz(content)):
            return suffix
    raise FileRefused(_("%(name)s is not a file of the kind “%(kind)s”.") % {"name": name, "kind": kind})


def _is_usdz(content: bytes) -> bool:
    """Whether a zip is one of Pixar's: nothing in it is packed, and its first file is a scene (USDZ specification)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    stored = all(each.compress_type == zipfile.ZIP_STORED for each in files)
    return bool(files) and stored and files[0].filename.lower().endswith((".usd", ".usda", ".usdc"))
