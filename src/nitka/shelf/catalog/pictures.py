"""How a media row is shown: addresses, sizes, and what stands in until the picture is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from nitka.ground.pictures import addresses
from nitka.shelf.catalog.models import Media


@dataclass(frozen=True, kw_only=True, slots=True)
class MediaView:
    """A picture, film, document or model with its addresses.

    `src` is a picture of middling size (the original until renditions are made), `srcset` its WebP widths, `sources`
    what a `<picture>` offers: (MIME type, srcset), best first. `placeholder` is a data URI of a blur.
    """

    id: UUID
    kind: str
    file: str
    original: str
    src: str
    srcset: str
    sources: tuple[tuple[str, str], ...]
    width: int | None
    height: int | None
    placeholder: str
    alt: Mapping[str, str]
    title: Mapping[str, str]
    options: Mapping[str, str]
    position: int
    size: int
    outline: tuple[float, ...] = ()


def view_of(row: Media) -> MediaView:
    """The row as pages need it."""
    src, srcset, sources = addresses(row.file, row.renditions)
    return MediaView(
        id=row.id, kind=row.kind, file=row.file, original=settings.MEDIA_URL + row.file, src=src, srcset=srcset,
        sources=sources, width=row.width, height=row.height, placeholder=row.placeholder, alt=row.alt,
        title=row.title, options=row.options, position=row.position, size=row.size, outline=tuple(row.outline),
    )  # fmt: skip
