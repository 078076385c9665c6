"""Time to import a catalogue with prices, stock and read model, into a database of its own: bin/bench import."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench import shop


@click.command()
@click.option("--products", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="File to import.")
@click.option("--map", "mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--stock", default=100, show_default=True, help="Pieces of each variant where the file names none.")
@click.option("--json", "as_json", is_flag=True)
def main(products: Path | None, mapping: Path | None, stock: int, as_json: bool) -> None:
    """Import a file into an empty shop, then once more, then as a dry run."""
    path = products or shop.default_products()
    if path is None:
        raise click.ClickException("Say which file to import with --products, or set NITKA_DATA.")
    with scratch():
        from nitka.faces.files.importing import import_products

        runs = {}
        with Progress(console=Console(stderr=True), disable=as_json, transient=True) as progress:
            for name, dry in (("first", False), ("again", False), ("dry run", True)):
                bar = progress.add_task(name, total=None)

                def move(done: int, total: int, bar: object = bar) -> None:
                    progress.update(bar, completed=done, total=total)  # type: ignore[arg-type]

                runs[name] = import_products(path, mapping=mapping, stock=stock, dry_run=dry, progress=move)
    report({name: run.as_json() for name, run in runs.items()}, path, as_json)


@contextmanager
def scratch() -> Iterator[None]:
    """An empty shop: a folder and a database that are gone afterwards, as durable meanwhile as a real one."""
    home = shop.ROOT / ".nitka" / "bench-import"
    os.environ |= {"NITKA_HOME": str(home), "NITKA_LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "bench.settings"}
    os.environ.pop("DATABASE_URL", None)
    from nitka.config import postgres
    from nitka.config.cli import start

    shutil.rmtree(home / "media", ignore_errors=True)
    start.start_database()
    start.setup_django()
    from django.db import connection

    name, first = f"bench_import_{os.getpid()}", connection.settings_dict["NAME"]
    _execute(f'CREATE DATABASE "{name}"')
    _point_at(name)
    try:
        start.migrate()
        from nitka.shelf.pricing import actions as pricing

        pricing.set_up_markets()
        yield
    finally:
        _point_at(str(first))
        _execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        _point_at(str(first))
        postgres.stop()
        shutil.rmtree(home / "media", ignore_errors=True)


def _execute(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)


def _point_at(database: str) -> None:
    """Leave the connection and its pool; the next one goes to that database."""
    from django.db import connection

    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = database


def report(runs: dict[str, dict[str, object]], path: Path, as_json: bool) -> None:
    table = Table(title=f"Import of {path.name}, {shop.machine()}")
    for column in ("run", "products", "new", "changed", "as it was", "variants", "pictures", "troubles", "seconds"):
        table.add_column(column, justify="left" if column == "run" else "right")
    keys = ("products", "created", "updated", "unchanged", "variants", "pictures", "refused", "seconds")
    for name, run in runs.items():
        table.add_row(name, *(str(run[key]) for key in keys))
    Console(width=110).print(table)
    if as_json:
        first = {key: runs["first"][key] for key in keys}
        again = {"seconds_again": runs["again"]["seconds"], "seconds_dry_run": runs["dry run"]["seconds"]}
        click.echo(json.dumps({**first, **again, "machine": shop.machine()}))


if __name__ == "__main__":
    main()
