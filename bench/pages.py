"""How many pages a second, beside two reference views in the same processes: bin/bench pages."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bench import load, shop

SECONDS = 6.0
ROUNDS = 3
EMPTY, REFERENCE = "reference: empty", "reference: one query, 20 rows"
# What the page must hold to count.
SHOWS = {
    EMPTY: b"",
    REFERENCE: b"</table>",
    "home": b'class="cards"',
    "category": b'class="cards"',
    "product": b'name="variant"',
    "search": b'class="cards"',
}
QUERIES = [
    "laptop",
    "printer toner",
    "hp notebook",
    "headphones",
    "samsung",
    "usb cable",
    "monitor 24",
    "logitech mouse",
]


@click.command()
@click.option("--products", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Catalogue to serve.")
@click.option("--clients", default=16, show_default=True)
@click.option("--seconds", default=SECONDS, show_default=True, help="For each page, all rounds.")
@click.option(
    "--cached", is_flag=True, help="Beside the same pages given out ready, as visitors without a cart get them."
)
@click.option("--json", "as_json", is_flag=True)
def main(products: Path | None, clients: int, seconds: float, cached: bool, as_json: bool) -> None:
    """Requests a second and p50/p95 of each page, and its ratio to a view of one query and one template."""
    shop.prepare(products or shop.default_products())
    if cached:
        from bench import cached as ready

        ready.main(clients, seconds, as_json)
        return
    targets = addresses()
    with shop.serving(ready_pages=False) as running:
        figures = _measure(targets, running.port, clients, seconds)
    reference = figures[REFERENCE]["requests_per_second"]
    for row in figures.values():
        row["ratio_to_template"] = round(row["requests_per_second"] / reference, 3)
    show(figures, clients)
    if as_json:
        click.echo(json.dumps({"pages": figures, "clients": clients, "machine": shop.machine()}))


def addresses() -> dict[str, list[str]]:
    """Real addresses of this shop, many for each kind of page."""
    from nitka.shelf.catalog import queries as catalog
    from nitka.shelf.search import queries as search

    dice = random.Random(7)
    slugs = [card.slug for page in range(1, 9) for card in search.find(language="en", market="eu", page=page).cards]
    nodes = [node for node in catalog.category_tree() if node.depth == 0]
    dice.shuffle(slugs)
    return {
        EMPTY: ["/bench/empty"],
        REFERENCE: ["/bench/template"],
        "home": ["/en/"],
        "category": [f"/en/c/{node.slug.get('en', node.handle)}/" for node in nodes[:20]],
        "product": [f"/en/p/{slug}/" for slug in slugs],
        "search": [f"/en/search?q={query.replace(' ', '+')}" for query in QUERIES],
    }


def _measure(targets: dict[str, list[str]], port: int, clients: int, seconds: float) -> dict[str, dict[str, float]]:
    """All pages in turn, several times: what else the machine does then falls on all of them alike."""
    rounds = [
        {name: _round(name, paths, port, clients, seconds / ROUNDS) for name, paths in targets.items()}
        for _round_number in range(ROUNDS)
    ]
    return {name: _figures(name, load.joined([each[name] for each in rounds])) for name in targets}


def _round(name: str, paths: list[str], port: int, clients: int, seconds: float) -> load.Figures:
    def visit(client: load.Client, turn: int) -> Iterator[tuple[str, float]]:
        path = paths[turn % len(paths)]
        reply = client.get(path)
        if reply.status != 200 or SHOWS[name] not in reply.body:
            raise RuntimeError(f"{path} answered {reply.status}, without {SHOWS[name].decode()!r}")
        yield name, reply.seconds

    figures = load.run(visit, host=shop.HOST, port=port, clients=clients, seconds=seconds)
    if figures.errors:
        raise click.ClickException(f"{name}: {figures.errors[0]}")
    return figures


def _figures(name: str, figures: load.Figures) -> dict[str, float]:
    return {
        "requests_per_second": round(figures.rate(name), 1),
        "p50_ms": round(figures.percentile_ms(name, 0.5), 2),
        "p95_ms": round(figures.percentile_ms(name, 0.95), 2),
    }


def show(figures: dict[str, dict[str, float]], clients: int) -> None:
    table = Table(title=f"Pages, {clients} clients, {shop.machine()}")
    for column in ("page", "requests/s", "p50 ms", "p95 ms", "ratio to reference"):
        table.add_column(column, justify="left" if column == "page" else "right")
    for name, row in figures.items():
        table.add_row(name, f"{row['requests_per_second']:.0f}", f"{row['p50_ms']:.1f}", f"{row['p95_ms']:.1f}",
                      f"{row['ratio_to_template']:.2f}")  # fmt: skip
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
