"""Pictures as every reader of feeds takes them: JPEG, for few take WebP and hardly one AVIF."""

import io
import re
import threading
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from PIL import Image

from nitka.ground.pictures import FileRefused, opened, upright, write
from nitka.ground.web.limits import rate_limit
from nitka.ground.web.media import media

MOST_SIDE = 1600
QUALITY = 86
# As `ground.pictures.keep` names what it keeps.
_KEPT = re.compile(r"[a-z-]+/[0-9a-f]{2}/[0-9a-f]{32}\.(?:avif|webp|gif)")
_drawing = threading.Lock()


@require_safe
@rate_limit("feed_pictures", "600/m", store="memory")  # type: ignore[arg-type]
def show(request: HttpRequest, name: str) -> HttpResponseBase:
    """A kept picture as JPEG, drawn when it is first asked for."""
    source = Path(settings.MEDIA_ROOT) / name
    if not _KEPT.fullmatch(name) or not source.is_file():
        raise Http404
    made = f"feeds/{name}.jpg"
    if not (Path(settings.MEDIA_ROOT) / made).exists():
        with _drawing:  # one at a time: the pages need the processor too
            try:
                write(made, lambda: _jpeg(source))
            except FileRefused as trouble:
                raise Http404 from trouble
    return media(request, made)


def _jpeg(source: Path) -> bytes:
    image = upright(opened(source.read_bytes(), source.name))
    image.thumbnail((MOST_SIDE, MOST_SIDE))
    if "A" in image.getbands() or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        image = paper
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
