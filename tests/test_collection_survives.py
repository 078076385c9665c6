"""Killed under load: whatever was acknowledged is there, and nothing is there twice."""

import json
import os
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo import Shop, free_port, start_demo, stop_demo

pytestmark = pytest.mark.browser  # with the running demos, after the quick tests
SENDERS = 6


@pytest.fixture(scope="module")
def own_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    running = start_demo(tmp_path_factory.mktemp("collected"), free_port(), "--empty")
    yield running
    stop_demo(running)


class Senders:
    """Programs that send batches and repeat what was not acknowledged, as SDKs do."""

    def __init__(self, shop: Shop, name: str) -> None:
        ((self.key,),) = shop.rows("SELECT write_key FROM events_sources WHERE code = 'server'")
        self.base, self.name = shop.base, name
        self.acknowledged: set[str] = set()
        self.refused: list[int] = []
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self._send, args=(number,)) for number in range(SENDERS)]
        for thread in self.threads:
            thread.start()

    def _send(self, number: int) -> None:
        turn = 0
        while not self.stop.is_set():
            turn += 1
            ids = [f"{self.name}-{number}-{turn}-{place}" for place in range(7)]
            batch = [{"type": "track", "event": "Kept", "userId": f"u-{id}", "messageId": id} for id in ids]
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


def web_processes(shop: Shop) -> list[int]:
    """The processes below the demo that serve, found by what their command line says."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        below.setdefault(parent, []).append(int(path.parent.name))
    for child in below.get(shop.process.pid, []):
        if b"nitka.config.web" in Path(f"/proc/{child}/cmdline").read_bytes():
            return [child, *below.get(child, [])]
    raise AssertionError("no web process")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes through /proc")
def test_killed_web_processes_lose_nothing(own_shop: Shop) -> None:
    senders = Senders(own_shop, "web")
    try:
        for _each in range(2):
            senders.wait_for_more()
            os.kill(web_processes(own_shop)[-1], signal.SIGKILL)  # one worker
        senders.wait_for_more()
        for process in web_processes(own_shop):
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
