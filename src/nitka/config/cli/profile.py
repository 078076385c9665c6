"""`nitka profile`: what orders and behaviour say of customers."""

import json
import time
from typing import TYPE_CHECKING
from uuid import UUID

import click
from rich.console import Console
from rich.progress import Progress

from nitka.config.cli import start

if TYPE_CHECKING:
    from nitka.insight.profiles.actions import Rebuilt

MOST_NAMED = 20


@click.group(name="profile")
def command() -> None:
    """What orders and behaviour say of customers."""


@command.command()
@click.option("--check", is_flag=True, help="Compare only; nothing is changed.")
@click.option("--customer", "code", help="The code of one customer. Default: everybody, and all visitors.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object, last line.")
def rebuild(check: bool, code: str | None, as_json: bool) -> None:
    """Make profiles again from the thread (facts, orders, events), and say whether anything differed.

    Exit code 0: what was stored is what the thread says; 3: it was not (and is now, without --check); 1: no such
    customer. May be run while the shop is open.
    """
    start.start_database()
    start.setup_django()
    start.migrate()
    from nitka.ground.facts import followers
    from nitka.insight.profiles import actions as profiles

    began = time.monotonic()
    if not check:
        followers.catch_up()
    with Progress(console=Console(stderr=True), disable=as_json) as progress:
        bar = progress.add_task("Profiles", total=None)
        report = profiles.rebuild(
            customer_ids=[_customer(code)] if code else None, check=check,
            progress=lambda done, total: progress.update(bar, completed=done, total=total),
        )  # fmt: skip
    for line in _lines(report, check):
        click.echo(line, err=as_json)
    if as_json:
        click.echo(json.dumps(_as_json(report, check, time.monotonic() - began)))
    if report.differs:
        raise SystemExit(3)


def _customer(code: str) -> UUID:
    from nitka.ground.ids import read_code
    from nitka.people.customers import queries as customers

    found = customers.customer_rows().filter(code=read_code(code)).values_list("id", flat=True).first()
    if found is None:
        raise click.ClickException(f"There is no customer {code}.")
    return found


def _lines(report: "Rebuilt", check: bool) -> list[str]:
    what = f"{report.buyers} buyers and {report.behaviours} months of visitors"
    if not report.differs:
        return [f"{what}: nothing differs from the thread."]
    many = f"{len(report.different_buyers)} buyers and {len(report.different_evidences)} visitors"
    return [f"{what}: {many} differ from the thread." if check else f"{what}: {many} differed and were put right."]


def _as_json(report: "Rebuilt", check: bool, seconds: float) -> dict[str, object]:
    return {
        "buyers": report.buyers,
        "behaviours": report.behaviours,
        "differs": report.differs,
        "different_buyers": len(report.different_buyers),
        "different_evidences": len(report.different_evidences),
        "first_different": [str(each) for each in (*report.different_buyers, *report.different_evidences)[:MOST_NAMED]],
        "changed": report.differs and not check,
        "seconds": round(seconds, 2),
    }
