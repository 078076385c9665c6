"""How many pages a second, beside two reference views in the same processes: bin/bench pages."""

import json
import random
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bench import load, shop

SECONDS = 5.0
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
@click.option("--seconds", default=SECONDS, show_default=True, help="For each page.")
@click.option("--json", "as_json", is_flag=True)
def main(products: Path | None, clients: int, seconds: float, as_json: bool) -> None:
    """Requests a second and p50/p95 of each page, and its ratio to a view of one query and one template."""
    shop.prepare(products or shop.default_products())
    targets = addresses()
    with shop.serving() as port:
        figures = {name: _measure(name, paths, port, clients, seconds) for name, paths in targets.items()}
    reference = figures["reference: one query, 20 rows"]["requests_per_second"]
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
        "reference: empty": ["/bench/empty"],
        "reference: one query, 20 rows": ["/bench/template"],
        "home": ["/en/"],
        "category": [f"/en/c/{node.slug.get('en', node.handle)}/" for node in nodes[:20]],
        "product": [f"/en/p/{slug}/" for slug in slugs],
        "search": [f"/en/search?q={query.replace(' ', '+')}" for query in QUERIES],
    }


def _measure(name: str, paths: list[str], port: int, clients: int, seconds: float) -> dict[str, float]:
    def visit(client: load.Client, turn: int):  # type: ignore[no-untyped-def]
        reply = client.get(paths[turn % len(paths)])
        if reply.status != 200:
            raise RuntimeError(f"{name}: {reply.status} for {paths[turn % len(paths)]}")
        yield name, reply.seconds

    figures = load.run(visit, host=shop.HOST, port=port, clients=clients, seconds=seconds)
    if figures.errors:
        raise click.ClickException(f"{name}: {figures.errors[0]}")
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
