"""Every race of the sale, as often as wanted, against a real database with real threads and killed processes:
bin/bench races --rounds N.

The races are those of the tests (tests/races.py); after each of them all books are checked (tests/books.py).
"""

import json
import os
import time
from dataclasses import asdict, dataclass, field

import click
from rich.console import Console
from rich.table import Table

from bench import shop

console = Console(stderr=True, width=110)
MOST_NOTES = 20


@dataclass
class Outcome:
    """What came of one race: how often it was run, in how many rounds something was wrong, and what."""

    rounds: int = 0
    violations: int = 0
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0


@click.command()
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1))
@click.option("--only", default="", help="Only races whose name has this in it.")
@click.option("--json", "as_json", is_flag=True)
def main(rounds: int, only: str, as_json: bool) -> None:
    """Run every race so often, and the books after each. Exits with 1 where anything was wrong."""
    os.environ["NITKA_BENCH_POOL"] = "off"  # each of 64 buyers speaks on a connection of its own
    shop.start_bare("races")
    _clear()
    outcomes = _run(rounds, only)
    _report(outcomes)
    if as_json:
        click.echo(json.dumps({"races": {name: asdict(each) for name, each in outcomes.items()}}))
    if any(each.violations for each in outcomes.values()) or not outcomes:
        raise SystemExit(1)


def _clear() -> None:
    """A shop that nobody has bought in, so that what is found is of this run."""
    from django.core.management import call_command
    from django.db import connection

    call_command("flush", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    from nitka.sale.checkout.tests.makers import open_shop

    open_shop()


def _run(rounds: int, only: str) -> dict[str, Outcome]:
    from tests import races

    outcomes = {name: Outcome() for name in races.RACES if only.lower() in name}
    for turn in range(rounds):
        for name, outcome in outcomes.items():
            began = time.monotonic()
            notes = races.run(name, turn)
            outcome.seconds = round(outcome.seconds + time.monotonic() - began, 2)
            outcome.rounds += 1
            outcome.violations += bool(notes)
            outcome.notes = [*outcome.notes, *(f"round {turn}: {note}" for note in notes)][:MOST_NOTES]
        console.print(f"Round {turn + 1} of {rounds}: {sum(each.violations for each in outcomes.values())} violations.")
    return outcomes


def _report(outcomes: dict[str, Outcome]) -> None:
    table = Table(title=f"Races, {shop.machine()}")
    for column in ("race", "rounds", "violations", "seconds"):
        table.add_column(column, justify="left" if column == "race" else "right")
    for name, each in outcomes.items():
        table.add_row(name, str(each.rounds), str(each.violations), f"{each.seconds:.1f}")
    console.print(table)
    for name, each in outcomes.items():
        for note in each.notes:
            console.print(f"{name}: {note}", markup=False)


if __name__ == "__main__":
    main()
