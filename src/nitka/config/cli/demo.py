"""`nitka demo`: from nothing to a running shop."""

import os
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from nitka.config import environment, postgres
from nitka.config.cli import owner, serve, start, worker
from nitka.config.supervision import Supervisor

OWNER = "owner@traad.example"
console = Console(stderr=False, highlight=False)


@click.command()
@click.option("--empty", is_flag=True, help="Without the demo products: an empty shop to try your own with.")
def command(empty: bool) -> None:
    """Set up the demo shop and run it: database, products, web and worker. Ctrl-C ends all of it.

    Everything is kept in NITKA_HOME (.nitka); the next start goes on where this one ended.
    """
    os.environ["NITKA_DEMO"] = "1"
    port = environment.PORT.number
    start.check_folder()
    start.check_port(environment.HOST.value, port)
    environment.demo_mark().touch()
    with start.database():
        _run(_set_up(empty))


def _set_up(empty: bool) -> str:
    """Returns the code of a gift card to try, where one was made just now."""
    card = ""
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(),
                  console=console, transient=True) as progress:  # fmt: skip
        _step(progress, "Loading", start.setup_django)
        _step(progress, "Tables", start.migrate)
        _step(progress, "Pages' files", start.collect_static)
        if empty:
            _step(progress, "Shop", start.load_basics)
        else:
            card = _load_shop(progress)
        _step(progress, "Search index", serve.follow_index)
    return card


def _step[Result](progress: Progress, name: str, work: Callable[[], Result]) -> Result:
    bar = progress.add_task(name, total=None)
    result = work()
    progress.update(bar, total=1, completed=1)
    return result


def _load_shop(progress: Progress) -> str:
    from nitka.seeds import load

    if not load.is_loaded():
        bar = progress.add_task("Demo shop", total=None)
        load.load_demo_shop(progress=lambda done, total: progress.update(bar, completed=done, total=total))
    past = progress.add_task("What happened so far", total=None)
    return load.tell_past(progress=lambda done, total: progress.update(past, completed=done, total=total))


def _run(gift_card: str) -> None:
    from django.db import connections

    from nitka.people.events import actions as events
    from nitka.people.events import queries as sent

    link = owner.sign_in_link(OWNER, "Demo Owner")
    events.put_built_in_sources()
    server = sent.source("server")
    key = server.write_key if server else ""
    connections.close_all()
    threading.Thread(target=_announce_when_up, args=(link, key, gift_card), daemon=True).start()
    guard = [time.monotonic()]

    def keep_database() -> None:
        if not environment.DATABASE_URL.value and time.monotonic() - guard[0] > 1:
            guard[0] = time.monotonic()
            if not postgres.is_ready():
                postgres.start()

    jobs = worker.child()
    jobs.let_pass = 2.5
    Supervisor([serve.web(), jobs], each_tick=keep_database).run()
    console.print("Ended. Everything is kept; `bin/demo` goes on from here.")


def _announce_when_up(link: str, write_key: str, gift_card: str) -> None:
    base = environment.PUBLIC_URL.value.rstrip("/")
    probe = f"http://{environment.HOST.value}:{environment.PORT.value}/readyz"
    for _try in range(600):
        try:
            urllib.request.urlopen(probe, timeout=2)
            break
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
    lines = (
        ("Storefront", f"{base}/"),
        ("Back office", f"{base}{link}   (signs you in once, for 15 minutes)"),
        ("API", f"{base}/api/v1/docs"),
        ("Collection", f"{base}   (host for any SDK of Segment or RudderStack; write key {write_key})"),
        ("Demo mailbox", f"{base}/mailbox/"),
        *([("Gift card", f"{gift_card}   (50 euros to try the checkout with)")] if gift_card else []),
    )
    click.echo()
    for name, address in lines:
        click.echo(f"{click.style(f'{name:<15}', bold=True)}{address}")
    click.echo("\nPayments, mails and parcels are demo. Ctrl-C ends everything.")
