"""How fast feeds of products are written, and in how much memory: bin/bench feeds.

A small shop is put through its doors; then the rows that pages and feeds are read from are multiplied in the database,
so that the feeds have as many variants as asked for. What is measured is what a reader gets: from the first question to
the last piece, once as it is and once packed, each kind in a process of its own, whose memory is told at its peak.
"""

import json
import multiprocessing
import resource
import time
from typing import Any

import click
from rich.table import Table

from bench import shop

VARIANTS_EACH = 10
MODELS = 20


@click.command()
@click.option("--variants", default=100_000, show_default=True, type=click.IntRange(VARIANTS_EACH * MODELS))
@click.option("--kind", "kinds", multiple=True, help="Only these kinds.")
@click.option("--json", "as_json", is_flag=True)
def main(variants: int, kinds: tuple[str, ...], as_json: bool) -> None:
    """Rows a second, first byte and peak memory of each kind of feed."""
    shop.start_bare("feeds")
    from nitka.faces.files.feeds import known

    count = _fill(variants)
    shop.leave_pool()
    figures: dict[str, Any] = {
        "variants": count, "machine": shop.machine(), "idle_mb": _apart(_idle)["peak_mb"], "kinds": {},
    }  # fmt: skip
    for kind in kinds or tuple(known.ENDINGS):
        plain, packed = (_apart(_read, kind, way) for way in (False, True))
        beside = {"packed_mb": packed["mb"], "packed_rows_per_second": packed["rows_per_second"]}
        figures["kinds"][kind] = plain | beside
    _print(figures)
    if as_json:
        click.echo(json.dumps(figures))


def _fill(variants: int) -> int:
    """Let the read side hold that many variants; how many it holds."""
    from django.db import connection, transaction

    from nitka.shelf.search import actions as search
    from nitka.shelf.search.models import ProductOffer

    products = -(-variants // VARIANTS_EACH)
    if ProductOffer.objects.count() != products:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_texts")
            cursor.execute("DELETE FROM search_offers")
        _put_models()
        search.rebuild()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_MULTIPLY, [products - MODELS])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_texts, search_offers")
    return ProductOffer.objects.count() * VARIANTS_EACH


# Each new product is a copy of one of the models, in turn.
_MULTIPLY = """
    WITH models AS (SELECT product_id, row_number() OVER (ORDER BY product_id) - 1 AS place FROM search_offers),
    copies AS (
        SELECT gen_random_uuid() AS id, models.product_id AS model
        FROM generate_series(1, %s) AS number JOIN models ON models.place = number %% (SELECT count(*) FROM models)
    ), offers AS (
        INSERT INTO search_offers (product_id, card, data)
        SELECT copies.id, o.card, o.data FROM copies JOIN search_offers o ON o.product_id = copies.model
    )
    INSERT INTO search_texts (product_id, language, slug, card, data)
    SELECT copies.id, t.language, t.slug || '-' || copies.id, t.card, t.data
    FROM copies JOIN search_texts t ON t.product_id = copies.model
"""


def _put_models() -> None:
    from nitka.sale.shipping import actions as shipping
    from nitka.shelf.catalog import actions as catalog
    from nitka.shelf.catalog.queries import CategoryDraft
    from nitka.shelf.content import actions as content
    from nitka.shelf.inventory import actions as inventory
    from nitka.shelf.pricing import actions as pricing

    place = {"countries": ["PL", "DE"], "default_country": "PL", "languages": ["en"]}
    pricing.put_market(code="eu", name="Europe", currency="EUR", **place)  # type: ignore[arg-type]
    content.set_shop(name="Bench", legal_name="Bench sp. z o.o.", line1="ul. Długa 1", email="bench@shop.example")
    shipping.put_built_in_options()
    inventory.put_location(code="main", name="Gdańsk", country="PL", zone="Europe/Warsaw")
    catalog.put_categories(drafts=[CategoryDraft(handle="goods", name={"en": "Goods"})])
    drafts = [_draft(number) for number in range(MODELS)]
    variants = {sku: id_ for each in catalog.put_products(drafts=drafts) for sku, id_ in each.variants.items()}
    pricing.set_prices(prices=[(id_, "eu", 1000 + place * 37, None) for place, id_ in enumerate(variants.values())])
    inventory.set_stock(levels=[(id_, "main", place % 7) for place, id_ in enumerate(variants.values())])


def _draft(number: int) -> Any:
    from nitka.shelf.catalog.queries import OptionDraft, ProductDraft, VariantDraft

    colours = {f"c{place}": {"en": f"Colour {place}"} for place in range(VARIANTS_EACH)}
    variants = tuple(
        VariantDraft(sku=f"G{number}-{code}", mpn=f"M{number}", options={"color": code}, weight_g=500 + 100 * number,
                     dimensions_mm=(400, 500, 800))
        for code in colours
    )  # fmt: skip
    text = "<p>" + "Made of solid oak, oiled by hand &amp; built to be mended. " * 12 + "</p>"
    return ProductDraft(
        handle=f"goods-{number}", title={"en": f"Goods number {number}"}, description={"en": text}, brand="Bench",
        category=("goods",), variants=variants,
        options=(OptionDraft(code="color", name={"en": "Colour"}, values=colours),),
    )  # fmt: skip


def _apart(work: Any, *arguments: Any) -> dict[str, Any]:
    """What the work says, done in a process of its own."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=lambda: there.send(work(*arguments)))
    process.start()
    said: dict[str, Any] = here.recv()
    process.join()
    return said


def _peak_mb() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def _idle() -> dict[str, float]:
    """What a process has before it writes anything but has asked the database once."""
    from nitka.shelf.search import queries as search

    search.on_sale()
    return {"peak_mb": _peak_mb()}


def _read(kind: str, packed: bool) -> dict[str, float]:
    from nitka.faces.files.feeds.place import place
    from nitka.faces.files.feeds.views import pieces

    began, processor = time.perf_counter(), time.process_time()
    size, first = 0, 0.0
    here = place("eu", "en", "https://shop.example")
    for piece in pieces(kind, here, packed):
        first = first or time.perf_counter() - began
        size += len(piece)
    seconds = time.perf_counter() - began
    from nitka.shelf.search import queries as search

    rows = search.on_sale() * VARIANTS_EACH
    return {
        "seconds": round(seconds, 2), "cpu_seconds": round(time.process_time() - processor, 2),
        "rows_per_second": round(rows / seconds), "first_byte_ms": round(1000 * first, 1), "mb": round(size / 1e6, 1),
        "peak_mb": _peak_mb(),
    }  # fmt: skip


def _print(figures: dict[str, Any]) -> None:
    table = Table(title=f"Feeds of {figures['variants']:,} variants; a process without work: {figures['idle_mb']} MB")
    for name in ("kind", "rows/s", "seconds", "CPU s", "first byte ms", "MB", "peak MB", "packed MB", "packed rows/s"):
        table.add_column(name, justify="left" if name == "kind" else "right")
    for kind, each in figures["kinds"].items():
        table.add_row(
            kind, f"{each['rows_per_second']:,}", str(each["seconds"]), str(each["cpu_seconds"]),
            str(each["first_byte_ms"]), str(each["mb"]), str(each["peak_mb"]), str(each["packed_mb"]),
            f"{each['packed_rows_per_second']:,}",
        )  # fmt: skip
    shop.console.print(table)


if __name__ == "__main__":
    main()
