"""Pictures of reviews: drawn anew in two sizes, without place, camera and day of taking, under names of chance."""

import io
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image, ImageOps

from nitka.ground.ids import new_token
from nitka.shelf.reviews.rows import LARGE, SMALL

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MOST_BYTES = 10 << 20
MOST_PIXELS = 40_000_000
MOST = 5
SAVE = {"avif": {"quality": 56, "speed": 8}, "webp": {"quality": 78, "method": 4}}


def fault(content: bytes) -> str:
    """What is wrong with an upload, without decoding it: "large", "kind", or nothing."""
    if len(content) > MOST_BYTES:
        return "large"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                return "large" if image.width * image.height > MOST_PIXELS else ""
    except Exception:  # Pillow's readers raise whatever a broken file makes them stumble over
        return "kind"


def draw(content: bytes) -> dict[str, Any] | None:
    """Write the picture in both sizes and formats; {files, width, height}, or None for what cannot be read."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            opened.load()
            image = ImageOps.exif_transpose(opened).convert("RGB")
    except Exception:  # as above
        return None
    token = new_token().lower().replace("_", "-")
    files: dict[str, dict[str, str]] = {form: {} for form in SAVE}
    width = height = 0
    for size, side in (("large", LARGE), ("small", SMALL)):
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        for form, options in SAVE.items():
            name = f"reviews/{token[:2]}/{token}-{size}.{form}"
            out = io.BytesIO()
            # A new picture of the bare points: nothing of what came with the old one is in it.
            bare = Image.frombytes("RGB", image.size, image.tobytes())
            bare.save(out, form.upper(), **options)
            _write(name, out.getvalue())
            files[form][size] = name
        width, height = image.size
    return {"files": files, "width": width, "height": height}


def forget(pictures: Iterable[Mapping[str, Any]]) -> None:
    """Take the files away for good."""
    for picture in pictures:
        sizes = picture.get("files", {}) if isinstance(picture, Mapping) else {}
        for names in sizes.values():
            for name in names.values():
                (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)


def _write(name: str, content: bytes) -> None:
    target = Path(settings.MEDIA_ROOT) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    target.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o644)
