"""A small shop to walk through: two categories, a blanket in two colours and two sizes, a lamp, a cup."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from nitka.faces.storefront import home, page
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping import queries as deliveries
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog.queries import (
    AttributeDraft,
    CategoryDraft,
    OptionDraft,
    PriceDraft,
    ProductDraft,
    VariantDraft,
)
from nitka.shelf.content import actions as content
from nitka.shelf.content import queries as shop_queries
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as market_queries
from nitka.shelf.search import actions as search
from nitka.shelf.search import queries as found


def address(path: str) -> str:
    """A path with the shop's own scheme and host."""
    return f"{settings.NITKA_PUBLIC_URL or 'http://testserver'}{path}"


COLOURS = {"clay": {"en": "Clay", "pl": "Glina"}, "sand": {"en": "Sand", "pl": "Piasek"}}
SIZES = {"small": {"en": "130 × 170 cm"}, "large": {"en": "200 × 240 cm"}}
# Colour and size → pieces in stock: the large one in sand is sold out.
STOCK = {("clay", "small"): 40, ("clay", "large"): 3, ("sand", "small"): 9, ("sand", "large"): 0}


@dataclass(frozen=True)
class Shop:
    """Variants by SKU."""

    variants: dict[str, str]


def forget() -> None:
    """Empty what the pages remember in this process."""
    page.forget_frames()
    home.forget_windows()
    shop_queries.forget()
    market_queries.forget()
    deliveries.forget()


def small_shop() -> Shop:
    """Everything the pages of the tests show."""
    pricing.put_market(code="eu", name="Europe", currency="EUR", countries=["DE", "PL"], default_country="DE")
    pricing.put_market(
        code="us", name="United States", currency="USD", countries=["US"], tax_display="net", default_country="US"
    )
    content.set_shop(name="Tråd", legal_name="Tråd sp. z o.o.", line1="ul. Długa 1", email="hello@shop.example")
    _pages()
    shipping.put_built_in_options()
    inventory.put_location(code="main", name="Gdańsk", country="PL", zone="Europe/Warsaw")
    catalog.put_attributes(drafts=[AttributeDraft(code="wool", kind="boolean", name={"en": "Wool"})])
    catalog.put_categories(drafts=[
        CategoryDraft(handle="textiles", name={"en": "Textiles", "pl": "Tkaniny"}, intro={"en": "To keep warm."},
                      slug={"en": "textiles", "pl": "tkaniny"}, facets=("wool",)),
        CategoryDraft(handle="tableware", name={"en": "Tableware", "pl": "Zastawa"}),
    ])  # fmt: skip
    variants = offer([_blanket(), _simple("brass-lamp", "Brass lamp", 8900, "textiles"),
                       _simple("stone-cup", "Stone cup", 1700, "tableware")])  # fmt: skip
    return Shop({sku: str(id_) for sku, id_ in variants.items()})


def more_lamps(count: int) -> None:
    """So many more products in `textiles`."""
    offer([_simple(f"lamp-{n}", f"Lamp number {n}", 1000 + n, "textiles") for n in range(count)])


def more_cups(count: int) -> list[str]:
    """So many more products in `tableware`; their variants."""
    drafts = [_simple(f"cup-{n}", f"Stoneware cup number {n}", 1500 + n, "tableware") for n in range(count)]
    return [str(id_) for id_ in offer(drafts).values()]


def offer(drafts: list[ProductDraft]) -> dict[str, UUID]:
    """Put products, prices and stock, and let them be found."""
    variants = {sku: id_ for each in catalog.put_products(drafts=drafts) for sku, id_ in each.variants.items()}
    pieces = [variant for draft in drafts for variant in draft.variants]
    pricing.set_prices(prices=[
        (variants[each.sku], market, price.minor, price.compare_at_minor)
        for each in pieces for market, price in each.prices.items()
    ])  # fmt: skip
    inventory.set_stock(levels=[
        (variants[each.sku], place, on_hand) for each in pieces for place, on_hand in each.stock.items()
    ])  # fmt: skip
    index_again()
    return variants


def index_again() -> None:
    """Let pages show what was changed since."""
    search.rebuild()
    search.follow_once()
    found.index_state()  # looks at the index now, not at the next turn
    forget()


def _pages() -> None:
    for slug, kind, title in (("delivery", "help", "Delivery"), ("returns", "help", "Returns"),
                              ("privacy", "legal", "Privacy"), ("wool", "article", "Good wool")):  # fmt: skip
        content.put_page(draft=content.Draft(slug=slug, kind=kind, title={"en": title}, body={"en": f"## All about {title.lower()}"}, description={"en": f"{title} in short."}))  # fmt: skip


def _prices(minor: int, before: int | None = None) -> dict[str, PriceDraft]:
    return {"eu": PriceDraft(minor=minor, compare_at_minor=before), "us": PriceDraft(minor=minor + 1000)}


def _blanket() -> ProductDraft:
    variants = tuple(
        VariantDraft(
            sku=f"FONN-{colour}-{size}".upper(), options={"colour": colour, "size": size}, weight_g=1400,
            dimensions_mm=(2000, 1400, 8) if size == "small" else (2400, 2000, 8),
            prices=_prices(12900, 15900 if colour == "clay" else None), stock={"main": pieces},
        )
        for (colour, size), pieces in STOCK.items()
    )  # fmt: skip
    return ProductDraft(
        handle="fonn", title={"en": "Fonn wool blanket", "pl": "Koc wełniany Fonn"},
        slug={"en": "fonn-wool-blanket", "pl": "koc-welniany-fonn"},
        summary={"en": "A heavy, quiet blanket."},
        description={"en": "<p>Woven slowly.</p><script>alert(1)</script>"}, category=("textiles",), brand="Fonn",
        attributes={"wool": True}, variants=variants,
        options=(OptionDraft(code="colour", name={"en": "Colour"}, values=COLOURS),
                 OptionDraft(code="size", name={"en": "Size"}, values=SIZES)),
    )  # fmt: skip


def _simple(handle: str, title: str, minor: int, category: str) -> ProductDraft:
    variant = VariantDraft(sku=handle.upper(), prices=_prices(minor), stock={"main": 20}, weight_g=700)
    return ProductDraft(handle=handle, title={"en": title}, category=(category,), variants=(variant,),
                        attributes={"wool": False})  # fmt: skip
