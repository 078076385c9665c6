"""What is news and has no post yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote

from django.db.models import Q
from django.db.models.functions import Coalesce

from nitka.ground import clock
from nitka.ground.locale import pick
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing

from . import wording
from .links import product_path
from .models import SocialPost

FRESH = timedelta(days=3)
Kind = SocialPost.Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """What a post could be about."""

    source: str = ""
    kind: str = Kind.OWN
    text: str = ""
    path: str = ""
    picture: str = ""
    picture_alt: str = ""


def language() -> str:
    """The language of drafts: the shop's first."""
    return next(iter(content.shop().languages), "en")


def new_products(most: int) -> Iterator[News]:
    """Products that were published a short while ago, the oldest of them first, without those that have a post."""
    since = clock.now() - FRESH
    found = catalog.product_rows().filter(status="published", published_at__gt=since, published_at__lte=clock.now())
    ids = list(found.order_by("published_at", "id").values_list("id", flat=True)[: most + len(_known("product"))])
    wanted = [each for each in ids if f"product:{each}" not in _known("product")][:most]
    for source in catalog.product_source(wanted):
        yield of_product(source, language())


def of_product(source: catalog.ProductSource, language: str) -> News:
    """A post about a product with its first picture."""
    picture = next((each for each in source.media if each.kind == "picture"), None)
    return News(
        source=f"product:{source.id}", kind=Kind.PRODUCT,
        text=wording.of_product(source.title, source.summary, language),
        path=product_path(language, pick(source.slug, language) or source.handle),
        picture=picture.file if picture else "", picture_alt=pick(picture.alt, language)[:300] if picture else "",
    )  # fmt: skip


def begun_offers() -> Iterator[News]:
    """Sales and promotions for everybody that began a short while ago."""
    now, spoken = clock.now(), language()
    runs = (Q(starts_at=None) | Q(starts_at__lte=now)) & (Q(ends_at=None) | Q(ends_at__gt=now)) & Q(active=True)
    sales = pricing.list_rows().filter(runs, kind="sale").alias(began=Coalesce("starts_at", "turned_at"))
    for sale in sales.filter(began__gt=now - FRESH, labels=[], groups=[], companies=[]):
        yield News(
            source=f"sale:{sale.id}", kind=Kind.SALE, text=wording.of_offer(sale.name, sale.ends_at, spoken),
            path=f"/{spoken}/",
        )  # fmt: skip
    promotions = pricing.promotion_rows().filter(runs).alias(began=Coalesce("starts_at", "changed_at"))
    for each in promotions.filter(Q(needs_code=False) | Q(public=True), began__gt=now - FRESH):
        name = pick(each.label, spoken)
        if name and not _for_some(each.conditions):
            yield News(
                source=f"promotion:{each.id}", kind=Kind.PROMOTION,
                text=wording.of_offer(name, each.ends_at, spoken), path=f"/{spoken}/",
            )  # fmt: skip


def about(path: str, language: str) -> News:
    """What is known of a page of the shop: a product or a text; else an empty post with that link."""
    parts = [unquote(each) for each in path.partition("?")[0].split("/") if each]
    if len(parts) == 3 and parts[1] == "p" and (product_id := catalog.product_by_slug(parts[2])):
        source = catalog.product(product_id)
        if source is not None:
            return of_product(source, language)
    if len(parts) == 3 and parts[1] == "article" and (page := content.page(parts[2], language)):
        text = wording.of_page(page.title, page.description)
        return News(kind=Kind.ARTICLE, source=f"article:{page.id}", text=text, path=path)
    return News(path=path)


def _for_some(conditions: object) -> bool:
    return isinstance(conditions, dict) and bool({"labels", "groups", "companies", "first_order"} & conditions.keys())


def _known(kind: str) -> frozenset[str]:
    """Sources of that kind with a post, among those that can be news."""
    rows = SocialPost.objects.filter(kind=kind, made_at__gt=clock.now() - 2 * FRESH).exclude(source="")
    return frozenset(rows.values_list("source", flat=True))
