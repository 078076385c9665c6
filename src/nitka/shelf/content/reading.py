"""Pages as they are read: heads of all, kept in the process for two seconds; the text of one, until it changes."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from nitka.ground import clock
from nitka.ground.locale import FALLBACK, LANGUAGES
from nitka.ground.pictures import addresses
from nitka.ground.web.environment import markdown
from nitka.shelf.content.blocks.checked import pictures_of
from nitka.shelf.content.blocks.shown import BlockView, Reader, shown
from nitka.shelf.content.fillings import fill
from nitka.shelf.content.models import Page, Picture

MOST_KEPT = 600
VIDEO_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every frame needs to know of a page: no texts but its titles."""

    id: UUID
    slug: str
    slugs: Mapping[str, str]
    kind: str
    title: Mapping[str, str]
    written: tuple[str, ...]
    published: tuple[str, ...]
    unpublish_at: datetime | None
    changed_at: datetime

    def languages(self, *, drafts: bool = False) -> tuple[str, ...]:
        """The languages that can be read, in the order of the house."""
        if drafts:
            return tuple(each for each in LANGUAGES if each in self.written)
        if self.unpublish_at is not None and self.unpublish_at <= clock.now():
            return ()
        return tuple(each for each in LANGUAGES if each in self.published and each in self.written)

    def address(self, language: str) -> str:
        """The last part of its address in that language."""
        return self.slugs.get(language) or self.slug


@dataclass(frozen=True, slots=True)
class Text:
    """A page in one language, filled in."""

    title: str
    description: str
    body_html: str
    blocks: tuple[BlockView, ...]


_kept: OrderedDict[tuple[Any, ...], Text] = OrderedDict()


def own_language(shown_in: Sequence[str], wanted: str) -> str:
    """The language asked for, else English, else the first there is."""
    return next((each for each in (wanted, FALLBACK) if each in shown_in), shown_in[0])


def text_of(head: Head, language: str, values: Mapping[str, str]) -> Text:
    """The live text of the page; one question, and none as long as neither page nor shop changed."""
    key = (head.id, head.changed_at, language, tuple(sorted(values.items())))
    found = _kept.get(key)
    if found is None:
        row = Page.objects.get(id=head.id)
        found = _kept[key] = read(row.title, row.description, row.body, row.blocks, language, values)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def forget() -> None:
    """For tests, where ids may come again."""
    _kept.clear()


def read(
    title: Mapping[str, str], description: Mapping[str, str], body: Mapping[str, str],
    blocks: Sequence[Mapping[str, Any]], language: str, values: Mapping[str, str],
) -> Text:  # fmt: skip
    """Texts in one language with what they are filled with; a body in Markdown is one block of text."""

    def line(text: str) -> str:
        return fill(text, values, markdown=False)

    def prose(text: str) -> str:
        return markdown(fill(text, values, markdown=True))

    whole = blocks or [{"kind": "text", "id": "b1", "text": dict(body)}]
    views = shown(whole, Reader(language, line, prose, _pictures(whole, language)))
    return Text(
        title=line(title.get(language, "")),
        description=line(description.get(language, "")),
        body_html="\n".join(view.get("text") for view in views if view.kind == "text"),
        blocks=views,
    )


def _pictures(blocks: Sequence[Mapping[str, Any]], language: str) -> dict[str, dict[str, Any]]:
    ids = pictures_of(blocks)
    rows = Picture.objects.filter(id__in=ids) if ids else ()
    return {str(row.id): picture_of(row, language) for row in rows}


def picture_of(row: Picture, language: str) -> dict[str, Any]:
    """What `<picture>` or `<video>` needs."""
    if row.kind == Picture.Kind.VIDEO:
        return {"src": settings.MEDIA_URL + row.file, "type": VIDEO_TYPES[row.file.rsplit(".", 1)[-1]]}
    src, srcset, sources = addresses(row.file, row.renditions)
    return {
        "src": src, "srcset": srcset, "sources": sources, "width": row.width, "height": row.height,
        "placeholder": row.placeholder, "alt": row.alt.get(language) or row.alt.get(FALLBACK, ""),
    }  # fmt: skip
