"""The small shop with a chair more: pictures for each wood, a model, a right GTIN and a wrong one, and a running sale."""

from datetime import timedelta
from pathlib import Path

from nitka.faces.storefront.tests import makers
from nitka.ground import clock
from nitka.shelf.catalog.queries import MediaDraft, OptionDraft, PriceDraft, ProductDraft, VariantDraft
from nitka.shelf.catalog.tests.pictures import picture_file
from nitka.shelf.feeds import actions as feeds
from nitka.shelf.pricing import actions as pricing

RIGHT, WRONG = "4006381333931", "4006381333932"  # the first is the example of many books on barcodes
WOODS = {"oak": {"en": "Oak", "pl": "Dąb"}, "ash": {"en": "Ash", "pl": "Jesion"}}


def open_shop(folder: Path) -> None:
    """Everything that the feeds of the tests tell."""
    makers.small_shop()
    pricing.put_market(
        code="eu", name="Europe", currency="EUR", countries=["DE", "PL"], default_country="DE", languages=["en", "pl"]
    )
    variants = makers.offer([_chair(folder)])
    now = clock.now()
    autumn = pricing.put_list(
        name="Autumn", market="us", kind="sale", starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=6)
    )
    pricing.set_list_prices(list_id=autumn, prices=[(variants["LIND-OAK"], 1, 26910)])
    feeds.put_classes(classes={"textiles": "Home & Garden > Linens & Bedding"})
    makers.index_again()


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
            dimensions_mm=(505, 520, 790), prices={"eu": PriceDraft(minor=24900), "us": PriceDraft(minor=29900)},
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
