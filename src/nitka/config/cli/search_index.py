"""`nitka search-index`: build this host's search index anew."""

import click
from rich.progress import Progress

from nitka.config.cli import start


@click.command()
def command() -> None:
    """Rebuild the read side of the shelf and this host's search index from the database."""
    start.start_database()
    start.setup_django()
    rebuild()


def rebuild() -> None:
    from nitka.shelf.search import actions as search

    with Progress() as progress:
        bar = progress.add_task("Search index", total=None)
        search.rebuild(product_ids=None, progress=lambda done, total: progress.update(bar, completed=done, total=total))


def ensure_index() -> None:
    """Bring the index of this host up to what the database says, from nothing if need be."""
    from nitka.shelf.search import actions as search

    search.follow_once()
