"""The shop's texts as people read them, and what is wrong with them: per page and product, language by language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from nitka.faces.backoffice import pointing
from nitka.ground.locale import FALLBACK, pick
from nitka.ground.wording.reading_ease import Ease, ease, words_of
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content

MOST_PRODUCTS = 1_000
# A text that says less of a product, or of a page, is worth a look.
LEAST_WORDS = {"product": 40, "page": 60}
_NO_WORDS = re.compile(r"https?://\S+|\S+@\S+|www\.\S+")
_BREAK = re.compile(r"</(p|li|h\d|div|td|th)>|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """All that a page or product says in one language, as plain text; `blind` pictures have no words in it, `gone` is
    what its blocks point at and shoppers do not find."""

    kind: str
    id: str
    name: str
    mend: str
    plain: str
    blind: int
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check found. `unknown` are words that no dictionary knows; `unread` were not looked up yet."""

    text: Text
    words: int
    ease: Ease | None
    unknown: tuple[str, ...]
    unread: int
    short: bool

    @property
    def troubles(self) -> int:
        """How many things there are to look at, for the order of the list."""
        hard = self.ease is not None and self.ease.hard
        lost = 500 * len(self.text.gone)
        return lost + (1000 if not self.words else 0) + len(self.unknown) + self.text.blind + self.short + hard


def texts(language: str) -> Iterator[Text]:
    """Pages that are published, and the newest products that are sold."""
    alts = {str(each.src): each.alt for each in content.pictures()}
    named = {link.slug: _named(link, language) for link in content.pages()}
    gone = set(pointing.gone(set().union(*named.values())))
    for link in content.pages():
        yield _page(link, language, alts, tuple(sorted(gone & named[link.slug])))
    ids: list[UUID] = list(catalog.product_rows(status="published").values_list("id", flat=True)[:MOST_PRODUCTS])
    for product in catalog.product_source(ids):
        pictures = [each for each in product.media if each.kind == "picture"]
        parts = [product.title.get(language, ""), product.summary.get(language, ""),
                 product.description.get(language, "")]  # fmt: skip
        yield Text(
            "product", str(product.id), pick(product.title, FALLBACK), reverse("back:product", args=[product.id]),
            plain("\n".join(parts)), sum(not each.alt.get(language) for each in pictures),
        )  # fmt: skip


def _named(link: content.PageLink, language: str) -> set[str]:
    found = content.page(link.slug, language)
    return pointing.pointers(found.blocks) if found else set()


def _page(link: content.PageLink, language: str, alts: Mapping[str, Mapping[str, str]], gone: tuple[str, ...]) -> Text:
    found = content.page(link.slug, language)
    parts: list[str] = []
    blind = 0
    if found and found.language == language:
        parts += [found.title, found.description]
        for block in found.blocks:
            blind += _read(content.KINDS[block.kind].fields, block.values, parts, alts, language)
    return Text("page", link.slug, link.title_in(FALLBACK), reverse("back:content", args=[link.slug]),
                plain("\n".join(parts)), blind, gone)  # fmt: skip


def _read(
    fields: Sequence[content.Field], values: Mapping[str, Any], parts: list[str], alts: Mapping[str, Mapping[str, str]],
    language: str,
) -> int:  # fmt: skip
    """Gather the texts of a block; answers how many of its pictures have no words in the language."""
    blind = 0
    for field in fields:
        value = values.get(field.name)
        if not value:
            continue
        if field.kind in ("line", "prose"):
            parts.append(str(value))
        elif field.kind == "items":
            blind += sum(_read(field.fields, each, parts, alts, language) for each in value)
        elif field.kind == "picture" and isinstance(value, Mapping):
            blind += not alts.get(str(value.get("src")), {}).get(language)
    return blind


def plain(html: str) -> str:
    """Words alone: no markup, no addresses; the end of a paragraph ends a sentence."""
    return _NO_WORDS.sub(" ", unescape(strip_tags(_BREAK.sub("\n", html)))).strip()


def to_look_up(text: str) -> set[str]:
    """The words that a dictionary may judge: not single letters, and not names in capitals such as VAT."""
    return {each for each in words_of(text) if len(each) > 1 and not each.isupper()}


def check(text: Text, language: str, judged: Mapping[str, bool]) -> Checked:
    """What is to be said of one text."""
    wanted = to_look_up(text.plain)
    words = len(words_of(text.plain))
    return Checked(
        text, words, ease(text.plain, language), tuple(sorted(each for each in wanted if judged.get(each) is False)),
        sum(each not in judged for each in wanted), 0 < words < LEAST_WORDS[text.kind],
    )  # fmt: skip


def formula_words() -> dict[str, str]:
    """The formulas, with what their numbers mean."""
    return {
        "flesch": _("Flesch (1948): 100 is very easy, below 30 hard"),
        "oborneva": _("Flesch with Oborneva's constants (2006): 100 is very easy, below 30 hard"),
        "pisarek": _("Pisarek (1969): years of school that it takes"),
        "lix": _("LIX (Björnsson 1968): below 30 very easy, above 55 hard"),
    }
