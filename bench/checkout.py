"""Whole journeys a second, and the time to add to the cart: bin/bench checkout."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import click
from rich.console import Console
from rich.table import Table

from bench import load, shop
from bench.pages import addresses

STEPS = ("home", "search", "product", "fill", "add", "checkout", "address", "place", "order page")
# The browser says en-GB, so the market is the euro's; who buys lives in it.
BUYER = {
    "name": "Anna Weber", "line1": "Hauptstraße 5", "postcode": "10827", "city": "Berlin", "country": "DE",
    "phone": "+49 30 901820",
}  # fmt: skip


@click.command()
@click.option("--products", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Catalogue to serve.")
@click.option("--clients", default=16, show_default=True)
@click.option("--seconds", default=20.0, show_default=True)
@click.option("--payment", default="demo_card", show_default=True)
@click.option("--lines", default=1, show_default=True, type=click.IntRange(1, 1000), help="Of each cart.")
@click.option("--promotions", "number", default=0, show_default=True, type=click.IntRange(0, 1000), help="That run.")
@click.option("--json", "as_json", is_flag=True)
def main(
    products: Path | None, clients: int, seconds: float, payment: str, lines: int, number: int, as_json: bool
) -> None:  # fmt: skip
    """Journeys from the home page to the order page, worker running; then add-to-cart alone with 4 clients, into carts
    of up to 20 lines. A cart of more lines than one is filled by the same button, one line after the other."""
    shop.prepare(products or shop.default_products())
    targets = {**addresses(), "variant": _goods(max(lines, 400))}
    _run_promotions(number, targets["variant"])
    with shop.serving() as running:
        where = {"host": shop.HOST, "port": running.port}
        load.run(
            _journey(targets, payment, lines), **where, clients=clients, seconds=2
        )  # caches are filled, code is warm
        before = running.cpu_seconds()
        journey = load.run(_journey(targets, payment, lines), **where, clients=clients, seconds=seconds, warm_up=0)
        used = {part: seconds - before[part] for part, seconds in running.cpu_seconds().items()}
        waiting = shop.jobs_waiting()
        adding = load.run(_adding(targets), **where, clients=4, seconds=max(5, seconds / 3))
    if journey.errors or adding.errors:
        raise click.ClickException((journey.errors + adding.errors)[0])
    report(journey, adding, used, waiting, {"clients": clients, "lines": lines, "promotions": number}, as_json)


def _goods(most: int) -> list[str]:
    """Variants that the buyer's market sells and has plenty of."""
    from django.db import connection

    from nitka.shelf.catalog import queries as catalog

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.variant_id FROM pricing_prices p JOIN inventory_levels l ON l.variant_id = p.variant_id"
            " WHERE p.market = 'eu' GROUP BY 1 ORDER BY least(sum(l.on_hand - l.reserved), 10000) DESC, 1 LIMIT %s",
            [most],
        )
        found = [row[0] for row in cursor.fetchall()]
    views = catalog.variants(found)
    return [str(each) for each in found if each in views and views[each].on_sale]


def _run_promotions(number: int, variants: list[str]) -> None:
    from bench import promotions
    from nitka.shelf.catalog import queries as catalog

    promotions.put(number, sorted({each.product_id for each in catalog.variants(map(UUID, variants)).values()}))


def _journey(targets: dict[str, list[str]], payment: str, lines: int) -> load.Visit:
    def visit(client: load.Client, turn: int) -> Iterator[tuple[str, float]]:
        client.cookies.clear()
        product = targets["product"][turn % len(targets["product"])]
        search = targets["search"][turn % len(targets["search"])]
        buyer = {**BUYER, "email": f"buyer{turn}@bench.example"}
        seconds = 0.0

        def timed(name: str, reply: load.Reply, mark: str = "") -> tuple[str, float]:
            nonlocal seconds
            seconds += reply.seconds
            if reply.status != 200 or (mark and mark not in reply.text):
                raise RuntimeError(f"{name}: {reply.status}, {mark!r} expected, {_complaint(reply)}")
            return name, reply.seconds

        yield timed("home", client.get("/en/"))
        yield timed("search", client.get(search))
        page = client.get(product)
        yield timed("product", page)
        own = _variant(page)
        others = [each for each in _window(targets["variant"], turn * lines, lines) if each != own]
        for variant in others[: lines - 1]:
            yield timed("fill", _quick(client.post("/en/cart/add", variant=variant, quantity=1)))
        added = client.post("/en/cart/add", variant=own, quantity=1)
        yield timed("add", _followed(client, added))
        opened = client.get("/en/checkout")
        yield timed("checkout", opened)
        addressed = client.post("/en/checkout/update", **buyer)
        addressed = _followed(client, addressed)
        yield timed("address", addressed)
        placed = client.post("/en/checkout/place", **buyer, **_choices(addressed, payment))
        if placed.status not in {302, 303}:
            raise RuntimeError(f"place: {placed.status}, {_complaint(placed)}")
        seconds += placed.seconds
        yield "place", placed.seconds
        yield timed("order page", client.follow(placed), "NK-")
        yield "journey", seconds

    return visit


def _adding(targets: dict[str, list[str]]) -> load.Visit:
    variants: dict[str, str] = {}

    def visit(client: load.Client, turn: int) -> Iterator[tuple[str, float]]:
        product = targets["product"][turn % min(40, len(targets["product"]))]
        if product not in variants:
            variants[product] = _variant(client.get(product))
        if turn % 20 == 0:
            client.cookies.clear()
        reply = client.post("/en/cart/add", variant=variants[product], quantity=1)
        if reply.status not in {200, 302, 303}:
            raise RuntimeError(f"add: {reply.status}, {_complaint(reply)}")
        yield "add to cart", reply.seconds

    return visit


def _window(values: list[str], start: int, size: int) -> list[str]:
    return [values[(start + place) % len(values)] for place in range(min(size, len(values)))]


def _quick(reply: load.Reply) -> load.Reply:
    """The answer to a line that was added, whose page nobody looks at."""
    if reply.status in {302, 303}:
        reply.status = 200
    return reply


def _followed(client: load.Client, reply: load.Reply) -> load.Reply:
    last = client.follow(reply)
    if last is not reply:
        last.seconds += reply.seconds
    return last


def _variant(page: load.Reply) -> str:
    found = re.search(r'name="variant"[^>]*value="([0-9a-f-]{36})"', page.text)
    if not found:
        raise RuntimeError("the product page offers no variant")
    return found.group(1)


def _choices(page: load.Reply, payment: str) -> dict[str, str]:
    """What the form of the page holds beside the buyer's own fields."""
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page.text))
    delivery = re.search(r'name="delivery" value="(\w+)" checked', page.text)
    if not delivery:
        raise RuntimeError(f"no delivery is offered: {_complaint(page)}")
    return {**hidden, "delivery": delivery.group(1), "payment": payment, "choice": "success"}


def _complaint(reply: load.Reply) -> str:
    found = re.findall(r'class="[^"]*(?:error|notice|problem)[^"]*"[^>]*>(.*?)</', reply.text, re.S)
    return " | ".join(" ".join(re.sub(r"<[^>]+>", " ", text).split()) for text in found)[:300]


def report(
    journey: load.Figures, adding: load.Figures, used: dict[str, float], waiting: int, load_of: dict[str, int],
    as_json: bool,
) -> None:  # fmt: skip
    finished = max(1, len(journey.times.get("journey", ())))
    cpu = {part: round(1000 * seconds / finished, 1) for part, seconds in used.items()}
    steps = [name for name in STEPS if name in journey.times]
    figures = {
        "journeys_per_second": round(journey.rate("journey"), 2),
        "add_to_cart_p95_ms": round(adding.percentile_ms("add to cart", 0.95), 2),
        "add_to_cart_p50_ms": round(adding.percentile_ms("add to cart", 0.5), 2),
        "steps": {name: {"p50_ms": round(journey.percentile_ms(name, 0.5), 1),
                         "p95_ms": round(journey.percentile_ms(name, 0.95), 1)} for name in steps},
        "cpu_ms_per_journey": cpu,
        "jobs_waiting_at_the_end": waiting,
        **load_of,
        "machine": shop.machine(),
    }  # fmt: skip
    words = ", ".join(f"{count} {name}" for name, count in load_of.items())
    table = Table(title=f"Journeys, {words}, worker running, {shop.machine()}")
    for column in ("step", "p50 ms", "p95 ms"):
        table.add_column(column, justify="left" if column == "step" else "right")
    for name in (*steps, "journey"):
        table.add_row(name, f"{journey.percentile_ms(name, 0.5):.1f}", f"{journey.percentile_ms(name, 0.95):.1f}")
    console = Console(width=110)
    console.print(table)
    console.print(
        f"{figures['journeys_per_second']} whole journeys a second; add to cart with 4 clients: "
        f"p95 {figures['add_to_cart_p95_ms']} ms."
    )
    parts = ", ".join(f"{part} {milliseconds} ms" for part, milliseconds in cpu.items())
    console.print(f"CPU of a journey: {parts}. {waiting} jobs were still waiting for the worker.")  # fmt: skip
    if as_json:
        click.echo(json.dumps(figures))


if __name__ == "__main__":
    main()
