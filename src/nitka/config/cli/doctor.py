"""`nitka doctor`: is all well, and if not, how to mend it."""

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from nitka.config.cli import start


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the checks as one JSON object.")
def command(as_json: bool) -> None:
    """Check database, migrations, mail, search index, storage, worker and settings.

    Exit code 0 when the shop is healthy, 1 when something must be mended.
    """
    from nitka.config import examination

    start.check_folder()
    checks = examination.examine()
    healthy = all(check.state != "wrong" for check in checks)
    if as_json:
        click.echo(json.dumps({"healthy": healthy, "checks": [asdict(check) for check in checks]}))
    else:
        _show(checks, healthy)
    if not healthy:
        raise SystemExit(1)


def _show(checks: list, healthy: bool) -> None:  # type: ignore[type-arg]
    marks = {"fine": "[green]fine[/]", "note": "[yellow]note[/]", "wrong": "[red]wrong[/]"}
    table = Table(box=None, show_header=False, pad_edge=False)
    for check in checks:
        table.add_row(marks[check.state], check.name, check.finding + (f"\n→ {check.mend}" if check.mend else ""))
    console = Console()
    console.print(table)
    console.print("All is well." if healthy else "Mend what is marked wrong, then ask again.")
