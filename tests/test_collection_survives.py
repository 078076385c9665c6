"""Killed under load: whatever was acknowledged is there, and nothing is there twice."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.demo import Shop, free_port, start_demo, stop_demo

pytestmark = pytest.mark.browser  # with the running demos, after the quick tests
SENDERS = 6
CAUGHT_UP_SECONDS = 20
SEEN = {
    "type": "page", "name": "Mug", "properties": {"path": "/en/p/mug/"},
    "context": {"consent": {"categoryPreferences": {"analytics": True, "personalisation": True}}},
}  # fmt: skip


@pytest.fixture(scope="module")
def own_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    running = start_demo(tmp_path_factory.mktemp("collected"), free_port(), "--empty")
    yield running
    stop_demo(running)


class Senders:
    """Programs that send batches and repeat what was not acknowledged, as SDKs do."""

    def __init__(self, shop: Shop, name: str, pause: float = 0) -> None:
        ((self.key,),) = shop.rows("SELECT write_key FROM events_sources WHERE code = 'server'")
        self.base, self.name, self.pause = shop.base, name, pause
        self.acknowledged: set[str] = set()
        self.refused: list[int] = []
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self._send, args=(number,)) for number in range(SENDERS)]
        for thread in self.threads:
            thread.start()

    def _send(self, number: int) -> None:
        turn = 0
        while not self.stop.wait(self.pause):
            turn += 1
            ids = [f"{self.name}-{number}-{turn}-{place}" for place in range(7)]
            batch = [{**SEEN, "userId": f"u-{self.name}-{number}", "messageId": id} for id in ids]
            body = json.dumps({"writeKey": self.key, "batch": batch}).encode()
            for _try in range(200):
                try:
                    with urllib.request.urlopen(self.base + "/v1/batch", body, timeout=15) as reply:
                        assert json.load(reply) == {"success": True}
                    self.acknowledged.update(ids)
                    break
                except urllib.error.HTTPError as answer:
                    self.refused.append(answer.code)
                except OSError:
                    pass
                if self.stop.is_set():
                    return
                time.sleep(0.05)

    def wait_for_more(self, number: int = 300, seconds: float = 60) -> None:
        goal, deadline = len(self.acknowledged) + number, time.monotonic() + seconds
        while len(self.acknowledged) < goal and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(self.acknowledged) >= goal, f"{len(self.acknowledged)} of {goal}, refused: {self.refused[-5:]}"

    def end(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(30)


def check(shop: Shop, senders: Senders) -> None:
    mark = f"{senders.name}-%"
    stored = [id for (id,) in shop.rows("SELECT message_id FROM events_events WHERE message_id LIKE %s", mark)]
    assert len(stored) == len(set(stored)), "something is there twice"
    assert senders.acknowledged <= set(stored), "something acknowledged is missing"
    assert set(senders.refused) <= {503}, "nothing that makes a sender throw its data away"


def processes(shop: Shop, what: bytes) -> list[int]:
    """The processes below the demo that run this and those below them, found by what their command line says."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        below.setdefault(parent, []).append(int(path.parent.name))
    for child in below.get(shop.process.pid, []):
        with suppress(OSError):  # one that has ended meanwhile
            if what in Path(f"/proc/{child}/cmdline").read_bytes():
                return [child, *below.get(child, [])]
    return []


def kill_one(shop: Shop, what: bytes, place: int = 0) -> None:
    """Kill as nothing can be prepared for; it may just be on its way back from the time before."""
    deadline = time.monotonic() + 30
    while len(found := processes(shop, what)) <= abs(place):
        assert time.monotonic() < deadline, f"no process of {what!r}"
        time.sleep(0.1)
    os.kill(found[place], signal.SIGKILL)


def check_caught_up(shop: Shop, senders: Senders) -> None:
    """What follows the events stands where it would stand without a death: visits, people, profiles."""
    events = "SELECT count(*) FROM events_events WHERE message_id LIKE %s"
    visits = (
        "SELECT coalesce(sum(pages), 0) FROM events_sessions WHERE evidence IN"
        " (SELECT evidence FROM events_events WHERE message_id LIKE %s)"
    )
    behind = "SELECT count(*) FROM customers_links WHERE NOT settled"
    mark, deadline = f"{senders.name}-%", time.monotonic() + CAUGHT_UP_SECONDS
    while True:
        ((stored,),), ((seen,),), ((waiting,),) = shop.rows(events, mark), shop.rows(visits, mark), shop.rows(behind)
        if stored == seen and not waiting and not rebuilt(shop)["differs"]:
            return
        assert time.monotonic() < deadline, f"{seen} of {stored} in visits, {waiting} links wait, {rebuilt(shop)}"
        time.sleep(0.5)


def rebuilt(shop: Shop) -> dict[str, object]:
    """What `nitka profile rebuild --check` says."""
    done = subprocess.run(
        [sys.executable, "-m", "nitka.config.cli", "profile", "rebuild", "--check", "--json"],
        env={**os.environ, "NITKA_HOME": str(shop.home), "DJANGO_SETTINGS_MODULE": "nitka.config.settings"},
        capture_output=True, text=True,
    )  # fmt: skip
    said: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == (3 if said["differs"] else 0), done.stderr
    return said


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes through /proc")
def test_killed_web_processes_lose_nothing(own_shop: Shop) -> None:
    senders = Senders(own_shop, "web")
    try:
        for _each in range(2):
            senders.wait_for_more()
            kill_one(own_shop, b"nitka.config.web", -1)  # one of those that serve
        senders.wait_for_more()
        for process in processes(own_shop, b"nitka.config.web"):
            os.kill(process, signal.SIGKILL)  # all of them
        senders.wait_for_more()
    finally:
        senders.end()
    check(own_shop, senders)


def test_a_killed_database_loses_nothing(own_shop: Shop) -> None:
    senders = Senders(own_shop, "database")
    try:
        for _each in range(2):
            senders.wait_for_more()
            mark = own_shop.home / "postgres" / "postmaster.pid"
            os.kill(int(mark.read_text().split()[0]), signal.SIGKILL)
        senders.wait_for_more()
    finally:
        senders.end()
    check(own_shop, senders)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes through /proc")
def test_killed_together_all_of_it_catches_up(own_shop: Shop) -> None:
    """The worker dies again and again, then everything at once; visits and profiles count each event once all the same."""
    senders = Senders(own_shop, "worker", pause=0.1)
    try:
        for _each in range(2):
            senders.wait_for_more()
            kill_one(own_shop, b"worker")
        senders.wait_for_more()
        mark = own_shop.home / "postgres" / "postmaster.pid"
        dying = [*processes(own_shop, b"worker"), *processes(own_shop, b"nitka.config.web")]
        for process in [*dying, int(mark.read_text().split()[0])]:
            os.kill(process, signal.SIGKILL)
        senders.wait_for_more()
    finally:
        senders.end()
    check(own_shop, senders)
    check_caught_up(own_shop, senders)
