"""One item that everybody wants: a guarded update of one counter against a row for each piece: bin/bench hot.

Both take pieces in a transaction that goes on for a while afterwards, as placing an order does. The counter is locked
until that transaction ends, so buyers of one item follow each other; rows of single pieces are skipped where another
buyer has them (`FOR UPDATE SKIP LOCKED`). Nothing may be sold twice either way.
"""

import json
import random
import time
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from bench import shop

GUARDED = "UPDATE hot_levels SET reserved = reserved + %s WHERE id = 1 AND on_hand - reserved >= %s RETURNING id"
UNITS = (
    "WITH free AS (SELECT id FROM hot_units WHERE taken IS NULL LIMIT %s FOR UPDATE SKIP LOCKED)"
    " UPDATE hot_units u SET taken = true FROM free WHERE u.id = free.id RETURNING u.id"
)
TABLES = """
DROP TABLE IF EXISTS hot_levels; DROP TABLE IF EXISTS hot_units;
CREATE TABLE hot_levels (id int PRIMARY KEY, on_hand int, reserved int, CHECK (reserved <= on_hand));
CREATE TABLE hot_units (id int PRIMARY KEY, taken boolean);
CREATE INDEX hot_units_free ON hot_units (id) WHERE taken IS NULL;
"""


@click.command()
@click.option("--clients", default=32, show_default=True, type=click.IntRange(1))
@click.option("--stock", default=4000, show_default=True, type=click.IntRange(1))
@click.option("--seconds", default=4.0, show_default=True, type=click.FloatRange(0.1), help="For each measurement.")
@click.option("--rest", default="0,5,15,40", show_default=True, help="Milliseconds that the transaction goes on.")
@click.option("--json", "as_json", is_flag=True)
def main(clients: int, stock: int, seconds: float, rest: str, as_json: bool) -> None:
    """So many buyers at once for one item. Exits with 1 where a piece was sold twice."""
    shop.start_bare("hot")
    figures = []
    for milliseconds in (float(each) for each in rest.split(",")):
        for name, take in (("guarded update", _guarded), ("unit rows", _units)):
            figures.append(_measure(name, take, clients, stock, seconds, milliseconds))
    _report(figures, clients, stock)
    if as_json:
        click.echo(json.dumps(figures))
    if any(each["oversold"] for each in figures):
        raise SystemExit(1)


Take = Callable[[Any, int], bool]


def _guarded(cursor: Any, pieces: int) -> bool:
    cursor.execute(GUARDED, [pieces, pieces])
    return cursor.fetchone() is not None


def _units(cursor: Any, pieces: int) -> bool:
    cursor.execute(UNITS, [pieces])
    return len(cursor.fetchall()) == pieces


def _measure(
    name: str, take: Take, clients: int, stock: int, seconds: float, milliseconds: float
) -> dict[str, Any]:  # fmt: skip
    """Let all clients buy one to three pieces until the time is up or nothing is left."""
    import psycopg

    wanted = _fresh(stock)
    waits: list[float] = []
    sold, gate = [0] * clients, Barrier(clients + 1)

    def buy(number: int) -> None:
        dice = random.Random(number)
        with psycopg.connect(**wanted) as own:
            gate.wait()
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                began, pieces = time.monotonic(), dice.randint(1, 3)
                with own.cursor() as cursor:
                    got = take(cursor, pieces)
                if not got:
                    own.rollback()
                    break
                waits.append(time.monotonic() - began)
                time.sleep(milliseconds / 1000)
                own.commit()
                sold[number] += pieces

    crowd = [Thread(target=buy, args=(number,)) for number in range(clients)]
    for each in crowd:
        each.start()
    gate.wait()
    began = time.monotonic()
    for each in crowd:
        each.join()
    took = time.monotonic() - began
    waits.sort()
    return {
        "method": name, "rest_ms": milliseconds, "orders_per_second": round(len(waits) / took, 1),
        "wait_p50_ms": round(waits[len(waits) // 2] * 1000, 2),
        "wait_p95_ms": round(waits[int(len(waits) * 0.95)] * 1000, 2),
        "sold": sum(sold), "oversold": max(0, sum(sold) - stock),
    }  # fmt: skip


def _fresh(stock: int) -> dict[str, Any]:
    """Fill both tables anew. Returns how to reach their database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.execute("INSERT INTO hot_levels VALUES (1, %s, 0)", [stock])
        cursor.execute("INSERT INTO hot_units SELECT n, NULL FROM generate_series(1, %s) n", [stock])
        cursor.execute("ANALYZE hot_units")
    known = connection.get_connection_params()
    return {key: known[key] for key in ("dbname", "user", "password", "host", "port") if known.get(key)}


def _report(figures: list[dict[str, Any]], clients: int, stock: int) -> None:
    table = Table(title=f"{clients} buyers of one item with {stock} pieces, {shop.machine()}")
    for name in figures[0]:
        table.add_column(name, justify="left" if name == "method" else "right")
    for each in figures:
        table.add_row(*(str(value) for value in each.values()))
    Console(width=110, stderr=True).print(table)


if __name__ == "__main__":
    main()
