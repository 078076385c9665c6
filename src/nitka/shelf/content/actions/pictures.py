"""Pictures and films of the shop's own words."""

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts import jobs
from nitka.ground.locale import LANGUAGES
from nitka.ground.pictures import FORMATS, FileRefused, keep, opened, placeholder_of, renditions, upright
from nitka.shelf.content.forgetting import forget_now_and_later
from nitka.shelf.content.models import Page, Picture
from nitka.shelf.content.problems import ContentProblem
from nitka.shelf.content.publishing import tell_changed

FOLDER = "words"
MAX_BYTES = {"picture": 25 << 20, "video": 300 << 20}
FILMS = [(4, b"ftyp", "mp4"), (0, b"\x1a\x45\xdf\xa3", "webm")]


@transaction.atomic
def put_picture(
    *, path: Path | None = None, content: bytes | None = None, name: str = "", alt: Mapping[str, str] | None = None
) -> UUID:
    """Keep a picture or a film (MP4, WebM) for pages, by path or as bytes; returns its id, the same for the same file.

    `alt` says in each language what is to be seen. Raises FileRefused for what is broken, too large or something else.
    """
    if (path is None) == (content is None):
        raise FileRefused(_("A file needs a kind, and either a path or a content."))
    called = name or (path.name if path else "")
    data = path.read_bytes() if path else content or b""
    film = next((suffix for offset, sign, suffix in FILMS if data[offset : offset + len(sign)] == sign), "")
    film = "" if data[8:12] == b"avif" else film
    made = _film(data, film, called) if film else _picture(data, called)
    row = Picture.objects.filter(file=made.file).first() or made
    row.name = called[:200] or row.name
    row.alt = {**row.alt, **_alt(alt or {})}
    row.save()
    if row.kind == Picture.Kind.PICTURE and row.made_at is None:
        _order_sizes(row.id)
    return row.id


@transaction.atomic
def put_picture_words(*, picture_id: UUID, alt: Mapping[str, str]) -> None:
    """Say what is to be seen on a picture, language by language; an empty text takes one away."""
    row = Picture.objects.select_for_update().filter(id=picture_id).first()
    if row is None:
        raise ContentProblem(_("There is no such picture any more."), field="picture")
    row.alt = {code: text for code, text in {**row.alt, **_alt(alt, empty=True)}.items() if text}
    row.save(update_fields=["alt"])
    _tell_pages(row)


def make_sizes(*, picture_id: UUID) -> None:
    """Make the picture's AVIF and WebP; pages that show it are told."""
    row = Picture.objects.filter(id=picture_id, kind=Picture.Kind.PICTURE, made_at=None).first()
    if row is None:
        return
    sizes = renditions(row.file)
    with transaction.atomic():
        Picture.objects.filter(id=row.id).update(renditions=sizes, made_at=clock.now())
        _tell_pages(row)


def _picture(data: bytes, name: str) -> Picture:
    if len(data) > MAX_BYTES["picture"]:
        raise FileRefused(_("%(name)s is larger than %(limit)s MB.") % {"name": name, "limit": 25})
    with opened(data, name) as image:
        suffix, (width, height), blur = FORMATS[image.format or ""], upright(image).size, placeholder_of(image)
    return Picture(
        file=keep(data, suffix, FOLDER), size=len(data), width=width, height=height, placeholder=blur
    )  # fmt: skip


def _film(data: bytes, suffix: str, name: str) -> Picture:
    if len(data) > MAX_BYTES["video"]:
        raise FileRefused(_("%(name)s is larger than %(limit)s MB.") % {"name": name, "limit": 300})
    return Picture(kind=Picture.Kind.VIDEO, file=keep(data, suffix, FOLDER), size=len(data))


def _alt(alt: Mapping[str, str], *, empty: bool = False) -> dict[str, str]:
    return {code: text.strip()[:300] for code, text in alt.items() if code in LANGUAGES and (empty or text.strip())}


def _order_sizes(picture_id: UUID) -> None:
    from nitka.shelf.content.tasks import make_picture_sizes

    jobs.enqueue(
        [jobs.job(make_picture_sizes.name, queue="media", lock=None, arguments={"picture_id": str(picture_id)})]
    )


def _tell_pages(row: Picture) -> None:
    """Pages that show the picture are others now; what was read of them is dropped by its time of change."""
    now = clock.now()
    for page in Page.objects.select_for_update().filter(blocks__icontains=str(row.id)):
        page.changed_at = now
        page.save(update_fields=["changed_at"])
        tell_changed(page)
    forget_now_and_later()
