"""Pictures of every kind of page of the demo shop, for docs/gallery.md: bin/screenshots."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from playwright.sync_api import Error, expect

from tests.demo import Shop, free_port, start_demo, stop_demo
from tests.gallery import document, keeping, visiting
from tests.gallery.camera import FOLDER, PATIENCE_MS, Camera, camera
from tests.gallery.captions import NAMES
from tests.journeys.keeper import Keeper

MEDIA_SECONDS = 900


@click.command()
@click.argument("address", required=False)
@click.argument("link", required=False)
@click.option("--only", multiple=True, type=click.Choice(NAMES), help="Only this picture; may be repeated.")
def main(address: str | None, link: str | None, only: tuple[str, ...]) -> None:
    """Take all pictures and write docs/gallery.md.

    ADDRESS and LINK are those of a running demo and its back office, as it printed them; without them a demo is
    started for it. It buys something and writes a question, so that every page has something on it.
    """
    if address and not link:
        raise click.UsageError("The back office of a running demo needs the link that the demo printed.")
    expect.set_options(timeout=PATIENCE_MS)
    with _shop(address, link) as (base, door), camera(base, frozenset(only)) as seen:
        failed = _walk(seen, door)
    for path in FOLDER.glob("*.webp"):
        if path.stem not in NAMES:
            path.unlink()
    document.DOCUMENT.write_text(document.text(), encoding="utf-8")
    weight = sum(path.stat().st_size for path in FOLDER.glob("*.webp"))
    click.echo(f"{len(seen.kept)} pictures taken; docs/gallery weighs {weight // 1024} KB.")
    for sentence in (found := [*failed, *document.faults()]):
        click.echo(sentence, err=True)
    sys.exit(1 if found else 0)


def _walk(seen: Camera, link: str) -> list[str]:
    """All walks, each for itself: one that stumbles does not keep the others at home. Returns what went wrong."""
    state, failed = keeping.enter(seen, link), list[str]()
    codes: list[str] = []

    def sale() -> None:
        office = seen.window(state=state)
        codes.append(visiting.buy(seen, Keeper(office)))
        office.context.close()

    walks: dict[str, Callable[[], None]] = {
        "looking round": lambda: visiting.look_round(seen),
        "deciding": lambda: visiting.decide(seen),
        "turning a model": lambda: visiting.turn(seen),
        "in other languages": lambda: visiting.elsewhere(seen),
        "what the owner tells": lambda: keeping.tell(seen, state),
        "buying": sale,
        "what the owner sells": lambda: keeping.sell(seen, state, codes[0]),
    }
    for name, walk in walks.items():
        try:
            click.echo(f"{name} …")
            walk()
        except (Error, AssertionError, IndexError) as error:
            failed.append(f"{name}: {str(error).strip()[:600]}")
    return failed


@contextmanager
def _shop(address: str | None, link: str | None) -> Iterator[tuple[str, str]]:
    if address and link:
        yield address.rstrip("/"), link
        return
    click.echo("Starting the demo shop …")
    with tempfile.TemporaryDirectory() as folder:
        running = start_demo(Path(folder) / "shop", free_port())
        try:
            _until_drawn(running)
            yield running.base, running.base + running.back_office_link
        finally:
            stop_demo(running)


def _until_drawn(shop: Shop) -> None:
    """Small sizes are made by the worker once the shop is up; the pictures show them, not what stands in for them."""
    question = "SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'media' AND status IN ('todo', 'doing')"
    deadline = time.monotonic() + MEDIA_SECONDS
    while left := shop.rows(question)[0][0]:
        if time.monotonic() > deadline:
            raise SystemExit(f"{left} pictures are not drawn after {MEDIA_SECONDS} s; is the worker alive?")
        time.sleep(2)


if __name__ == "__main__":
    main()
