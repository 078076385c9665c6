"""The picture of a post, as every network takes it: a square JPEG."""

import hashlib
import io
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

from nitka.ground import pictures

SIDE = 1080
QUALITY = 88
PAPER = (251, 250, 247)


def square(file: str) -> str:
    """The address below MEDIA_URL of the square that is made of a kept picture; empty where it cannot be read."""
    name = f"social/{hashlib.sha256(f'{file} {SIDE}'.encode()).hexdigest()[:32]}.jpg"
    try:
        pictures.write(name, lambda: _drawn(file))
    except (OSError, pictures.FileRefused):
        return ""
    return settings.MEDIA_URL + name


def _drawn(file: str) -> bytes:
    path = Path(settings.MEDIA_ROOT) / file
    image = pictures.upright(pictures.opened(path.read_bytes(), path.name)).convert("RGBA")
    on_paper = Image.new("RGBA", image.size, (*PAPER, 255))
    on_paper.alpha_composite(image)
    out = io.BytesIO()
    ImageOps.fit(on_paper.convert("RGB"), (SIDE, SIDE)).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
