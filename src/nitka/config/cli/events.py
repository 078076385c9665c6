"""`nitka events`: what shoppers did, out to Parquet and in again."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from nitka.config.cli import start

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(name="events")
def command() -> None:
    """Bring events out to Parquet files and in again."""


@command.command()
@click.option("--from", "since", type=_DAY, help="First day (UTC). Default: the beginning.")
@click.option("--to", "until", type=_DAY, help="Day (UTC) before which it ends. Default: now.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("events"), show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
def export(since: datetime | None, until: datetime | None, out: Path, as_json: bool) -> None:
    """Write events into one Parquet file (zstd) a month, for DuckDB, Spark, pandas."""
    _set_up()
    from nitka.people.events import actions as events

    done = events.export_events(to=out, since=since.date() if since else None, until=until.date() if until else None)
    values: dict[str, Any] = {"events": done.events, "files": dict(done.files), "out": str(out)}
    click.echo(json.dumps(values) if as_json else f"{done.events} events in {len(done.files)} files in {out}")


@command.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
def replay(path: Path, as_json: bool) -> None:
    """Bring exported events back, from a file or a folder. Safe to repeat: each message id is stored once."""
    _set_up()
    from nitka.ground.problem import Problem
    from nitka.people.events import actions as events

    try:
        done = events.replay_events(path=path)
    except Problem as problem:
        raise click.ClickException(problem.message) from None
    values = {"read": done.read, "stored": done.stored, "known": done.known}
    click.echo(json.dumps(values) if as_json else f"{done.read} events read, {done.stored} of them were new")


def _set_up() -> None:
    start.start_database()
    start.setup_django()
    start.migrate()
