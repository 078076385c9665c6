"""What a page says, as one value: kept in versions, laid out on the page's row."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from nitka.ground.locale import LANGUAGES
from nitka.shelf.content.blocks.shown import languages_of
from nitka.shelf.content.models import Page


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A page as somebody wrote it, not looked at yet. Texts by language, with `{{ shop.… }}` fillings.

    `blocks` are typed blocks as blocks/kinds.py lists them ({"kind": "text", "text": {"en": "…"}}); a page without any
    shows its `body`, one text in Markdown. `published` names the languages that shoppers see (None: all that are
    written). `slugs` are addresses by language; those of before lead on for ever.
    """

    slug: str
    kind: str
    title: Mapping[str, str]
    description: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    blocks: Sequence[Mapping[str, Any]] = ()
    slugs: Mapping[str, str] = field(default_factory=dict)
    published: Sequence[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """All texts by language; `published` are the languages that shoppers are to see."""

    title: Mapping[str, str]
    description: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    blocks: Sequence[Mapping[str, Any]] = ()
    slugs: Mapping[str, str] = field(default_factory=dict)
    published: Sequence[str] = ()

    @property
    def written(self) -> list[str]:
        """The languages that have a title and something to read."""
        spoken = (
            languages_of(self.blocks, LANGUAGES) if self.blocks else [each for each in self.body if self.body[each]]
        )
        return [each for each in LANGUAGES if self.title.get(each) and each in spoken]

    def as_json(self) -> dict[str, Any]:
        """As a version keeps it."""
        return asdict(self) | {"blocks": list(self.blocks), "published": list(self.published)}


def document_of(page: Page) -> Document:
    """What shoppers see of the page."""
    return Document(
        title=page.title, description=page.description, body=page.body, blocks=page.blocks, slugs=page.slugs,
        published=page.published,
    )  # fmt: skip
