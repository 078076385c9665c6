"""Picture files for tests, here and in other domains."""

import io
from pathlib import Path

from PIL import Image


def picture_bytes(width: int = 800, height: int = 600, form: str = "PNG", colour: str = "#8a7f70") -> bytes:
    """A plain picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, form)
    return out.getvalue()


def picture_file(folder: Path, name: str = "oak.png", **given: object) -> Path:
    """A plain picture in a file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture_bytes(**given))  # type: ignore[arg-type]
    return path
