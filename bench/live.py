"""How soon an open page of a customer shows what they do, while events flow: bin/bench live.

Senders post 200 events a second to the collection address; some are of customers whose pages are open. Each page polls
once a second, as the browser does. Measured: from the moment before an event is posted to the answer that draws it.
"""

import base64
import http.client
import itertools
import json
import random
import re
import statistics
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import click

from bench import shop

PAGES, BATCH = 6, 5
NUMBERED = re.compile(r"Looked at Live (\d+)<")


@dataclass
class Clock:
    """When each event was sent, and when a page first drew it."""

    sent: dict[int, float] = field(default_factory=dict)
    drawn: dict[int, float] = field(default_factory=dict)
    watched: set[int] = field(default_factory=set)
    posted: int = 0
    over: bool = False


@click.command()
@click.option("--seconds", default=30, show_default=True, type=click.IntRange(5))
@click.option("--rate", default=200, show_default=True, help="Events a second.")
@click.option("--json", "as_json", is_flag=True)
def main(seconds: int, rate: int, as_json: bool) -> None:
    """Post events and watch the pages of some of those who caused them."""
    shop.prepare(None)
    from nitka.people.events import actions as events

    key = events.put_source(code="bench-live", name="Bench live", kind="server", trusted=True)
    people = [_customer(number) for number in range(PAGES)]
    session = _session()
    clock = Clock()
    with shop.serving() as running:
        pages = [
            threading.Thread(target=_watch, args=(running.port, customer_id, session, clock)) for customer_id in people
        ]
        for each in pages:
            each.start()
        time.sleep(2)
        _send(running.port, key, rate, seconds, clock)
        time.sleep(4)
        clock.over = True
        for each in pages:
            each.join()
    waits = sorted(clock.drawn[number] - clock.sent[number] for number in clock.drawn)
    cut = statistics.quantiles(waits, n=100)
    figures = {
        "live_p50_s": round(cut[49], 3), "live_p99_s": round(cut[98], 3), "live_max_s": round(waits[-1], 3),
        "watched": len(clock.watched), "drawn": len(clock.drawn), "posted": clock.posted,
        "events_per_second": round(clock.posted / seconds),
    }  # fmt: skip
    print(json.dumps(figures) if as_json else "\n".join(f"{name:>18} {value}" for name, value in figures.items()))


def _customer(number: int) -> UUID:
    from nitka.people.customers import actions as customers
    from nitka.people.customers import queries
    from nitka.people.customers.models import Evidence

    made = customers.recognise(email=f"live-{number}@example.com", language="en", market="eu", name=f"Live {number}")
    mark = queries.evidence_id("device", f"live-device-{number}")
    Evidence.objects.update_or_create(
        id=mark,
        defaults={"kind": "device", "value": f"live-device-{number}", "source": "bench", "customer_id": made},
    )
    return made


def _session() -> str:
    """The cookie of somebody of the staff."""
    from django.conf import settings
    from django.test import Client

    from nitka.people.accounts.models import User

    user, _made = User.objects.get_or_create(email="live@example.com", defaults={"role": "owner"})
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _watch(port: int, customer_id: UUID, session: str, clock: Clock) -> None:
    """An open page: draws the thread, then asks each second what came."""
    time.sleep(random.random())
    path = f"/back/customers/{customer_id}/"
    headers = {"Cookie": session, "Accept": "application/json"}
    text = _get(port, path, headers)
    cursor, last = (text.split(f'data-{name}="')[1].split('"')[0] for name in ("cursor", "last"))
    while not clock.over:
        said = json.loads(_get(port, f"{path}since?{urlencode({'cursor': cursor, 'last': last})}", headers))
        now = time.monotonic()
        for number in map(int, NUMBERED.findall(said.get("html", ""))):
            if number in clock.watched:
                clock.drawn.setdefault(number, now)
        cursor, last = said["cursor"], said.get("last") or last
        time.sleep(1)


def _get(port: int, path: str, headers: dict[str, str]) -> str:
    connection = http.client.HTTPConnection(shop.HOST, port, timeout=20)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    if answer.status != 200:
        raise click.ClickException(f"{path} answered {answer.status}")
    return body


def _send(port: int, key: str, rate: int, seconds: int, clock: Clock) -> None:
    """Batches of five at even distances; of each hundred events three are of somebody whose page is open."""
    connection = http.client.HTTPConnection(shop.HOST, port, timeout=20)
    headers = {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode(),
               "Content-Type": "application/json"}  # fmt: skip
    began, numbers = time.monotonic(), itertools.count(int(time.time()) * 1000)
    for place in range(rate * seconds // BATCH):
        time.sleep(max(0.0, began + place * BATCH / rate - time.monotonic()))
        batch: list[dict[str, Any]] = []
        for _event in range(BATCH):
            number = next(numbers)
            mine = number % 33 == 0
            who = f"live-device-{number // 33 % PAGES}" if mine else f"crowd-{number % 500}"
            batch.append({"type": "track", "event": "Product Viewed", "anonymousId": who, "messageId": f"live-{number}",
                          "properties": {"name": f"Live {number}"}})  # fmt: skip
            if mine:
                clock.watched.add(number)
                clock.sent[number] = time.monotonic()
        connection.request("POST", "/v1/batch", body=json.dumps({"batch": batch}), headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise click.ClickException(f"The collector answered {answer.status}")
        clock.posted += BATCH


if __name__ == "__main__":
    main()
