"""A shop to measure: its own folder and database, the demo's markets and deliveries, as many products as asked for."""

import atexit
import hashlib
import os
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
console = Console(stderr=True)
_until_the_end = ExitStack()
atexit.register(_until_the_end.close)


def default_products() -> Path | None:
    """The catalogue that the published numbers were made with, where NITKA_DATA has it."""
    folder = os.environ.get("NITKA_DATA") or str(ROOT.parent / "shared" / "data")
    path = Path(folder) / "icecat" / "products.jsonl.gz"
    return path if path.exists() else None


def prepare(products: Path | None) -> None:
    """Point this process at the bench's own folder, and fill its shop once; later runs find it ready."""
    start_bare(_name(products))
    from nitka.config.cli import start

    start.collect_static()
    from nitka.seeds import load

    if not load.is_loaded():
        console.print("Loading the demo shop …")
        load.load_demo_shop()
    mark = Path(os.environ["NITKA_HOME"]) / "products.loaded"
    if products and not mark.exists():
        from nitka.faces.files.importing import import_products

        console.print(f"Importing {products.name} …")
        report = import_products(products, stock=1_000_000)
        console.print("\n".join(report.lines()))
        mark.write_text("")
    from nitka.shelf.search import actions as search

    search.follow_once()  # the addresses to visit are asked of the index before the shop is served


def start_bare(name: str) -> None:
    """Point this process at a folder of that name with a migrated database of its own and nothing in it."""
    os.environ["NITKA_HOME"] = str(ROOT / ".nitka" / f"bench-{name}")
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"NITKA_DEMO": "1", "NITKA_RATE_LIMITS": "off", "NITKA_LOG_LEVEL": "ERROR",
                   "DJANGO_SETTINGS_MODULE": "bench.settings", "EMAIL_URL": "mailbox:"}  # fmt: skip
    from nitka.config.cli import start

    _until_the_end.enter_context(start.database())
    start.setup_django()
    _until_the_end.callback(leave_pool)
    start.migrate()


def leave_pool() -> None:
    """Give connections back before the process forks or ends: at its end the pool would wait for all its threads."""
    from django.db import connection

    connection.close()
    connection.close_pool()


def _name(products: Path | None) -> str:
    """Another catalogue under the same file name gets a shop of its own."""
    if products is None:
        return "demo"
    with products.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"{products.name.split('.')[0]}-{digest[:8]}"


@dataclass(frozen=True)
class Running:
    """A shop that answers, and the processes behind it by their part."""

    port: int
    processes: dict[str, int]

    def cpu_seconds(self) -> dict[str, float]:
        """What each part has used of the processors so far: a figure that a busy machine changes little (Linux)."""
        tree = _processes()
        return {part: _used(tree, process) for part, process in self.processes.items()}


@contextmanager
def serving(*, worker: bool = True, ready_pages: bool = True) -> Iterator[Running]:
    """The shop as `nitka serve` runs it, with a worker beside it; its page cache can be left out."""
    port = _free_port()
    os.environ["NITKA_PAGE_CACHE_MB"] = "64" if ready_pages else "0"
    os.environ |= {"NITKA_PORT": str(port), "NITKA_HOST": HOST, "NITKA_PUBLIC_URL": f"http://{HOST}:{port}",
                   "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}  # fmt: skip
    from nitka.config.cli import worker as worker_command
    from nitka.config.supervision import Child

    leave_pool()  # the clients are forked from this process
    children = [Child("serve", [sys.executable, "-m", "nitka.config.cli", "serve"])]
    children += [worker_command.child()] if worker else []
    for child in children:
        child.start()
    try:
        _wait(port)
        parts = {child.name: child.process.pid for child in children if child.process}
        yield Running(port, {**parts, "database": _database()})
    finally:
        for child in children:
            child.stop()
        for child in children:
            child.wait(time.monotonic() + 15)


def _database() -> int:
    mark = Path(os.environ["NITKA_HOME"]) / "postgres" / "postmaster.pid"
    return int(mark.read_text().split()[0])


def _processes() -> dict[int, tuple[int, float]]:
    """Every process: (its parent, its seconds of CPU). Empty where there is no /proc."""
    ticks, found = os.sysconf("SC_CLK_TCK"), {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            # Its own time and that of children that ended: user and system each.
            found[int(path.parent.name)] = int(fields[1]), sum(map(int, fields[11:15])) / ticks
    return found


def _used(tree: dict[int, tuple[int, float]], process: int) -> float:
    below = [each for each, (parent, _seconds) in tree.items() if parent == process]
    return (tree[process][1] if process in tree else 0.0) + sum(_used(tree, each) for each in below)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _try in range(3000):
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/readyz", timeout=2) as reply:
                if reply.status == 200:
                    time.sleep(1)  # all web processes, not just the first
                    return
        except OSError:
            time.sleep(0.1)
    raise click.ClickException("The shop did not come up in five minutes.")


def jobs_waiting() -> int:
    """What the worker has not come to yet."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL")
        waiting = int(cursor.fetchone()[0])
    leave_pool()
    return waiting


def machine() -> str:
    """What the numbers were made on."""
    try:
        model = next(line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line)
        cpu = model.split(":")[1].strip()
    except (OSError, StopIteration):
        cpu = "unknown processor"
    return f"{os.cpu_count()} × {cpu}, Python {sys.version.split()[0]}, {sys.platform}"
