"""`nitka customer`: what a person may ask of a shop, for whoever runs it."""

import click

from nitka.config.cli import start


@click.group()
def command() -> None:
    """Hand out or erase everything that is kept of a customer. CODE stands on the customer's page (C-….-….)."""


def _set_up() -> None:
    start.start_database()
    start.setup_django()
    start.migrate()


@command.command()
@click.argument("code")
@click.option("--to", "file", default="", help="Where to write the ZIP; else CODE.zip in this folder.")
def export(code: str, file: str) -> None:
    """Write everything of the customer into one ZIP: a page to read, and a file for each table."""
    _set_up()
    from pathlib import Path

    from nitka.ground.problem import Problem
    from nitka.people.customers import actions as customers

    target = Path(file or f"{code}.zip")
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as out:
            done = customers.export_customer(code=code, to=out)
        part.replace(target)
    except Problem as problem:
        raise click.ClickException(problem.message) from None
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"{target}: {sum(done.rows.values())} rows of {len(done.rows)} tables.")


@command.command()
@click.argument("code")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(code: str, yes: bool) -> None:
    """Erase the customer: what tells of them goes, what counts stays. There is no way back."""
    _set_up()
    from nitka.ground.problem import Problem
    from nitka.people.accounts import actions as accounts
    from nitka.people.customers import actions as customers

    if not yes:
        click.confirm(f"Erase customer {code} for ever?", abort=True)
    try:
        counts = customers.erase_customer(code=code)
    except Problem as problem:
        raise click.ClickException(problem.message) from None
    accounts.record(actor_id=None, verb="customer.erased", subject=f"customer {code.upper()}"[:120])
    click.echo(f"Erased: {sum(counts.values())} rows of {len(counts)} tables.")
    for label, count in counts.items():
        click.echo(f"  {label}: {count}")
