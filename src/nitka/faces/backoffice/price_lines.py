"""Prices of a list as lines of text: `SKU; from so many pieces; price`, as a spreadsheet copies them."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.faces.backoffice.price_forms import amount, cell
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.pricing import queries as pricing

MOST = 5000


def read_lines(text: str, market: str) -> list[tuple[UUID, int, int]]:
    """The lines as (variant, from, minor); the pieces may be left out. Raises ValueError with a sentence."""
    currency = next((each.currency for each in pricing.markets() if each.code == market), "EUR")
    given = [line.strip() for line in text.splitlines() if line.strip()]
    if len(given) > MOST:
        raise ValueError(_("A list is written here with at most %(n)d lines.") % {"n": MOST})
    parts = [_parts(line) for line in given]
    known = catalog.variant_ids_by_sku({sku for sku, _start, _price in parts})
    found: list[tuple[UUID, int, int]] = []
    for sku, start, price in parts:
        if sku not in known:
            raise ValueError(_("There is no %(sku)s. Write the SKU as the product's page shows it.") % {"sku": sku})
        minor = amount(price, currency)
        if minor is None or not start.isdecimal() or not 1 <= int(start) <= 1_000_000:
            raise ValueError(_("Write a line like: SKU; 1; 12.50. This one is not: %(sku)s") % {"sku": sku})
        found.append((known[sku], int(start), minor))
    return found


def _parts(line: str) -> tuple[str, str, str]:
    separator = "\t" if "\t" in line else ";"
    cells = [each.strip() for each in line.split(separator)]
    if len(cells) == 2:
        cells.insert(1, "1")
    if len(cells) != 3:
        raise ValueError(_("Write a line like: SKU; 1; 12.50. This one is not: %(sku)s") % {"sku": line[:80]})
    return cells[0], cells[1], cells[2]


def write_lines(row: Any) -> str:
    """The prices of a list as such lines."""
    prices = list(pricing.list_price_rows(row.id))
    variants = catalog.variants([each.variant_id for each in prices])
    lines = [
        (variants[each.variant_id].sku, each.from_quantity, cell(each.minor, row.market.currency))
        for each in prices
        if each.variant_id in variants
    ]
    return "\n".join(f"{sku}; {start}; {price}" for sku, start, price in sorted(lines))
