"""Whole journeys a second, and the time to add to the cart: bin/bench checkout."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bench import load, shop
from bench.pages import addresses

STEPS = ("home", "search", "product", "add", "checkout", "address", "place", "order page")
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
@click.option("--json", "as_json", is_flag=True)
def main(products: Path | None, clients: int, seconds: float, payment: str, as_json: bool) -> None:
    """Journeys from the home page to the order page, worker running; then add-to-cart alone with 4 clients."""
    shop.prepare(products or shop.default_products())
    targets = addresses()
    with shop.serving() as running:
        where = {"host": shop.HOST, "port": running.port}
        load.run(_journey(targets, payment), **where, clients=clients, seconds=2)  # caches are filled, code is warm
        before = running.cpu_seconds()
        journey = load.run(_journey(targets, payment), **where, clients=clients, seconds=seconds, warm_up=0)
        used = {part: seconds - before[part] for part, seconds in running.cpu_seconds().items()}
        waiting = shop.jobs_waiting()
        adding = load.run(_adding(targets), **where, clients=4, seconds=max(5, seconds / 3))
    if journey.errors or adding.errors:
        raise click.ClickException((journey.errors + adding.errors)[0])
    report(journey, adding, used, waiting, clients, as_json)


def _journey(targets: dict[str, list[str]], payment: str) -> load.Visit:
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
        added = client.post("/en/cart/add", variant=_variant(page), quantity=1)
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
        if turn % 10 == 0:
            client.cookies.clear()
        reply = client.post("/en/cart/add", variant=variants[product], quantity=1)
        if reply.status not in {200, 302, 303}:
            raise RuntimeError(f"add: {reply.status}, {_complaint(reply)}")
        yield "add to cart", reply.seconds

    return visit


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
    journey: load.Figures, adding: load.Figures, used: dict[str, float], waiting: int, clients: int, as_json: bool
) -> None:
    finished = max(1, len(journey.times.get("journey", ())))
    cpu = {part: round(1000 * seconds / finished, 1) for part, seconds in used.items()}
    figures = {
        "journeys_per_second": round(journey.rate("journey"), 2),
        "add_to_cart_p95_ms": round(adding.percentile_ms("add to cart", 0.95), 2),
        "add_to_cart_p50_ms": round(adding.percentile_ms("add to cart", 0.5), 2),
        "steps": {name: {"p50_ms": round(journey.percentile_ms(name, 0.5), 1),
                         "p95_ms": round(journey.percentile_ms(name, 0.95), 1)} for name in STEPS},
        "cpu_ms_per_journey": cpu,
        "jobs_waiting_at_the_end": waiting,
        "clients": clients,
        "machine": shop.machine(),
    }  # fmt: skip
    table = Table(title=f"Journeys, {clients} clients, worker running, {shop.machine()}")
    for column in ("step", "p50 ms", "p95 ms"):
        table.add_column(column, justify="left" if column == "step" else "right")
    for name in (*STEPS, "journey"):
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
