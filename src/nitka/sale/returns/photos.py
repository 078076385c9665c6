"""Photos of what is wrong: opened, turned upright, made smaller and drawn anew; nothing but the picture stays."""

import io
import warnings
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from nitka.sale.returns.models import CasePhoto
from nitka.sale.returns.problems import PhotoProblem

MOST_PHOTOS = 5
MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
SIDE, QUALITY = 1600, 82


def drawn(files: Sequence[bytes]) -> list[tuple[bytes, int, int]]:
    """Each as (JPEG, width, height), without what the camera wrote into it. Raises PhotoProblem."""
    if len(files) > MOST_PHOTOS:
        raise PhotoProblem(_("Please send at most %(number)d photos.") % {"number": MOST_PHOTOS})
    return [_drawn(content) for content in files]


def keep(case_id: UUID, made: Sequence[tuple[bytes, int, int]]) -> None:
    """Store them with their case."""
    CasePhoto.objects.bulk_create(
        CasePhoto(case_id=case_id, content=content, width=width, height=height) for content, width, height in made
    )


def _drawn(content: bytes) -> tuple[bytes, int, int]:
    if len(content) > MOST_BYTES:
        raise PhotoProblem(_("A photo is larger than %(limit)d MB.") % {"limit": MOST_BYTES // 1024 // 1024})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise PhotoProblem(_("A photo has too many pixels. Take it once more, a little smaller."))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except PhotoProblem:
        raise
    except Exception as trouble:  # Pillow's readers raise whatever a broken file makes them stumble over
        raise PhotoProblem(_("One of the photos cannot be opened. JPEG, PNG, WebP and AVIF work.")) from trouble
    upright.thumbnail((SIDE, SIDE))
    # A fresh canvas: whatever else came with the picture (place, camera, comments) has no way over.
    canvas = Image.new("RGB", upright.size)
    canvas.paste(upright)
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue(), canvas.width, canvas.height
