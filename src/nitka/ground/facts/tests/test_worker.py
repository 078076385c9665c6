"""Real worker processes: killed in the middle of a reaction, fed with poison, kept in order."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from nitka.ground.facts import contract, jobs
from nitka.ground.facts.actions import retry_dead_letter, tell
from nitka.ground.facts.models import DeadLetter
from nitka.ground.facts.tests.ringing import GongStruck, write_down
from nitka.ground.ids import new_id

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("worker")]

RUN = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "nitka.config.settings_test"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["TESTS_DATABASE"]
django.setup()
from nitka.ground.facts import jobs
jobs.RETRY_AFTER_SECONDS = (0.1, 0.1, 0.1, 0.1)
import nitka.ground.facts.tests.ringing
from nitka.config.cli import worker
worker.environment.WORKER_CONCURRENCY  # the real worker, with the real set-up
worker.run()
"""


@pytest.fixture(autouse=True)
def strokes() -> Iterator[None]:
    contract._listeners.setdefault(GongStruck.kind, {})[f"{write_down.__module__}.write_down"] = write_down
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS tests_strokes (id bigserial, gong uuid, stroke int)")
        cursor.execute("TRUNCATE tests_strokes")
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE tests_strokes")
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
    contract._listeners.pop(GongStruck.kind, None)


@pytest.fixture
def start_worker() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    running: list[subprocess.Popen[bytes]] = []

    def start(**extra: str) -> subprocess.Popen[bytes]:
        root = Path(__file__).resolve().parents[5]
        path = os.pathsep.join([str(root / "src"), str(root)])
        environment = {
            **os.environ, **extra, "TESTS_DATABASE": connection.settings_dict["NAME"], "PYTHONPATH": path,
        }  # fmt: skip
        process = subprocess.Popen([sys.executable, "-c", RUN], env=environment)
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()


def written() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT stroke FROM tests_strokes ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def eventually(check: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def strike(*strokes: int, poisonous: tuple[int, ...] = ()) -> None:
    gong = new_id()
    for stroke in strokes:
        with transaction.atomic():
            tell(GongStruck(gong_id=gong, stroke=stroke, poisonous=stroke in poisonous))


def test_a_worker_killed_in_the_middle_leaves_the_effect_to_the_next_exactly_once(start_worker, tmp_path) -> None:
    strike(1, 2, 3)
    marker = tmp_path / "marker"
    first = start_worker(TESTS_SLEEP_MARKER=str(marker))
    eventually(marker.exists)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert written() == [], "what was done by half must be rolled back"

    with connection.cursor() as cursor:  # its heart stopped long enough ago
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes'")
    from nitka.ground.facts.tasks import retry_stalled_jobs

    start_worker()
    with transaction.atomic():
        retry_stalled_jobs.later()
    eventually(lambda: written() == [1, 2, 3])


def test_poison_becomes_a_dead_letter_and_what_follows_goes_on(start_worker) -> None:
    strike(1, 2, 3, poisonous=(2,))
    start_worker()
    eventually(lambda: written() == [1, 3] and DeadLetter.objects.count() == 1)
    letter = DeadLetter.objects.get()
    assert letter.tries == jobs.TRIES
    assert "poison" in letter.error
    retry_dead_letter(dead_letter_id=letter.id)
    assert DeadLetter.objects.filter(retried_at=None).count() == 0


def test_a_worker_runs_the_clocks_own_tasks(start_worker) -> None:
    from nitka.ground.facts.tasks import clear_finished_jobs, retry_stalled_jobs

    retry_stalled_jobs.later()
    clear_finished_jobs.later()
    start_worker()
    eventually(lambda: _jobs_left() == 0)


def test_goods_pictures_wait_for_everything_else() -> None:
    pictures = jobs.job("make_pictures", queue="media", lock=None, arguments={})
    mail = jobs.job("send_mail", queue="mail", lock=None, arguments={})
    assert pictures.priority < mail.priority


def _jobs_left() -> int:
    """Jobs that are done are deleted; one that failed is tried again or stays."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE 'nitka.ground.facts.tasks.%'")
        return int(cursor.fetchone()[0])
