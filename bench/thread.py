"""The thread of a customer with a long story in a large table: bin/bench thread.

Events are written by COPY into a shop of the bench's own, over a year of monthly partitions; one customer has ten
thousand items (a tenth are facts) under five devices. Measured: the first page, pages far back, the poll of an open
page, and the first page with its lines drawn.
"""

import json
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import click
from rich.console import Console
from rich.table import Table

from bench import shop

DEVICES, PAGE, BATCH = 5, 50, 250_000
SPACE = UUID("0f0e0d0c-0b0a-4909-8807-060504030201")
YEAR = timedelta(days=365)
NAMES = (("Product Viewed", 2), ("", 3), ("Products Searched", 2), ("Product Added", 2), ("Product List Viewed", 2))
COLUMNS = "at, source, message_id, kind, name, evidence, device, flags, consent, properties, context"


@click.command()
@click.option(
    "--items", default=5_000_000, show_default=True, type=click.IntRange(100), help="Rows of the whole table."
)
@click.option("--own", default=10_000, show_default=True, type=click.IntRange(50), help="Items of the customer.")
@click.option("--rounds", default=400, show_default=True, type=click.IntRange(20))
@click.option("--json", "as_json", is_flag=True)
def main(items: int, own: int, rounds: int, as_json: bool) -> None:
    """How long a page of the thread takes. Other sizes are other shops: the first run of a size fills it."""
    own = min(own, items)
    shop.start_bare(f"thread-{items}-{own}")
    customer_id, seconds = _fill(items, own)
    figures = {**measure(customer_id, rounds), "items": items, "own_items": own, "fill_seconds": round(seconds, 1)}
    if as_json:
        print(json.dumps(figures))
    else:
        _print(figures)


def _fill(items: int, own: int) -> tuple[UUID, float]:
    """The customer, after the tables were filled once."""
    from django.db import connection

    mark = Path(os.environ["NITKA_HOME"]) / "filled"
    if mark.exists():
        return UUID(mark.read_text()), 0.0
    began = time.monotonic()
    now = datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE events_events, facts CASCADE")
        cursor.execute(
            "SELECT events_ensure_partition((now() - make_interval(months => m))::date) FROM generate_series(0, 12) m"
        )
    customer_id, devices = _customer()
    facts = own // 10
    _write_events(_rows(items, own - facts, devices, now), items)
    _write_facts(customer_id, facts, now)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    mark.write_text(str(customer_id))
    return customer_id, time.monotonic() - began


def _customer() -> tuple[UUID, list[UUID]]:
    from nitka.people.customers import actions as customers
    from nitka.people.customers.models import Evidence

    customer_id = customers.recognise(email="long@example.com", language="en", market="eu", name="Long Story")
    devices = [uuid5(SPACE, f"own-{number}") for number in range(DEVICES)]
    Evidence.objects.filter(id__in=devices).delete()
    Evidence.objects.bulk_create(
        Evidence(id=each, kind="device", value=f"bench-{each}", source="bench", customer_id=customer_id)
        for each in devices
    )
    return customer_id, devices


def _rows(items: int, own: int, devices: list[UUID], now: datetime) -> Iterator[tuple[Any, ...]]:
    """Rows in the order of time; those of the customer evenly among them."""
    dice = random.Random(20261121)
    others = [uuid5(SPACE, str(number)) for number in range(max(1, items // 150))]
    properties = [
        json.dumps({"name": f"Lamp {n}", "product_id": str(n), "query": "lamp", "results": n % 40,
                    "price": f"{n}.50", "currency": "EUR", "category": "Lighting"})
        for n in range(200)
    ]  # fmt: skip
    contexts = [
        json.dumps({"page": {"path": f"/en/p/lamp-{n}/", "title": f"Lamp {n}", "url": f"https://shop/en/p/lamp-{n}/"},
                    "locale": "en-GB", "screen": {"width": 390, "height": 844}})
        for n in range(200)
    ]  # fmt: skip
    every = items / own
    step, mine = YEAR / items, 0
    for number in range(items):
        name, kind = NAMES[number % len(NAMES)]
        if number >= mine * every and mine < own:
            evidence, mine = devices[mine // 20 % DEVICES], mine + 1
        else:
            evidence = others[int(dice.random() * len(others))]
        yield (now - YEAR + step * number, 1, f"b-{number}", kind, name, evidence, evidence,
               1 if number % 53 == 0 else 0, 1, properties[number % 200], contexts[number % 199])  # fmt: skip


def _write_events(rows: Iterator[tuple[Any, ...]], items: int) -> None:
    from django.db import connection

    connection.ensure_connection()
    raw: Any = connection.connection
    written = 0
    while written < items:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
        with raw.cursor() as cursor, cursor.copy(f"COPY events_events ({COLUMNS}) FROM STDIN") as copy:
            for row in _some(rows):
                copy.write_row(row)
                written += 1
        shop.console.print(f"{written:,} of {items:,} events")


def _some(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for _number, row in zip(range(BATCH), rows, strict=False):
        yield row


def _write_facts(customer_id: UUID, count: int, now: datetime) -> None:
    from nitka.ground.facts.actions import tell_history
    from nitka.ground.ids import new_id
    from nitka.sale.orders.facts import OrderPacked

    step = YEAR / max(1, count)
    tell_history([
        (OrderPacked(order_id=new_id(), code=f"NK-{number:04}", customer_id=customer_id), now - YEAR + step * number)
        for number in range(count)
    ])  # fmt: skip


def measure(customer_id: UUID, rounds: int) -> dict[str, Any]:
    """Milliseconds of each kind of reading, the questions for the person's ids included."""
    from nitka.people.thread import queries as thread

    cursors: list[str | None] = [None]
    items = 0
    while True:
        page = thread.thread_of(customer_id, cursors[-1], PAGE)
        items += len(page.items)
        if page.next is None:
            break
        cursors.append(page.next)
    dice = random.Random(1)
    since = thread.since_of(thread.parties_of(customer_id))
    first = _timed(rounds, lambda: thread.thread_of(customer_id, None, PAGE))
    deep = _timed(rounds, lambda: thread.thread_of(customer_id, dice.choice(cursors), PAGE))
    orders = _timed(rounds, lambda: thread.thread_of(customer_id, dice.choice(cursors), PAGE, ["orders"]))
    poll = _timed(rounds, lambda: thread.thread_since(thread.parties_of(customer_id), since))
    drawn = _timed(
        rounds // 4,
        lambda: [
            thread.line_of(item, "pl") for item in thread.thread_of(customer_id, dice.choice(cursors), PAGE).items
        ],
    )
    cut = _cuts([*first, *deep])
    return {
        "p50_ms": cut[0], "p95_ms": cut[1], "first_p95_ms": _cuts(first)[1], "deep_p95_ms": _cuts(deep)[1],
        "orders_p95_ms": _cuts(orders)[1], "since_p50_ms": _cuts(poll)[0], "since_p95_ms": _cuts(poll)[1],
        "drawn_p95_ms": _cuts(drawn)[1], "pages": len(cursors), "items_read": items, "by_index": _by_index(customer_id),
    }  # fmt: skip


def _timed(rounds: int, ask: Callable[[], object]) -> list[float]:
    for _warm in range(10):
        ask()
    taken = []
    for _round in range(rounds):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _cuts(taken: list[float]) -> tuple[float, float]:
    cut = statistics.quantiles(taken, n=100)
    return round(cut[49], 2), round(cut[94], 2)


def _by_index(customer_id: UUID) -> bool:
    """Whether PostgreSQL says that no table is read from its beginning."""
    from django.db import connection, transaction

    from nitka.people.thread import queries as thread
    from nitka.people.thread.reading import IN_ORDER, Wanted, statement

    found = statement(thread.parties_of(customer_id), Wanted(limit=PAGE + 1))
    if found is None:
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(IN_ORDER)
        cursor.execute("EXPLAIN " + found[0], found[1])
        plan = [line for (line,) in cursor.fetchall()]
    return not any("Seq Scan on events_y" in line or "Seq Scan on facts" in line or "Bitmap" in line for line in plan)


def _print(figures: dict[str, Any]) -> None:
    table = Table(title=f"Thread: {figures['own_items']:,} items of one customer among {figures['items']:,} events")
    for column in ("", "p50 ms", "p95 ms"):
        table.add_column(column, justify="right" if column else "left")
    table.add_row("a page (first and far back)", str(figures["p50_ms"]), str(figures["p95_ms"]))
    for name, label in (("first", "first page"), ("deep", "page far back"), ("orders", "only orders"),
                        ("since", "poll of an open page"), ("drawn", "page with its lines drawn")):  # fmt: skip
        table.add_row(label, str(figures.get(f"{name}_p50_ms", "")), str(figures[f"{name}_p95_ms"]))
    Console().print(table)
    Console().print(f"Every partition by index: {'yes' if figures['by_index'] else 'no'}. {shop.machine()}")


if __name__ == "__main__":
    main()
