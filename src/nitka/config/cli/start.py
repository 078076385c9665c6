"""What must stand before a command can work: a folder, a database, its tables, static files."""

import hashlib
import os
import shutil
import socket
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from nitka.config import environment, postgres

ENOUGH_BYTES = 300 * 1024 * 1024
MIGRATING = 0x6E69746B61


def check_folder() -> Path:
    """The folder of this host, made if need be. Ends with one line that says what to do where it cannot be used."""
    home = environment.home()
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / f".probe-{os.getpid()}"
        probe.write_bytes(b"1")
        probe.unlink()
    except OSError as trouble:
        if trouble.errno == 28:
            raise click.ClickException(f"No disk space left at {home}. Free some, then start again.") from None
        raise click.ClickException(
            f"{home} cannot be written ({trouble.strerror}). Set NITKA_HOME to a folder that you own."
        ) from None
    if (free := shutil.disk_usage(home).free) < ENOUGH_BYTES:
        raise click.ClickException(
            f"Only {free // 1024**2} MB free at {home}; Nitka needs {ENOUGH_BYTES // 1024**2} MB. "
            "Free some, or set NITKA_HOME to a larger disk."
        )
    return home


def check_port(host: str, port: int) -> None:
    """Ends with one line where another program listens already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            raise click.ClickException(
                f"Port {port} on {host} cannot be used ({trouble.strerror}). "
                f"Stop the other program, or choose another: NITKA_PORT={port + 1}."
            ) from None


def start_database() -> None:
    """Start the embedded PostgreSQL unless DATABASE_URL names another, and leave it running."""
    check_folder()
    if not environment.DATABASE_URL.value:
        postgres.start()


def database() -> AbstractContextManager[None]:
    """The database for as long as a command runs: the embedded one is started, and stopped by whoever leaves last."""
    check_folder()
    return nullcontext() if environment.DATABASE_URL.value else postgres.in_use()


def setup_django() -> None:
    import django

    django.setup()


def migrate() -> bool:
    """Bring the tables up to date. Returns whether anything was to do."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    def is_due() -> bool:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    if not is_due():
        return False
    # Two commands may be started at once on a fresh folder; the second waits, and then finds nothing to do.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
    try:
        if is_due():
            call_command("migrate", verbosity=0, interactive=False)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])
    return True


def load_basics() -> bool:
    """Markets, delivery and legal pages, where the shop has none yet."""
    from nitka.seeds import load

    return load.load_basics()


def collect_static() -> bool:
    """Join, hash and compress static files when one changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    from nitka.config.statics import UNUSED
    from nitka.ground.web import assets

    assets.build()
    marks = sorted(
        f"{path}:{storage.get_modified_time(path).timestamp()}"
        for finder in get_finders()
        for path, storage in finder.list(UNUSED)
    )
    stamp = hashlib.sha256("\n".join(marks).encode()).hexdigest()
    mark = Path(settings.STATIC_ROOT) / ".collected"
    if mark.exists() and mark.read_text() == stamp:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=UNUSED)
    mark.write_text(stamp)
    return True
