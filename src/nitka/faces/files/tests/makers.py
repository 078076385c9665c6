"""Files for tests."""

import csv
import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import ProductSource
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.pricing import actions as pricing

SHIRT = {
    "Handle": "shirt", "Title": "Shirt", "Body (HTML)": "<p>Soft</p>", "Vendor": "Luma",
    "Product Category": "Men > Tops", "Tags": "soft, blue", "Option1 Name": "Size", "Option1 Value": "S",
    "Variant SKU": "SHIRT-S", "Variant Grams": "200", "Variant Inventory Qty": "3", "Variant Price": "19.90",
    "Status": "active",
}  # fmt: skip
SECOND = {"Handle": "shirt", "Option1 Value": "M", "Variant SKU": "SHIRT-M", "Variant Price": "21"}
MUG = {"Handle": "mug", "Title": "Mug", "Variant SKU": "MUG", "Variant Price": "5", "Status": "active"}
LAPTOP = {
    "id": "7", "name": "dv7", "title": "HP laptop", "ean": ["0884420588030", "0884420588047"], "supplier": "HP",
    "price": 10995, "short_description": "A laptop", "img_high": "http://192.0.2.1/a.jpg", "attr_t_colour": "Silver",
    "attr_n_weight": 3460.0, "attr_n_display_diagonal": 17.3, "attr_b_touchscreen": False,
}  # fmt: skip


def open_shop() -> None:
    """The six markets, and a place that holds goods."""
    pricing.set_up_markets()
    inventory.put_location(code="gdn", name="Gdańsk", country="PL", zone="Europe/Warsaw")


def csv_file(
    folder: Path, *rows: dict[str, str], name: str = "products.csv", first: Iterable[str] = SHIRT,
    encoding: str = "utf-8",
) -> Path:  # fmt: skip
    """A CSV with the columns `first` and those that its rows use."""
    path = folder / name
    columns = list(dict.fromkeys([*first, *(column for row in rows for column in row)]))
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def json_file(folder: Path, *rows: dict[str, Any] | bytes, name: str = "products.jsonl") -> Path:
    """JSON Lines; a name that ends in .gz is packed."""
    content = b"\n".join(row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows) + b"\n"
    path = folder / name
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def source(handle: str) -> ProductSource:
    """The product with that handle."""
    product_id = catalog.product_by_handle(handle)
    assert product_id is not None
    return catalog.product_source([product_id])[0]
