"""The catalogue as a Shopify product CSV."""

import csv
from collections.abc import Iterator, Mapping
from itertools import batched, zip_longest
from typing import Any, TextIO
from uuid import UUID

from nitka.faces.files.sheets import FORMULA
from nitka.ground import money
from nitka.ground.locale import FALLBACK, pick
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import ProductSource, VariantSource
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing

COLUMNS = (
    "Handle", "Title", "Body (HTML)", "Vendor", "Product Category", "Type", "Tags", "Published", "Option1 Name",
    "Option1 Value", "Option2 Name", "Option2 Value", "Option3 Name", "Option3 Value", "Variant SKU", "Variant Grams",
    "Variant Inventory Qty", "Variant Price", "Variant Compare At Price", "Variant Barcode", "Image Src",
    "Image Position", "Image Alt Text", "Variant Image", "SEO Title", "SEO Description", "Status",
    "HS Code", "COO", "Customs Name", "Tax Class",
)  # fmt: skip
STATUS = {"published": "active"}
_BATCH = 500


def export_products(out: TextIO, *, language: str = FALLBACK, market: str = "") -> int:
    """Write every product in Shopify's columns, prices of one market (default: the first). Returns how many.

    What a spreadsheet would take for a formula gets an apostrophe before it, which the import takes off again.
    Pictures are named by their files below MEDIA_ROOT.
    """
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    markets = pricing.markets()
    view = next((each for each in markets if each.code == market), markets[0] if markets else None)
    paths = _category_paths(language)
    count = 0
    for ids in batched(catalog.product_ids(), _BATCH):
        sources = catalog.product_source(ids)
        variant_ids = [variant.id for source in sources for variant in source.variants]
        written = pricing.base_prices(variant_ids) if view else {}
        prices = {key: own[view.code] for key, own in written.items() if view and view.code in own}
        stock = inventory.available(variant_ids)
        for source in sources:
            for row in _rows(source, language, paths, prices, stock):
                writer.writerow({name: guarded(value) for name, value in row.items()})
            count += 1
    return count


def guarded(value: object) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _category_paths(language: str) -> dict[UUID, str]:
    names: dict[UUID, str] = {}
    for node in catalog.category_tree():
        own = pick(node.name, language)
        names[node.id] = f"{names[node.parent_id]} > {own}" if node.parent_id else own
    return names


def _rows(
    source: ProductSource,
    language: str,
    paths: Mapping[UUID, str],
    prices: Mapping[UUID, Any],
    stock: Mapping[UUID, int],
) -> Iterator[dict[str, object]]:
    head = _head(source, language, paths)
    variants = [each for each in source.variants if each.active]
    pictures = [each for each in source.media if each.kind == "picture"]
    for place, (variant, picture) in enumerate(zip_longest(variants, pictures)):
        row: dict[str, object] = {"Handle": source.handle}
        if place == 0:
            row |= head
        if variant is not None:
            row |= _variant(source, variant, language, prices, stock)
        if picture is not None:
            alt = pick(picture.alt, language)
            row |= {"Image Src": picture.file, "Image Position": place + 1, "Image Alt Text": alt}
        yield row


def _head(source: ProductSource, language: str, paths: Mapping[UUID, str]) -> dict[str, object]:
    names: dict[str, object] = {
        f"Option{n} Name": pick(option["name"], language) for n, option in enumerate(source.options[:3], 1)
    }
    return names | {
        "Title": pick(source.title, language), "Body (HTML)": pick(source.description, language),
        "Vendor": source.brand, "Product Category": paths.get(source.category_id, "") if source.category_id else "",
        "Tags": ", ".join(source.tags), "Published": "TRUE" if source.status == "published" else "FALSE",
        "SEO Title": pick(source.seo_title, language), "SEO Description": pick(source.seo_description, language),
        "Status": STATUS.get(source.status, source.status), "HS Code": source.hs_code, "COO": source.origin_country,
        "Customs Name": source.customs_name, "Tax Class": source.tax_class,
    }  # fmt: skip


def _variant(
    source: ProductSource,
    variant: VariantSource,
    language: str,
    prices: Mapping[UUID, Any],
    stock: Mapping[UUID, int],
) -> dict[str, object]:
    row: dict[str, object] = {
        "Variant SKU": variant.sku, "Variant Barcode": variant.gtin, "Variant Grams": variant.weight_g or "",
        "Variant Inventory Qty": stock.get(variant.id, 0),
    }  # fmt: skip
    for n, option in enumerate(source.options[:3], 1):
        chosen = variant.options.get(option["code"])
        names = (pick(value["name"], language) for value in option["values"] if value["code"] == chosen)
        row[f"Option{n} Value"] = next(names, "")
    price = prices.get(variant.id)
    if price is not None:
        row["Variant Price"] = money.decimal(price.minor, price.currency)
        if price.compare_at_minor:
            row["Variant Compare At Price"] = money.decimal(price.compare_at_minor, price.currency)
    return row
