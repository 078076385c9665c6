"""Durable events a second over HTTP, and what a single one waits: bin/bench collect."""

import json
import multiprocessing
import os
import selectors
import socket
import time
from dataclasses import dataclass, field
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from bench import shop

BATCH = 50
BODIES = 400  # a sender makes its bodies beforehand, with a place for the message ids
PLACE = "0000000000000000"


@dataclass
class Load:
    """What one sender does: `rate` requests a second, or as many as it can where that is 0."""

    port: int
    path: str
    bodies: list[bytes]
    clients: int
    seconds: float
    rate: float = 0.0


@dataclass
class Heard:
    answers: int = 0
    wall: float = 0.0
    waits: list[float] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)

    def percentile_ms(self, share: float) -> float:
        ordered = sorted(self.waits)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


@click.command()
@click.option("--clients", default=16, show_default=True, help="Connections that send batches.")
@click.option("--single-clients", default=32, show_default=True, help="Connections that send single events.")
@click.option("--seconds", default=10.0, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def main(clients: int, single_clients: int, seconds: float, as_json: bool) -> None:
    """Batches of 50, single events at full and at half speed, and beside them an empty endpoint and a bare COPY."""
    shop.prepare(None)
    from nitka.people.events import actions as events

    key = events.put_source(code="bench", name="Bench", kind="server", trusted=True)
    _empty()
    batches, singles = _batches(key), _singles(key)
    with shop.serving() as running:
        ask = {"port": running.port, "seconds": seconds}
        run(Load(path="/v1/batch", bodies=batches, clients=clients, port=running.port, seconds=2))
        before = running.cpu_seconds()
        many = run(Load(path="/v1/batch", bodies=batches, clients=clients, **ask))
        used = {part: now - before[part] for part, now in running.cpu_seconds().items()}
        stored = _count()
        full = run(Load(path="/v1/track", bodies=singles, clients=single_clients, **ask))
        rate = full.answers / full.wall
        half = run(Load(path="/v1/track", bodies=singles, clients=single_clients, rate=rate / 2, **ask))
        empty = run(Load(path="/v1/m", bodies=batches, clients=clients, port=running.port, seconds=seconds / 2))
        copied = _bare_copy(seconds / 2)
    for heard in (many, full, half, empty):
        if heard.bad:
            raise click.ClickException(heard.bad[0])
    report(many, full, half, empty, copied, stored, used, as_json)


def run(load: Load) -> Heard:
    """Send from a process of its own, so that the bench's own work is not in the way."""
    context = multiprocessing.get_context("fork")
    queue: Any = context.Queue()
    process = context.Process(target=lambda: queue.put(_send(load)))
    process.start()
    heard: Heard = queue.get()
    process.join()
    return heard


def _send(load: Load) -> Heard:
    """One thread, one selector: every connection has one request under way, like a queue of an SDK."""
    heard = Heard()
    selector = selectors.DefaultSelector()
    requests = _Requests(load)
    began = time.perf_counter()
    end = began + load.seconds
    idle: list[socket.socket] = []
    for _client in range(load.clients):
        stream = socket.create_connection((shop.HOST, load.port))
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(stream, selectors.EVENT_READ)
        idle.append(stream)
    sent: dict[socket.socket, float] = {}
    due, step = began, 1 / load.rate if load.rate else 0.0
    while (now := time.perf_counter()) < end or sent:
        while idle and now < end and due <= now:
            stream = idle.pop()
            sent[stream] = due if step else now  # what waits for a free connection waits all the same
            stream.sendall(requests.next())
            due += step
        pause = max(0.0, min(due, end) - now) if idle and now < end else 1.0
        for key, _mask in selector.select(pause):
            stream = key.fileobj  # type: ignore[assignment]
            reply = stream.recv(4096)
            if not reply.startswith(b"HTTP/1.1 200"):
                heard.bad.append(reply[:200].decode("latin-1") or "the server hung up")
                return heard
            if stream not in sent:
                continue
            heard.waits.append(time.perf_counter() - sent.pop(stream))
            heard.answers += 1
            idle.append(stream)
    heard.wall = time.perf_counter() - began
    return heard


class _Requests:
    """Whole requests, ready made; before each is sent its message ids are made new by writing over one place."""

    def __init__(self, load: Load) -> None:
        head = f"POST {load.path} HTTP/1.1\r\nHost: {shop.HOST}\r\nContent-Type: application/json\r\nContent-Length: "
        self._all = [f"{head}{len(body)}\r\n\r\n".encode() + body for body in load.bodies]
        self._turn = int(time.time() * 1000) * 1000

    def next(self) -> bytes:
        self._turn += 1
        return self._all[self._turn % len(self._all)].replace(PLACE.encode(), f"{self._turn:016d}".encode())


def _event(number: int) -> dict[str, Any]:
    return {
        "type": "track", "event": ("Product Viewed", "Product List Viewed", "Product Added")[number % 3],
        "messageId": f"bench-{PLACE}-{number}", "anonymousId": f"visitor-{number % 5000}", "userId": None,
        "timestamp": "2026-11-20T12:00:00.000Z",
        "properties": {"product_id": f"p-{number % 997}", "sku": f"SKU-{number}", "name": "Oak table “Fjord”",
                       "price": 199.9, "currency": "EUR", "quantity": 1, "category": "tables/dining"},
        "context": {"library": {"name": "bench", "version": "1"}, "locale": "en-GB",
                    "page": {"path": "/en/p/oak-table", "referrer": "https://search.example/", "title": "Oak table"}},
    }  # fmt: skip


def _batches(key: str) -> list[bytes]:
    return [
        json.dumps({"writeKey": key, "batch": [_event(turn * BATCH + place) for place in range(BATCH)]}).encode()
        for turn in range(BODIES)
    ]


def _singles(key: str) -> list[bytes]:
    return [json.dumps({"writeKey": key, **_event(number)}).encode() for number in range(BODIES)]


def _count() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_events")
        count = int(cursor.fetchone()[0])
    shop.leave_pool()
    return count


def _empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE events_events, events_keys, events_rejected")
    shop.leave_pool()


def _bare_copy(seconds: float) -> float:
    """The same rows into a table of the same columns and nothing else, 1000 a commit, over one connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_bare")
        cursor.execute("CREATE TABLE bench_bare (LIKE events_events)")
    raw = connection.connection.connection if hasattr(connection.connection, "connection") else connection.connection
    lines = []
    with raw.cursor() as cursor, cursor.copy("COPY (SELECT * FROM events_events LIMIT 1000) TO STDOUT") as copy:
        lines = [bytes(line) for line in copy]
    block, rows, began = b"".join(lines), 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        with raw.cursor() as cursor, cursor.copy("COPY bench_bare FROM STDIN") as copy:
            copy.write(block)
        rows += len(lines)
    rate = rows / (time.perf_counter() - began)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_bare")
    shop.leave_pool()
    return rate


def report(
    many: Heard, full: Heard, half: Heard, empty: Heard, copied: float, stored: int, used: dict[str, float],
    as_json: bool,
) -> None:  # fmt: skip
    rate, bare = many.answers * BATCH / many.wall, empty.answers * BATCH / empty.wall
    figures = {
        "events_per_second": round(rate),
        "single_p99_ms": round(half.percentile_ms(0.99), 2),
        "single_p50_ms": round(half.percentile_ms(0.5), 2),
        "single_per_second": round(full.answers / full.wall),
        "copy_ratio": round(rate / copied, 3),
        "empty_ratio": round(rate / bare, 3),
        "copy_rows_per_second": round(copied),
        "empty_events_per_second": round(bare),
        "cpu_us_per_event": {part: round(1e6 * each / many.answers / BATCH, 1) for part, each in used.items()},
        "load_average": os.getloadavg()[0],
        "machine": shop.machine(),
    }
    table = Table(title=f"Collection, {shop.machine()}")
    table.add_column("what")
    table.add_column("figure", justify="right")
    for name, value in figures.items():
        table.add_row(name.replace("_", " "), str(value))
    console = Console(width=110)
    console.print(table)
    console.print(f"{stored} events were in the table after the batches; every answer came after its commit.")
    if as_json:
        click.echo(json.dumps(figures))


if __name__ == "__main__":
    main()
