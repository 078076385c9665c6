"""`nitka worker`: what follows an order, a change, a clock."""

import asyncio
import os
import sys

import click

from nitka.config import environment
from nitka.config.cli import start
from nitka.config.supervision import Child, Supervisor, die_with_parent

NICENESS = 10


@click.command()
@click.option("--alone", is_flag=True, hidden=True, help="Run in this process, without a supervisor.")
def command(alone: bool) -> None:
    """Run jobs: reactions to facts, mail, pictures, and the tasks of the clock.

    Several workers may run, on one host or many; each job is done by one of them. A worker that ends for whatever
    reason, a restarted database included, is started again.
    """
    if alone:
        run()
    else:
        with start.database():
            start.setup_django()
            start.migrate()
            click.echo("The worker runs (Ctrl-C ends it).")
            Supervisor([child()]).run()


def child() -> Child:
    return Child("worker", [sys.executable, "-m", "nitka.config.cli", "worker", "--alone"])


def run() -> None:
    """Work until told to stop, behind whoever waits for a page of the same machine."""
    os.nice(NICENESS)
    start.setup_django()
    die_with_parent()
    from nitka.ground.facts import followers, jobs

    followers.start_all()
    app = jobs.app()
    with app.replace_connector(jobs.connector()) as worker_app:
        asyncio.run(_work(worker_app))


async def _work(app: object) -> None:
    async with app.open_async():  # type: ignore[attr-defined]
        await app.run_worker_async(  # type: ignore[attr-defined]
            concurrency=environment.WORKER_CONCURRENCY.number,
            delete_jobs="successful",
            fetch_job_polling_interval=2.0,
            shutdown_graceful_timeout=8,
        )
