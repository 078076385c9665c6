"""Many buyers for few pieces, each a whole checkout by the same verbs as the shop's: bin/bench oversell.

Buyers are threads in a few processes, all with connections of their own. Nothing is sold twice: as many are sold as
there were pieces, every other buyer is refused, and each sale was charged once.
"""

import json
import multiprocessing
import os
import time
from collections import Counter
from dataclasses import asdict, dataclass
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import click
from rich.console import Console
from rich.table import Table

from bench import shop

PROCESSES, THREADS = 4, 8
MARKET, COUNTRY, LANGUAGE = "eu", "DE", "en"
RETURN_URL = "http://localhost/en/order/"


@dataclass
class Figures:
    """What came of it. `charged` counts captured payments, `left` what could still be promised afterwards."""

    stock: int
    buyers: int
    sold: int
    refused: int
    charged: int
    left: int
    failed: int
    seconds: float

    @property
    def sound(self) -> bool:
        """Whether nothing was sold twice, lost, or charged without a sale."""
        sold = min(self.stock, self.buyers)
        expected = (sold, self.buyers - sold, sold, self.stock - sold, 0)
        return (self.sold, self.refused, self.charged, self.left, self.failed) == expected


@click.command()
@click.option("--stock", default=50, show_default=True, type=click.IntRange(0))
@click.option("--buyers", default=200, show_default=True, type=click.IntRange(1))
@click.option("--spread", is_flag=True, help="Also let as many buyers each buy a thing of their own, to compare.")
@click.option("--json", "as_json", is_flag=True)
def main(stock: int, buyers: int, spread: bool, as_json: bool) -> None:
    """So many buyers at once for so many pieces. Exits with 1 where a piece was sold twice or a charge is wrong."""
    shop.prepare(None)
    if spread:
        # Nobody waits for anybody here: no way of keeping stock could sell one hot item faster than this.
        outcomes, took = _crowd([_goods(stock)[1] for _each in range(buyers)], buyers)
        Console(stderr=True).print(
            f"{buyers} buyers of things of their own: {outcomes['sold'] / took:.1f} orders a second"
        )
    sku, variant_id = _goods(stock)
    results, seconds = _crowd([variant_id] * buyers, buyers)
    Console(stderr=True).print(f"{buyers} buyers of one thing: {results['sold'] / seconds:.1f} orders a second")
    figures = _figures(sku, variant_id, stock, buyers, results, seconds)
    _report(figures, results, as_json)
    if not figures.sound:
        raise SystemExit(1)


def _goods(stock: int) -> tuple[str, UUID]:
    """A product of this run alone, with a price and so many pieces."""
    from nitka.ground.ids import new_code
    from nitka.shelf.catalog import actions as catalog
    from nitka.shelf.catalog.queries import ProductDraft, VariantDraft
    from nitka.shelf.inventory import actions as inventory
    from nitka.shelf.pricing import actions as pricing

    handle = new_code("bench-oversell").lower()
    variant = VariantDraft(sku=handle, weight_g=500)
    (put,) = catalog.put_products(drafts=[ProductDraft(handle=handle, title={"en": "Hot item"}, variants=(variant,))])
    variant_id = put.variants[handle]
    pricing.set_prices(prices=[(variant_id, MARKET, 2500, None)])
    inventory.put_location(code="bench", name="Bench", country="PL", zone="Europe/Warsaw")
    inventory.set_stock(levels=[(variant_id, "bench", stock)])
    return handle, variant_id


def _crowd(wishes: list[UUID], buyers: int) -> tuple[Counter[str], float]:
    """Let all buyers go at once. Returns how often each thing happened (`sold`, `refused`, or the trouble), and the
    seconds from the first step of the first buyer to the last of the last."""
    from django.db import connections

    connections.close_all()
    # Forked children would share this process's connections; fresh ones begin with their own.
    context = multiprocessing.get_context("spawn")
    queue: Any = context.Queue()
    processes = min(PROCESSES, buyers)
    gate: Any = context.Barrier(processes)
    shares = [list(range(place, buyers, processes)) for place in range(processes)]
    crowd = [
        context.Process(target=_process, args=([str(wish) for wish in wishes], share, gate, queue)) for share in shares
    ]
    for each in crowd:
        each.start()
    parts = [queue.get() for _each in crowd]
    for each in crowd:
        each.join()
    results = Counter(outcome for outcomes, _began, _ended in parts for outcome in outcomes)
    return results, max(ended for *_rest, ended in parts) - min(began for _outcomes, began, _ended in parts)


def _process(wishes: list[str], numbers: list[int], gate: Any, queue: Any) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    import django

    django.setup()
    from django.db import connection

    outcomes: list[str] = []
    todo, start = list(numbers), Barrier(min(THREADS, len(numbers)))

    def work() -> None:
        start.wait()
        while todo:
            try:
                number = todo.pop()
            except IndexError:
                break
            try:
                outcomes.append(_buy(UUID(wishes[number]), number))
            except Exception as trouble:
                outcomes.append(f"{type(trouble).__name__}: {trouble}"[:160])
        connection.close()

    gate.wait()
    began = time.time()
    threads = [Thread(target=work) for _each in range(start.parties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shop.leave_pool()
    queue.put((outcomes, began, time.time()))


def _buy(variant_id: UUID, number: int) -> str:
    """One whole checkout with a card that works; `sold` or `refused`."""
    from nitka.ground.ids import new_token
    from nitka.ground.problem import Problem
    from nitka.people.customers.queries import PostalAddress
    from nitka.sale.checkout import actions as checkout
    from nitka.sale.checkout import queries as checkout_queries

    address = PostalAddress(
        name=f"Buyer {number}", company="", line1="Hauptstraße 5", line2="", postcode="10827", city="Berlin",
        region="", country=COUNTRY, phone="+4930901820",
    )  # fmt: skip
    try:
        cart = checkout.add_to_cart(token=None, variant_id=variant_id, quantity=1, market=MARKET, language=LANGUAGE)
        checkout.set_contact(token=cart.token, email=f"buyer{number}@bench.example")
        checkout.set_address(token=cart.token, shipping=address)
        page = checkout_queries.checkout(cart.token, LANGUAGE)
        assert page and page.options, "no delivery is offered"
        checkout.choose_delivery(token=cart.token, code=page.options[0].code)
        checkout.choose_payment(token=cart.token, method="demo_card", choice="success")
        placed = checkout.place(token=cart.token, key=new_token(), return_url=RETURN_URL)
    except Problem as refusal:
        if refusal.code in REFUSALS:
            return "refused"
        raise
    return "sold" if placed.status in SOLD else f"left {placed.status}"


# How the shop says that there is nothing left, in the cart or at the till.
REFUSALS = {"out_of_stock", "sold_out"}


def _figures(sku: str, variant_id: UUID, stock: int, buyers: int, results: Counter[str], seconds: float) -> Figures:
    """Counted from the shop's own books, not from what the buyers say: also orders that came to nothing."""
    from nitka.sale.orders import queries as orders
    from nitka.sale.payments import queries as payments
    from nitka.shelf.inventory import queries as inventory

    rows = list(orders.order_rows(search=sku, status=[*SOLD, *NOT_SOLD]))
    charges = [payment for row in rows for payment in payments.payments_of(row.id)]
    return Figures(
        stock=stock,
        buyers=buyers,
        sold=sum(row.status in SOLD for row in rows),
        refused=results["refused"],
        charged=sum(payment.state == "captured" for payment in charges),
        left=inventory.available([variant_id])[variant_id],
        failed=sum(results.values()) - results["sold"] - results["refused"],
        seconds=round(seconds, 2),
    )


SOLD = ("placed", "paid", "packed", "shipped", "delivered")
NOT_SOLD = ("awaiting", "failed", "cancelled")


def _report(figures: Figures, results: Counter[str], as_json: bool) -> None:
    console = Console(width=110)
    table = Table(title=f"{figures.buyers} buyers at once for {figures.stock} pieces, {shop.machine()}")
    for name in asdict(figures):
        table.add_column(name, justify="right")
    table.add_row(*(str(value) for value in asdict(figures).values()))
    console.print(table)
    for trouble, times in results.items():
        if trouble not in {"sold", "refused"}:
            console.print(f"{times} × {trouble}", markup=False)
    console.print("Nothing was sold twice." if figures.sound else "[red]This must not happen.[/red]")
    if as_json:
        click.echo(json.dumps(asdict(figures)))


if __name__ == "__main__":
    main()
