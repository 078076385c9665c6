"""`nitka serve`: the web processes of this host, and its search index kept fresh."""

import os
import shutil
import sys
import threading
import time

import click

from nitka.config import environment
from nitka.config.cli import owner, start
from nitka.config.supervision import Child, Supervisor


@click.command()
def command() -> None:
    """Serve the shop on NITKA_HOST:NITKA_PORT.

    Runs the web processes, keeps this host's search index fresh, and starts anything again that ends. Run
    `nitka worker` beside it (once, or on several hosts) for mail, pictures and everything that follows an order.
    """
    host, port = environment.HOST.value, environment.PORT.number
    if "NITKA_PUBLIC_URL" not in os.environ:
        os.environ["NITKA_PUBLIC_URL"] = f"http://localhost:{port}"
    start.check_folder()
    start.check_port(host, port)
    with start.database():
        start.setup_django()
        start.migrate()
        start.load_basics()
        start.collect_static()
        follow_index()
        owner.remind()
        click.echo(f"Nitka answers at {environment.PUBLIC_URL.value} (Ctrl-C ends it).")
        Supervisor([web()]).run()


def web() -> Child:
    """The web processes, under granian."""
    metrics = environment.home() / "metrics"
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "nitka.config.web"]
    return Child("web", command, {"PROMETHEUS_MULTIPROC_DIR": str(metrics), "PYTHONUNBUFFERED": "1"})


def follow_index() -> None:
    """Apply changes of the catalogue to this host's index, in a thread, for as long as the process lives."""
    from nitka.config.cli.search_index import ensure_index

    ensure_index()

    def follow() -> None:
        import structlog
        from django.db import close_old_connections

        from nitka.shelf.search import actions as search

        log = structlog.get_logger("nitka.search.follower")
        while True:
            try:
                changed = search.follow_once()
            except Exception as trouble:
                log.warning("index_not_followed", error=repr(trouble))
                close_old_connections()
                time.sleep(2)
                continue
            time.sleep(0.1 if changed else 0.4)

    threading.Thread(target=follow, daemon=True, name="search-index").start()
