"""Pictures in the sizes and formats that pages ask for."""

import io
from functools import partial
from pathlib import Path
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from PIL import Image

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.shelf.catalog.facts import PicturesMade
from nitka.shelf.catalog.files import opened, upright, write
from nitka.shelf.catalog.models import Media
from nitka.shelf.catalog.pictures import WIDTHS
from nitka.shelf.catalog.problems import FileRefused

SAVE = {"avif": {"quality": 58, "speed": 8}, "webp": {"quality": 78, "method": 4}}
log = structlog.get_logger(__name__)


def make_pictures(*, product_id: UUID) -> int:
    """Make AVIF and WebP of the product's pictures that have none yet, and tell PicturesMade. Returns how many.

    Files are named after the original, so what was made before is found again, by this product or another.
    """
    todo = list(Media.objects.filter(product_id=product_id, kind=Media.Kind.PICTURE, made_at=None))
    made = {media.id: _renditions(media.file) for media in todo}
    if not todo:
        return 0
    with transaction.atomic():
        now = clock.now()
        for media_id, renditions in made.items():
            Media.objects.filter(id=media_id).update(renditions=renditions, made_at=now)
        tell(PicturesMade(product_id=product_id))
    return len(todo)


def _renditions(file: str) -> dict[str, dict[str, str]]:
    path = Path(settings.MEDIA_ROOT) / file
    try:
        image = upright(opened(path.read_bytes(), path.name))
    except (FileRefused, OSError) as trouble:
        # The original goes on being shown; trying again would not mend it.
        log.warning("picture_unreadable", file=file, error=str(trouble))
        return {}
    image = image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")
    made: dict[str, dict[str, str]] = {form: {} for form in SAVE}
    for width in widths_for(image.width):
        sized: list[Image.Image] = []
        for form in SAVE:
            name = f"{file.rsplit('.', 1)[0]}-{width}.{form}"
            write(name, partial(_encoded, image, width, form, sized))
            made[form][str(width)] = name
    return made


def widths_for(original: int) -> list[int]:
    """Our widths up to the original's own, which closes the list where it is smaller than the largest."""
    smaller = [width for width in WIDTHS if width < original]
    if len(smaller) == len(WIDTHS):
        return smaller
    # A last step of a few pixels would be a file that nobody needs.
    if smaller and original < smaller[-1] * 1.15:
        return smaller
    return [*smaller, original]


def _encoded(image: Image.Image, width: int, form: str, sized: list[Image.Image]) -> bytes:
    if not sized:
        height = max(1, round(image.height * width / image.width))
        sized.append(image.resize((width, height), Image.Resampling.LANCZOS))
    out = io.BytesIO()
    sized[0].save(out, form.upper(), **SAVE[form])
    return out.getvalue()
