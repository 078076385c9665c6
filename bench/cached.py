"""Ready pages beside the same pages made for each visitor, in one run: bin/bench pages --cached.

Two shops on one database, one of them without a page cache; each page is asked of both in turn. Then a price is changed
again and again, and measured is how long after the commit the old one was still given out.
"""

import json
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from bench import load, shop
from bench.pages import ROUNDS, SHOWS, addresses

KINDS = {"home": 1, "category": 20, "product": 60, "search": 8, "article": 1}  # kind → addresses
CHANGES = 12
MEANS = b'class="'


def main(clients: int, seconds: float, as_json: bool) -> None:
    """Print requests a second, times and processor time of both, and how old what was given out could be."""
    targets = {kind: paths[: KINDS[kind]] for kind, paths in _addresses().items()}
    with shop.serving(ready_pages=False) as plain, shop.serving(worker=False) as ready:
        _fill(targets, ready.port)
        figures = _measure(targets, {"made": plain, "ready": ready}, clients, seconds)
        ages = _ages(ready)
    _show(figures, ages, clients)
    if as_json:
        click.echo(json.dumps({"pages": figures, "old_after_s": ages, "clients": clients, "machine": shop.machine()}))


def _addresses() -> dict[str, list[str]]:
    from nitka.shelf.content import queries as content

    found = {kind: paths for kind, paths in addresses().items() if kind in KINDS}
    # The page `home` is the sentence of the front page.
    articles = [page.slug for page in content.pages("article") if page.slug != "home"]
    return found | {"article": [f"/en/article/{slug}/" for slug in articles[:1]]}


def _fill(targets: dict[str, list[str]], port: int) -> None:
    """Let every web process make every page once: each connection stays with one of them."""
    for _connection in range(6):
        client = load.Client(shop.HOST, port)
        for paths in targets.values():
            for path in paths:
                client.get(path)
        client.close()


def _measure(
    targets: dict[str, list[str]], shops: dict[str, shop.Running], clients: int, seconds: float
) -> dict[str, dict[str, Any]]:
    rounds: dict[tuple[str, str], list[load.Figures]] = {}
    used: dict[tuple[str, str], float] = {}
    for _round in range(ROUNDS):
        for kind, paths in targets.items():
            for name, running in shops.items():
                before = running.cpu_seconds()
                part = _one(kind, paths, running.port, clients, seconds / ROUNDS)
                after = running.cpu_seconds()
                rounds.setdefault((kind, name), []).append(part)
                spent = after["serve"] - before["serve"] + after["database"] - before["database"]
                used[kind, name] = used.get((kind, name), 0.0) + spent
    figures: dict[str, dict[str, Any]] = {kind: {} for kind in targets}
    for (kind, name), parts in rounds.items():
        whole = load.joined(parts)
        # The warm-up of each round is work as well: a second beside the measured time.
        share = (seconds / ROUNDS) / (seconds / ROUNDS + 1.3)
        figures[kind][name] = {
            "requests_per_second": round(whole.rate(kind), 1),
            "p50_ms": round(whole.percentile_ms(kind, 0.5), 2), "p95_ms": round(whole.percentile_ms(kind, 0.95), 2),
            "cpu_ms": round(1000 * used[kind, name] * share / max(1, len(whole.times[kind])), 3),
        }  # fmt: skip
    for row in figures.values():
        row["times"] = round(row["ready"]["requests_per_second"] / row["made"]["requests_per_second"], 2)
        row["times_less_cpu"] = round(row["made"]["cpu_ms"] / row["ready"]["cpu_ms"], 1)
    return figures


def _one(kind: str, paths: list[str], port: int, clients: int, seconds: float) -> load.Figures:
    means = SHOWS.get(kind, MEANS)

    def visit(client: load.Client, turn: int) -> Any:
        path = paths[turn % len(paths)]
        reply = client.get(path)
        if reply.status != 200 or means not in reply.body:
            raise RuntimeError(f"{path} answered {reply.status}, without {means.decode()!r}")
        yield kind, reply.seconds

    figures = load.run(visit, host=shop.HOST, port=port, clients=clients, seconds=seconds)
    if figures.errors:
        raise click.ClickException(f"{kind}: {figures.errors[0]}")
    return figures


def _ages(running: shop.Running) -> dict[str, float]:
    """Seconds from the commit of a change to the last old page: of a price on its page and in a list, and of a text."""
    from nitka.shelf.content import actions as content
    from nitka.shelf.pricing import actions as pricing
    from nitka.shelf.search import queries as search

    [card, *_others] = search.find(language="en", market="eu", page_size=1).cards
    page = search.product_page(slug=card.slug, language="en", market="eu")
    assert page is not None
    path, listed = f"/en/p/{card.slug}/", f"/en/c/{page.category}/"
    ages: dict[str, list[float]] = {"price": [], "price_in_list": [], "text": []}
    for number in range(CHANGES):
        for name, where in (("price", path), ("price_in_list", listed)):
            minor = 100_000 + int(time.time()) % 1000 * 100 + len(ages["price_in_list"]) * 2 + len(ages["price"])
            prices = [(each.id, "eu", minor, None) for each in page.variants]
            ages[name].append(
                _old_for(running.port, where, f"{minor % 100_000 / 100:06.2f}", partial(_set_prices, pricing, prices))
            )
        name = f"Bench {number}"
        ages["text"].append(_old_for(running.port, path, f"{name}<", partial(content.set_shop, name=name)))
    content.set_shop(name="Nitka")
    shop.leave_pool()
    figures: dict[str, float] = {}
    for name, found in ages.items():
        figures |= {f"{name}_p50": round(sorted(found)[CHANGES // 2], 2), f"{name}_max": round(max(found), 2)}
    return figures


def _set_prices(pricing: Any, prices: list[Any]) -> None:
    pricing.set_prices(prices=prices)


def _old_for(port: int, path: str, new: str, change: Callable[[], object]) -> float:
    """How long after the commit the last page without these words was asked for and given out.

    Visitors ask all the while, before the change as well, so that the page is ready and every web process has just
    looked for news: the worst case, not the best.
    """
    from django.db import transaction

    committed: list[float] = []
    answers: list[tuple[float, bool]] = []
    enough = threading.Event()
    visitors = [threading.Thread(target=_visit, args=(port, path, new, answers, enough)) for _each in range(4)]
    for visitor in visitors:
        visitor.start()
    time.sleep(0.6)
    with transaction.atomic():
        transaction.on_commit(lambda: committed.append(time.monotonic()))
        change()
    _wait_for_new(answers)
    enough.set()
    for visitor in visitors:
        visitor.join()
    old = [asked for asked, is_new in answers if not is_new]
    return max(0.0, max(old, default=0.0) - committed[0])


def _visit(port: int, path: str, new: str, answers: list[tuple[float, bool]], enough: threading.Event) -> None:
    client = load.Client(shop.HOST, port)
    while not enough.wait(0.01):
        asked = time.monotonic()
        answers.append((asked, new in client.get(path).text))
    client.close()


def _wait_for_new(answers: list[tuple[float, bool]]) -> None:
    """Until no old page was seen for a second."""
    start = time.monotonic()
    while time.monotonic() - start < 20:
        time.sleep(0.1)
        old = max((asked for asked, is_new in list(answers) if not is_new), default=start)
        if time.monotonic() - max(old, start) > 1.0:
            return
    raise click.ClickException("A change did not reach the pages within 20 seconds.")


def _show(figures: dict[str, dict[str, Any]], ages: dict[str, float], clients: int) -> None:
    table = Table(title=f"Pages made and ready, {clients} clients, {shop.machine()}")
    for column in ("page", "made/s", "ready/s", "times", "p50 ms", "ready", "p95 ms", "ready", "CPU ms", "ready"):
        table.add_column(column, justify="left" if column == "page" else "right")
    for kind, row in figures.items():
        made, ready = row["made"], row["ready"]
        table.add_row(
            kind, f"{made['requests_per_second']:.0f}", f"{ready['requests_per_second']:.0f}", f"{row['times']:.1f}",
            f"{made['p50_ms']:.1f}", f"{ready['p50_ms']:.1f}", f"{made['p95_ms']:.1f}", f"{ready['p95_ms']:.1f}",
            f"{made['cpu_ms']:.2f}", f"{ready['cpu_ms']:.2f}",
        )  # fmt: skip
    console = Console(width=120)
    console.print(table)
    console.print("Seconds for which the old page was still given out:", ages)
