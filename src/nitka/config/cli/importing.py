"""`nitka import`: bring your own products, customers, orders and reviews."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from nitka.config.cli import start


@click.group(name="import")
def command() -> None:
    """Bring products, customers, orders and reviews from files. Safe to repeat: rows are matched, not doubled."""


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--map", "mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="How the file's fields map to Nitka's (TOML). Known files need none.")  # fmt: skip
@click.option("--stock", type=click.IntRange(min=0), help="Pieces of each variant where the file names none.")
@click.option("--images", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Folder of the pictures. Default: 'images' beside the file.")  # fmt: skip
@click.option("--language", default="en", show_default=True, help="Language of the file's texts.")
@click.option("--currency", default="", help="Currency of the prices where the file names none. Default: the shop's.")
@click.option("--dry-run", is_flag=True, help="Read everything, report, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object, last line.")
def products(
    file: Path,
    mapping: Path | None,
    stock: int | None,
    images: Path | None,
    language: str,
    currency: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import products from a table or JSON Lines file (plain or .gz).

    Tables are exports of Shopify, WooCommerce and Magento, Google Merchant's text files, and any CSV whose columns have
    common names (SKU, Title, Price, …), with comma, semicolon or tab, in UTF-8, UTF-16 or Windows' letters.

    Products are matched by handle, variants by SKU. A bad row is reported with its line and reason, and the rest goes
    in. Exit code 0: everything went in; 3: some rows did not; 1: the file could not be read, and nothing was written.
    """
    _set_up()
    from nitka.faces.files.importing import import_products

    _bring(
        file, as_json,
        lambda move: import_products(
            file, mapping=mapping, stock=stock, images=images, language=language, currency=currency, dry_run=dry_run,
            progress=move,
        ),
        rebuilds=False,
    )  # fmt: skip


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_MAP_HELP = "How the file's columns map to Nitka's (TOML). Known files need none."


@command.command()
@click.argument("file", type=_FILE)
@click.option("--map", "mapping", type=_FILE, help=_MAP_HELP)
@click.option("--dry-run", is_flag=True, help="Read everything, report, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object, last line.")
def customers(file: Path, mapping: Path | None, dry_run: bool, as_json: bool) -> None:
    """Import customers from CSV (plain or .gz) or Parquet.

    Customers are matched by their number in the system that they come from, then by e-mail. Exit codes as for products.
    """
    _set_up()
    from nitka.faces.files.importing import import_customers

    _bring(file, as_json, lambda move: import_customers(file, mapping=mapping, dry_run=dry_run, progress=move))


@command.command()
@click.argument("file", type=_FILE)
@click.option("--map", "mapping", type=_FILE, help=_MAP_HELP)
@click.option("--dry-run", is_flag=True, help="Read everything, report, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object, last line.")
def orders(file: Path, mapping: Path | None, dry_run: bool, as_json: bool) -> None:
    """Import orders, with their customers, from CSV (plain or .gz) or Parquet: a row for each line of an order.

    Orders are matched by their number. They are history: no mail goes out, no stock moves. An order with a bad row is
    reported and left out. Exit codes as for products.
    """
    _set_up()
    from nitka.faces.files.importing import import_orders

    _bring(file, as_json, lambda move: import_orders(file, mapping=mapping, dry_run=dry_run, progress=move))


@command.command()
@click.argument("file", type=_FILE)
@click.option("--map", "mapping", type=_FILE, help=_MAP_HELP)
@click.option("--language", default="", help="Language of the texts where the file names none. Default: the shop's.")
@click.option("--look-first", is_flag=True, help="Put them into the queue of the back office, not on the pages.")
@click.option("--dry-run", is_flag=True, help="Read everything, report, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object, last line.")
def reviews(file: Path, mapping: Path | None, language: str, look_first: bool, dry_run: bool, as_json: bool) -> None:
    """Import reviews from CSV (plain or .gz) or Parquet: a row for each, with SKU or handle, stars and words.

    Import the products first. A review is met again by its number, else by its words. Exit codes as for products.
    """
    _set_up()
    from nitka.faces.files.importing import import_reviews
    from nitka.ground.locale import LANGUAGES

    if language and language not in LANGUAGES:
        raise click.BadParameter(f"one of {', '.join(LANGUAGES)}", param_hint="--language")
    _bring(
        file, as_json,
        lambda move: import_reviews(
            file, mapping=mapping, language=language, look_first=look_first, dry_run=dry_run, progress=move
        ),
        rebuilds=False,
    )  # fmt: skip


def _set_up() -> None:
    start.start_database()
    start.setup_django()
    start.migrate()
    start.load_basics()  # goods are priced in markets, so a folder that nobody served yet needs them first


def _bring(
    file: Path, as_json: bool, run: Callable[[Callable[[int, int], None]], Any], *, rebuilds: bool = True
) -> None:  # fmt: skip
    from nitka.ground.problem import Problem

    with Progress(console=Console(stderr=True), disable=as_json) as progress:
        bar = progress.add_task(file.name, total=None)
        try:
            report = run(lambda done, total: progress.update(bar, completed=done, total=total))
        except Problem as problem:
            if as_json:
                click.echo(json.dumps({"error": problem.message, "code": problem.code}))
            raise click.ClickException(problem.message) from None
    values = report.as_json()
    if rebuilds and not report.dry_run and (report.created or report.updated):
        values |= _rebuild()
    for line in report.lines():
        click.echo(line, err=as_json)
    if as_json:
        click.echo(json.dumps(values))
    if report.errors:
        raise SystemExit(3)


def _rebuild() -> dict[str, Any]:
    """What depends on history is made anew, once: who is who, then what is known of them."""
    from nitka.insight.profiles import actions as profiles
    from nitka.people.customers import actions as customers

    began = time.monotonic()
    while customers.settle_links():
        pass
    rebuilt = profiles.rebuild()
    return {"profiles": rebuilt.buyers, "rebuild_seconds": round(time.monotonic() - began, 2)}
