"""The test database: the embedded PostgreSQL (or DATABASE_URL), one migrated template, a copy for each process."""

import fcntl
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as laws

os.environ.setdefault("NITKA_HOME", str(Path(__file__).parent / ".nitka" / "test"))
# Playwright keeps an event loop in the thread; Django would take every test for asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


# The build says the same of the same code; `--hypothesis-profile=default` looks further.
laws.register_profile("steady", derandomize=True)
laws.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    if not os.environ.get("DATABASE_URL"):
        from nitka.config import postgres

        # Every process may run a race of 64 buyers, each with a connection of its own.
        postgres.start(fsync="off", synchronous_commit="off", full_page_writes="off", max_connections="400")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object, worker_id: str) -> Iterator[None]:
    """Migrate a template once for each state of the migrations; every process then copies it in a moment."""
    from django.conf import settings
    from django.db import connections

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        template = _template()
        name = f"nitka_test_{worker_id}_{os.getpid()}"
        _as_owner(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        connections["default"].close()
        settings.DATABASES["default"]["NAME"] = name
        connections["default"].settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connections.close_all()
        _as_owner(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _template() -> str:
    root = Path(__file__).parent / "src" / "nitka"
    text = b"".join(path.read_bytes() for path in sorted(root.glob("*/*/migrations/*.py")))
    name = f"nitka_template_{hashlib.sha256(text).hexdigest()[:12]}"
    home = Path(os.environ["NITKA_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    with (home / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _as_owner(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
            fresh = f"{name}_new"
            _as_owner(f'DROP DATABASE IF EXISTS "{fresh}"', f'CREATE DATABASE "{fresh}"')
            _migrate(fresh)
            _as_owner(f'ALTER DATABASE "{fresh}" RENAME TO "{name}"')
    return name


def _as_owner(*statements: str) -> list[tuple[object, ...]]:
    import psycopg
    from django.conf import settings

    options = settings.DATABASES["default"]
    parts = {"host": options["HOST"], "port": options["PORT"], "user": options["USER"],
             "password": options.get("PASSWORD", ""), "dbname": "postgres"}  # fmt: skip
    with psycopg.connect(**{k: v for k, v in parts.items() if v}, autocommit=True) as connection:
        for statement in statements:
            cursor = connection.execute(statement)  # type: ignore[call-overload]
        return cursor.fetchall() if cursor.description else []


def _migrate(name: str) -> None:
    from django.core.management import call_command
    from django.db import connections

    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    connection.settings_dict["NAME"] = before


@pytest.fixture
def nitka_data() -> Path:
    """The folder of real data that NITKA_DATA names; the test is skipped without it."""
    folder = os.environ.get("NITKA_DATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("NITKA_DATA names no folder of real data")
    return Path(folder)


@pytest.fixture(autouse=True)
def forget_settings(request: pytest.FixtureRequest) -> Iterator[None]:
    """What processes remember for two seconds must not outlive a test whose rows are rolled back."""
    yield
    for name, module in list(sys.modules.items()):
        if name.startswith("nitka.") and name.endswith(".queries") and hasattr(module, "forget"):
            module.forget()


@pytest.fixture(autouse=True)
def leave_no_jobs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that commit leave no jobs behind: the queue's tables are not Django's, so its flush forgets them."""
    mark = request.node.get_closest_marker("django_db")
    commits = bool(mark and mark.kwargs.get("transaction"))
    if commits:
        request.getfixturevalue("transactional_db")
    yield
    if commits:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
