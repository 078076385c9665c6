"""What the shop says of itself, and its pages."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from babel.core import Locale
from django.db import connection
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from nitka.ground.locale import FALLBACK, LANGUAGES, cldr, pick, sort_key
from nitka.ground.remembered import Remembered
from nitka.ground.web.environment import markdown
from nitka.shelf.content.fillings import fill
from nitka.shelf.content.models import Page, ShopSettings


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
    """A page in one language. `body_html` is safe HTML; `language` is that of the text, maybe the fallback."""

    id: UUID
    slug: str
    kind: str
    title: str
    description: str
    body_html: str
    language: str
    languages: tuple[str, ...]
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A page in a list."""

    slug: str
    kind: str
    title: Mapping[str, str]
    languages: tuple[str, ...]

    def title_in(self, language: str) -> str:
        """Its title in that language, else in English."""
        return pick(self.title, language)


# The frame of every page shows both, so one question brings both.
_LOAD = """
    SELECT (SELECT to_json(s) FROM content_shop s),
           (SELECT json_agg(p ORDER BY position, slug) FROM content_pages p)
"""


def _load() -> tuple[Shop, dict[str, Page]]:
    with connection.cursor() as cursor:
        cursor.execute(_LOAD)
        shop, pages = cursor.fetchone()
    rows = [_page_of(page) for page in pages or ()]
    return shop_of(ShopSettings(**shop)) if shop else Shop(), {row.slug: row for row in rows}


def _page_of(data: dict[str, Any]) -> Page:
    return Page(**data | {"id": UUID(data["id"]), "changed_at": parse_datetime(data["changed_at"])})


def shop_of(row: ShopSettings) -> Shop:
    """The row as a value."""
    values = {name: getattr(row, name) for name in Shop.__dataclass_fields__}
    return Shop(**values | {"markets": tuple(row.markets), "languages": tuple(row.languages) or LANGUAGES})


_known = Remembered(_load)


def shop() -> Shop:
    """What the shop is; kept in the process for two seconds."""
    return _known()[0]


def page(slug: str, language: str, *, drafts: bool = False) -> PageView | None:
    """The page in that language, else in the fallback, else in any that is published; None where there is none.

    With `drafts` (a preview) unpublished texts are shown as well.
    """
    row = _known()[1].get(slug)
    if row is None:
        return None
    shown = _languages(row, drafts)
    if not shown:
        return None
    own = next((each for each in (language, FALLBACK) if each in shown), shown[0])
    values = fillings(own)
    return PageView(
        id=row.id,
        slug=row.slug,
        kind=row.kind,
        title=fill(row.title.get(own, ""), values, markdown=False),
        description=fill(row.description.get(own, ""), values, markdown=False),
        body_html=_html(fill(row.body.get(own, ""), values, markdown=True)),
        language=own,
        languages=shown,
        changed_at=row.changed_at,
    )


def pages(kind: str = "") -> tuple[PageLink, ...]:
    """Published pages (of that kind) in their order, without their texts."""
    return tuple(
        PageLink(slug=row.slug, kind=row.kind, title=_titles(row), languages=_languages(row, drafts=False))
        for row in _known()[1].values()
        if kind in ("", row.kind) and row.published
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


def forget() -> None:
    """Read shop and pages anew at the next question: after a change, and between tests."""
    _known.forget()


@lru_cache(maxsize=256)
def _html(text: str) -> str:
    return markdown(text)


def _titles(row: Page) -> dict[str, str]:
    return {
        language: fill(text, fillings(language), markdown=False) if "{{" in text else text
        for language, text in row.title.items()
    }


def _languages(row: Page, drafts: bool) -> tuple[str, ...]:
    return tuple(each for each in LANGUAGES if row.body.get(each) and (drafts or each in row.published))


def _country(code: str, language: str) -> str:
    spoken = (language or get_language() or FALLBACK)[:2]
    locale: Locale = cldr(spoken if spoken in LANGUAGES else FALLBACK)
    return str(locale.territories.get(code, code))
