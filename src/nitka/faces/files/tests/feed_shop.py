"""A shop whose goods are told in feeds: a blanket, a cup, and a chair with pictures for each wood, a model, a right GTIN
and a wrong one, and a running sale."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from nitka.ground import clock
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping import queries as deliveries
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog.queries import (
    AttributeDraft,
    CategoryDraft,
    MediaDraft,
    OptionDraft,
    PriceDraft,
    ProductDraft,
    VariantDraft,
)
from nitka.shelf.catalog.tests.pictures import picture_file
from nitka.shelf.content import actions as content
from nitka.shelf.content import queries as words
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as markets
from nitka.shelf.search import actions as search

RIGHT, WRONG = "4006381333931", "4006381333932"  # the first is the example of many books on barcodes
WOODS = {"oak": {"en": "Oak", "pl": "Dąb"}, "ash": {"en": "Ash", "pl": "Jesion"}}
COLOURS = {"clay": {"en": "Clay", "pl": "Glina"}, "sand": {"en": "Sand", "pl": "Piasek"}}


def address(path: str) -> str:
    """A path with the shop's own scheme and host."""
    return f"{settings.NITKA_PUBLIC_URL or 'http://testserver'}{path}"


def forget() -> None:
    """Empty what is remembered in this process."""
    words.forget()
    markets.forget()
    deliveries.forget()


def open_shop(folder: Path) -> None:
    """Everything that the feeds of the tests tell."""
    europe = {"countries": ["DE", "PL"], "default_country": "DE", "languages": ["en", "pl"]}
    pricing.put_market(code="eu", name="Europe", currency="EUR", **europe)
    states = {"countries": ["US"], "tax_display": "net", "default_country": "US", "languages": ["en"]}
    pricing.put_market(code="us", name="United States", currency="USD", **states)
    content.set_shop(name="Tråd", legal_name="Tråd sp. z o.o.", line1="ul. Długa 1", email="hello@shop.example")
    content.put_page(draft=content.Draft(slug="returns", kind="help", title={"en": "Returns"}, body={"en": "Bring it back."}, description={"en": "How goods go back."}))  # fmt: skip
    shipping.put_built_in_options()
    inventory.put_location(code="main", name="Gdańsk", country="PL", zone="Europe/Warsaw")
    catalog.put_categories(drafts=[
        CategoryDraft(handle="textiles", name={"en": "Textiles", "pl": "Tkaniny"}),
        CategoryDraft(handle="tableware", name={"en": "Tableware", "pl": "Zastawa"}),
    ])  # fmt: skip
    content.put_goods_classes(classes={"textiles": "Home & Garden > Linens & Bedding"})
    cloth = {"wool": {"en": "Wool", "pl": "Wełna"}, "linen": {"en": "Linen", "pl": "Len"}}
    catalog.put_attributes(
        drafts=[AttributeDraft(code="material", name={"en": "Material"}, kind="choice", choices=cloth)]
    )
    drafts = [_blanket(), _cup(), _chair(folder)]
    variants = {sku: id_ for each in catalog.put_products(drafts=drafts) for sku, id_ in each.variants.items()}
    pieces = [variant for draft in drafts for variant in draft.variants]
    pricing.set_prices(prices=[
        (variants[each.sku], market, price.minor, price.compare_at_minor)
        for each in pieces for market, price in each.prices.items()
    ])  # fmt: skip
    inventory.set_stock(levels=[(variants[each.sku], "main", each.stock["main"]) for each in pieces])
    now = clock.now()
    autumn = pricing.put_list(
        name="Autumn", market="us", kind="sale", starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=6)
    )
    pricing.set_list_prices(list_id=autumn, prices=[(variants["LIND-OAK"], 1, 26910)])
    search.rebuild()
    forget()


def _prices(minor: int, before: int | None = None) -> dict[str, PriceDraft]:
    return {"eu": PriceDraft(minor=minor, compare_at_minor=before), "us": PriceDraft(minor=minor + 5000)}


def _blanket() -> ProductDraft:
    variants = tuple(
        VariantDraft(sku=f"FONN-{colour.upper()}", options={"colour": colour}, weight_g=1400, stock={"main": stock},
                     unit="m2", unit_quantity=Decimal("2.21"),
                     prices=_prices(12900, before))
        for colour, stock, before in (("clay", 40, 15900), ("sand", 9, None))
    )  # fmt: skip
    return ProductDraft(
        handle="fonn", title={"en": "Fonn wool blanket", "pl": "Koc wełniany Fonn"}, category=("textiles",),
        description={"en": "<p>Woven slowly.</p>"}, brand="Fonn", variants=variants,
        attributes={"material": ["wool", "linen"]},
        options=(OptionDraft(code="colour", name={"en": "Colour"}, values=COLOURS),),
    )  # fmt: skip


def _cup() -> ProductDraft:
    cup = VariantDraft(sku="STONE-CUP", prices=_prices(1700), stock={"main": 20}, weight_g=400)
    return ProductDraft(handle="stone-cup", title={"en": "Stone cup"}, category=("tableware",), variants=(cup,))


def _chair(folder: Path) -> ProductDraft:
    pictures = [
        MediaDraft(path=picture_file(folder, f"{wood}.{form.lower()}", form=form, colour=colour), options={"wood": wood},
                   alt={"en": f"A chair of {wood}"})
        for wood, form, colour in (("oak", "PNG", "#a80"), ("ash", "WEBP", "#dcb"))
    ]  # fmt: skip
    model = folder / "lind.glb"
    model.write_bytes(b"glTF\x02\x00\x00\x00\x0c\x00\x00\x00")
    variants = tuple(
        VariantDraft(
            sku=f"LIND-{wood.upper()}", gtin=gtin, mpn=f"L1-{wood}", options={"wood": wood}, weight_g=5400,
            dimensions_mm=(505, 520, 790), prices=_prices(24900),
            stock={"main": stock},
        )
        for wood, gtin, stock in (("oak", RIGHT, 5), ("ash", WRONG, 0))
    )  # fmt: skip
    return ProductDraft(
        handle="lind", title={"en": "Lind <chair> & “friends”", "pl": "Krzesło Lind"}, slug={"pl": "krzeslo-lind"},
        description={"en": "<p>Solid wood &amp; paper cord.</p><p>Made, slowly; by \"hand\".</p>"}, brand="Lind",
        category=("tableware",), variants=variants, media=(*pictures, MediaDraft(path=model, kind="model")),
        options=(OptionDraft(code="wood", name={"en": "Wood"}, values=WOODS),),
    )  # fmt: skip
