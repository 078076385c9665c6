"""What the shop says of itself, and its pages."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from babel.core import Locale
from django.db import connection
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from nitka.ground.locale import FALLBACK, LANGUAGES, cldr, pick, sort_key
from nitka.ground.remembered import Remembered
from nitka.shelf.content.blocks.kinds import KINDS, Field, Kind
from nitka.shelf.content.blocks.shown import BlockView
from nitka.shelf.content.document import Document
from nitka.shelf.content.feeds import FeedView, feed, feed_findings, feeds, goods_classes
from nitka.shelf.content.fillings import fill
from nitka.shelf.content.forms.fields import KINDS as FIELD_KINDS
from nitka.shelf.content.forms.reading import (
    FieldView,
    FormRow,
    FormView,
    SubmissionView,
    form,
    form_row,
    forms,
    submission,
    submissions,
)
from nitka.shelf.content.models import Menu, Page, PageSlug, Picture, ShopSettings, Word
from nitka.shelf.content.reading import Head, own_language, picture_of, read, text_of
from nitka.shelf.content.versions import (
    Difference,
    VersionView,
    differences,
    draft_of,
    due_pages,
    newest_version,
    preview_token,
    version_of_token,
    versions,
)

__all__ = [
    "FIELD_KINDS", "KINDS", "BlockView", "Difference", "Document", "FeedView", "Field", "FieldView", "FormRow",
    "FormView", "Head", "Kind", "MenuEntry", "PageLink", "PageView", "PictureView", "Shop", "SubmissionView",
    "VersionView", "countries", "differences", "draft_of", "due_pages", "feed", "feed_findings", "feeds", "fillings",
    "forget", "form", "form_row", "forms", "goods_classes", "judged", "menu", "menu_rows", "newest_version", "page",
    "page_link", "page_of_old_address", "page_of_preview", "page_rows", "pages", "pictures", "preview_token",
    "shop", "shop_of", "submission", "submissions", "versions",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What the shop is. Before it is set up it is called Nitka and has no address."""

    name: str = "Nitka"
    logo: str = ""
    accent: str = ""
    legal_name: str = ""
    register_number: str = ""
    vat_number: str = ""
    line1: str = ""
    line2: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    bank_name: str = ""
    iban: str = ""
    bic: str = ""
    zone: str = "UTC"
    currency: str = "EUR"
    markets: tuple[str, ...] = ()
    languages: tuple[str, ...] = LANGUAGES

    @property
    def is_set_up(self) -> bool:
        """Whether the merchant said who they are."""
        return bool(self.legal_name and self.line1 and self.email)

    def address_lines(self, language: str = "") -> tuple[str, ...]:
        """The address as it stands on a letter, its country in that language."""
        town = f"{self.postcode} {self.city}".strip()
        country = _country(self.country, language) if self.country else ""
        lines = (self.legal_name or self.name, self.line1, self.line2, town, self.region, country)
        return tuple(line for line in lines if line)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page in one language: what it is built of, in order. `language` is that of the text, maybe the fallback.

    `slugs` is the last part of its address by language; `body_html` is the safe HTML of its texts alone, for papers.
    After `until` nobody sees it.
    """

    id: UUID
    slug: str
    slugs: Mapping[str, str]
    kind: str
    title: str
    description: str
    body_html: str
    blocks: tuple[BlockView, ...]
    language: str
    languages: tuple[str, ...]
    changed_at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A page in a list."""

    slug: str
    slugs: Mapping[str, str]
    kind: str
    title: Mapping[str, str]
    languages: tuple[str, ...]
    changed_at: datetime

    def title_in(self, language: str) -> str:
        """Its title in that language, else in English."""
        return pick(self.title, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """A link of a menu in one language. `to` names a thing or an address (blocks/links.py); empty for a mere heading.

    An empty `label` means: as the thing itself is called.
    """

    label: str
    to: str
    entries: tuple["MenuEntry", ...] = ()


# The frame of every page shows all three, so one question brings them.
_LOAD = """
    SELECT (SELECT to_json(s) FROM content_shop s),
           (SELECT json_agg(p ORDER BY position, slug) FROM (
               SELECT id, slug, slugs, kind, title, written, published, position, unpublish_at, changed_at
               FROM content_pages) p),
           (SELECT json_object_agg(m.place, m.entries) FROM content_menus m)
"""
Known = tuple["Shop", dict[str, Head], dict[str, list[dict[str, Any]]]]


def _load() -> Known:
    with connection.cursor() as cursor:
        cursor.execute(_LOAD)
        shop, pages, menus = cursor.fetchone()
    heads = [_head(page) for page in pages or ()]
    return shop_of(ShopSettings(**shop)) if shop else Shop(), {head.slug: head for head in heads}, menus or {}


def _head(data: dict[str, Any]) -> Head:
    end, changed = data["unpublish_at"], parse_datetime(data["changed_at"])
    assert changed is not None
    return Head(
        id=UUID(data["id"]), slug=data["slug"], slugs=data["slugs"], kind=data["kind"], title=data["title"],
        written=tuple(data["written"]), published=tuple(data["published"]),
        unpublish_at=parse_datetime(end) if end else None, changed_at=changed,
    )  # fmt: skip


def shop_of(row: ShopSettings) -> Shop:
    """The row as a value."""
    values = {name: getattr(row, name) for name in Shop.__dataclass_fields__}
    return Shop(**values | {"markets": tuple(row.markets), "languages": tuple(row.languages) or LANGUAGES})


_known = Remembered(_load)


def shop() -> Shop:
    """What the shop is; kept in the process for two seconds."""
    return _known()[0]


def page(slug: str, language: str, *, drafts: bool = False) -> PageView | None:
    """The page with that name or address, in that language, else in the fallback, else in any that is published.

    None where there is none. With `drafts` texts that are not published are shown as well.
    """
    head = _found(slug)
    spoken = head.languages(drafts=drafts) if head else ()
    if head is None or not spoken:
        return None
    own = own_language(spoken, language)
    text = text_of(head, own, fillings(own))
    return PageView(
        id=head.id, slug=head.slug, slugs=_addresses(head), kind=head.kind, title=text.title,
        description=text.description, body_html=text.body_html, blocks=text.blocks, language=own, languages=spoken,
        changed_at=head.changed_at, until=head.unpublish_at,
    )  # fmt: skip


def page_of_preview(token: str, language: str) -> PageView | None:
    """The version that a preview link shows, in that language or one that it has; None for a link that is over."""
    found = version_of_token(token)
    if found is None:
        return None
    row, draft = found
    spoken = tuple(draft.written) or tuple(draft.title)
    own = own_language(spoken, language)
    text = read(draft.title, draft.description, draft.body, draft.blocks, own, fillings(own))
    return PageView(
        id=row.id, slug=row.slug, slugs={code: draft.slugs.get(code) or row.slug for code in LANGUAGES}, kind=row.kind,
        title=text.title, description=text.description, body_html=text.body_html, blocks=text.blocks, language=own,
        languages=spoken, changed_at=row.changed_at,
    )  # fmt: skip


def page_link(slug: str) -> PageLink | None:
    """The published page with that name or address, without its text."""
    head = _found(slug)
    return _link(head) if head and head.languages() else None


def page_of_old_address(slug: str) -> PageLink | None:
    """The published page that once had this address; one question, so asked only when nothing else was found."""
    handle = PageSlug.objects.filter(slug=slug[:80]).values_list("page__slug", flat=True).first()
    return page_link(handle) if handle else None


def pages(kind: str = "") -> tuple[PageLink, ...]:
    """Published pages (of that kind) in their order, without their texts."""
    heads = _known()[1].values()
    return tuple(_link(head) for head in heads if kind in ("", head.kind) and head.languages())


def menu(place: str, language: str) -> tuple[MenuEntry, ...]:
    """What the merchant put into "header" or "footer", in that language; empty where the frame's own is to stand."""
    return _entries(_known()[2].get(place, ()), language)


def _entries(entries: Sequence[Mapping[str, Any]], language: str) -> tuple[MenuEntry, ...]:
    return tuple(
        MenuEntry(
            label=pick(each.get("label") or {}, language), to=each.get("to", ""),
            entries=_entries(each.get("entries") or (), language),
        )
        for each in entries
    )  # fmt: skip


def _found(slug: str) -> Head | None:
    heads = _known()[1]
    return heads.get(slug) or next((head for head in heads.values() if slug in head.slugs.values()), None)


def _addresses(head: Head) -> dict[str, str]:
    return {language: head.address(language) for language in LANGUAGES}


def _link(head: Head) -> PageLink:
    return PageLink(
        slug=head.slug,
        slugs=_addresses(head),
        kind=head.kind,
        title=_titles(head),
        languages=head.languages(),
        changed_at=head.changed_at,
    )


def fillings(language: str = "") -> dict[str, str]:
    """All names that texts may use in curly braces, with what they stand for."""
    own = shop()
    values = {f"shop.{name}": value for name, value in asdict(own).items() if isinstance(value, str)}
    iban = " ".join(own.iban[start : start + 4] for start in range(0, len(own.iban), 4))
    country = _country(own.country, language) if own.country else ""
    address = "\n".join(own.address_lines(language))
    return values | {"shop.iban": iban, "shop.country": country, "shop.address": address}


def countries(language: str) -> dict[str, str]:
    """Code of ISO 3166 → name in that language, in the order of its alphabet."""
    names = cldr(language).territories
    found = [(code, str(name)) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    known = [each for each in found if each[0] not in _NO_COUNTRIES]
    return dict(sorted(known, key=lambda each: sort_key(each[1], language)))


# CLDR names these as well: unions, islands without a code of their own, and what is only there for tests. Kosovo has
# a code by custom alone, and shops.
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def page_rows() -> QuerySet[Page]:
    """Pages for back-office tables."""
    return Page.objects.order_by("kind", "position", "slug")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture or film of the shop's own words, for those who choose and describe it."""

    id: UUID
    kind: str
    name: str
    alt: Mapping[str, str]
    src: str
    size: int
    width: int | None
    height: int | None
    added_at: datetime


def pictures(*, most: int = 400) -> list[PictureView]:
    """Pictures and films, newest first."""
    return [
        PictureView(
            id=row.id, kind=row.kind, name=row.name or row.file, alt=row.alt, size=row.size, width=row.width,
            height=row.height, added_at=row.added_at, src=str(picture_of(row, FALLBACK)["src"]),
        )
        for row in Picture.objects.order_by("-added_at", "-id")[:most]
    ]  # fmt: skip


def menu_rows() -> dict[str, list[dict[str, Any]]]:
    """The menus as they were written, in all languages, for their editor."""
    return dict(Menu.objects.values_list("place", "entries"))


def judged(language: str) -> dict[str, bool]:
    """Every word of the shop's texts that was looked up, and whether it is one."""
    return dict(Word.objects.filter(language=language).values_list("word", "good"))


def forget() -> None:
    """Read shop, pages and menus anew at the next question: after a change, and between tests."""
    _known.forget()


def _titles(head: Head) -> dict[str, str]:
    return {
        language: fill(text, fillings(language), markdown=False) if "{{" in text else text
        for language, text in head.title.items()
    }


def _country(code: str, language: str) -> str:
    spoken = (language or get_language() or FALLBACK)[:2]
    locale: Locale = cldr(spoken if spoken in LANGUAGES else FALLBACK)
    return str(locale.territories.get(code, code))
