"""Pictures and other shown files: checked, kept below MEDIA_ROOT under the hash of their content, and sized."""

import base64
import hashlib
import io
import secrets
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import structlog
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from nitka.ground.problem import Problem

MAX_PIXELS = 40_000_000  # decoded, four bytes each, this is what one worker can bear
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}
PLACEHOLDER_SIDE = 16
PAPER = (251, 250, 247)
WIDTHS = (320, 640, 960, 1400)
MIME = {"avif": "image/avif", "webp": "image/webp"}
SAVE = {"avif": {"quality": 58, "speed": 8}, "webp": {"quality": 78, "method": 4}}
log = structlog.get_logger(__name__)


class FileRefused(Problem):
    """A file is not what it claims, too large, or not where it may be."""

    code = "file_refused"
    status = 422


def opened(content: bytes, name: str) -> Image.Image:
    """The decoded picture. Raises FileRefused for what is broken, or would fill the memory when unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=list(FORMATS))
            if image.width * image.height > MAX_PIXELS:
                raise FileRefused(_("%(name)s has too many pixels.") % {"name": name})
            ImageFile.LOAD_TRUNCATED_IMAGES = False  # who draws invoices turns it on for the whole process
            image.load()
    except FileRefused:
        raise
    except Exception as error:  # Pillow's readers raise whatever a broken file makes them stumble over
        raise FileRefused(_("%(name)s is no picture that can be read.") % {"name": name}) from error
    return image


def upright(image: Image.Image) -> Image.Image:
    """The picture as its camera held it; as it is, where what the camera wrote beside it is broken."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # as above
        return image


def placeholder_of(image: Image.Image) -> str:
    """A blur of a few hundred bytes that stands in until the picture is there."""
    small = upright(image).convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")
    small.thumbnail((PLACEHOLDER_SIDE, PLACEHOLDER_SIDE))
    out = io.BytesIO()
    small.save(out, "WEBP", quality=30, method=4)
    return "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode()


def keep(content: bytes, suffix: str, folder: str) -> str:
    """Write the bytes under their hash, all of them or none, and give the name."""
    digest = hashlib.sha256(content).hexdigest()
    name = f"{folder}/{digest[:2]}/{digest[2:34]}.{suffix}"
    write(name, lambda: content)
    return name


def write(name: str, make: Callable[[], bytes]) -> bool:
    """Write what `make` gives under that name unless it is there, through a file beside it, so no half is ever seen."""
    target = Path(settings.MEDIA_ROOT) / name
    if target.exists():
        return False
    content = make()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{secrets.token_hex(8)}")
    beside.write_bytes(content)
    beside.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o644)
    beside.replace(target)
    return True


def renditions(file: str) -> dict[str, dict[str, str]]:
    """The sizes of a kept picture, made where they are not there yet: {format: {width: file}}; none if unreadable."""
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


def square_jpeg(file: str, *, folder: str, side: int, quality: int = 88) -> str:
    """The address below MEDIA_URL of the square that is made of a kept picture, for whoever reads no newer format;
    empty where the picture cannot be read. It is shown whole, on paper."""
    name = f"{folder}/{hashlib.sha256(f'{file} {side}'.encode()).hexdigest()[:32]}.jpg"
    try:
        write(name, lambda: _jpeg(file, side, quality))
    except (OSError, FileRefused):
        return ""
    return settings.MEDIA_URL + name


def _jpeg(file: str, side: int, quality: int) -> bytes:
    path = Path(settings.MEDIA_ROOT) / file
    image = upright(opened(path.read_bytes(), path.name)).convert("RGBA")
    on_paper = Image.new("RGBA", image.size, (*PAPER, 255))
    on_paper.alpha_composite(image)
    out = io.BytesIO()
    ImageOps.pad(on_paper.convert("RGB"), (side, side), color=PAPER).save(out, "JPEG", quality=quality)
    return out.getvalue()


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


def addresses(file: str, made: Mapping[str, Mapping[str, str]]) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """How a picture is shown: `src` of middling size (the original until sizes are made), its `srcset` in WebP, and
    what a `<picture>` offers: (MIME type, srcset), best first."""
    base = settings.MEDIA_URL
    sets = {form: _srcset(base, sizes) for form, sizes in made.items() if sizes}
    webp = made.get("webp") or {}
    middle = min(webp, key=lambda width: abs(int(width) - 640), default=None)
    source = base + (webp[middle] if middle else file)
    return source, sets.get("webp", ""), tuple((MIME[form], sets[form]) for form in MIME if form in sets)


def _srcset(base: str, sizes: Mapping[str, str]) -> str:
    return ", ".join(f"{base}{sizes[width]} {width}w" for width in sorted(sizes, key=int))
