"""The rows of prices in bulk, and telling what changed."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection

from nitka.ground import clock
from nitka.ground.facts.actions import tell_all
from nitka.ground.ids import new_id
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.pricing.facts import PriceChanged


def write(
    rows: Sequence[tuple[UUID, str, int | None, int | None]], *, converted: bool = False
) -> list[tuple[UUID, str]]:
    """Write (variant, market, minor, compare-at); which of them were news. What is `converted` never replaces a price
    that was set by hand."""
    if not rows:
        return []
    variants, codes, minors, compare_ats = (list(column) for column in zip(*rows, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pricing_prices AS old (id, variant_id, market, minor, compare_at_minor, converted, changed_at)"
            " SELECT id, variant, market, minor, CASE WHEN compare_at > minor THEN compare_at END, %s, %s"
            " FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::bigint[], %s::bigint[])"
            " AS row (id, variant, market, minor, compare_at)"
            " ON CONFLICT (variant_id, market) DO UPDATE SET minor = EXCLUDED.minor,"
            " compare_at_minor = EXCLUDED.compare_at_minor, changed_at = EXCLUDED.changed_at,"
            " converted = EXCLUDED.converted"
            " WHERE (old.minor, old.compare_at_minor, old.converted)"
            " IS DISTINCT FROM (EXCLUDED.minor, EXCLUDED.compare_at_minor, EXCLUDED.converted)"
            " AND (old.converted OR NOT EXCLUDED.converted)"
            " RETURNING variant_id, market",
            [converted, clock.now(), [new_id() for _row in rows], variants, codes, minors, compare_ats],
        )
        return cursor.fetchall()


def drop(keys: Sequence[tuple[UUID, str]]) -> list[tuple[UUID, str]]:
    """Take (variant, market) out; which of them were there."""
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM pricing_prices USING unnest(%s::uuid[], %s::text[]) AS gone (variant, code)"
            " WHERE variant_id = gone.variant AND market = gone.code RETURNING variant_id, market",
            [[variant_id for variant_id, _code in keys], [code for _variant, code in keys]],
        )
        return cursor.fetchall()


def tell_changes(changed: Iterable[tuple[UUID, str]]) -> None:
    """Tell each (product, market) of these (variant, market) once."""
    keys = list(changed)
    if not keys:
        return
    products = catalog.products_of_variants({variant_id for variant_id, _code in keys})
    found = sorted({(products[variant_id], code) for variant_id, code in keys if variant_id in products})
    tell_all(PriceChanged(product_id=product_id, market=code) for product_id, code in found)
