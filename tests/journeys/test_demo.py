"""`nitka demo` as a newcomer meets it: it starts, it recovers, it ends without a trace, it says what is wrong."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.demo import Shop, free_port, start_demo, stop_demo

pytestmark = pytest.mark.browser  # one demo at a time, after the quick tests


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("resilience")


@pytest.fixture
def demo(home: Path) -> Iterator[Shop]:
    running = start_demo(home, free_port(), "--empty")
    yield running
    if running.process.poll() is None:
        stop_demo(running)


def processes() -> dict[int, tuple[int, str]]:
    """Of every process: its parent and its command line."""
    lines = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    parts = (line.split(None, 2) for line in lines.splitlines())
    return {int(pid): (int(parent), (rest or [""])[0]) for pid, parent, *rest in parts}


def below(pid: int) -> dict[int, str]:
    """All processes below this one."""
    table, found, grown = processes(), {pid}, True
    while grown:
        more = {child for child, (parent, _command) in table.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return {child: table[child][1] for child in found - {pid} if child in table}


def postmaster(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def answers(shop: Shop) -> bool:
    try:
        with urllib.request.urlopen(shop.base + "/readyz", timeout=2) as reply:
            return reply.status == 200
    except (OSError, urllib.error.URLError):
        return False


def eventually(check: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)


def test_whatever_is_killed_comes_back(demo: Shop, home: Path) -> None:
    victims = [pid for pid, command in below(demo.process.pid).items() if "nitka" in command]
    assert len(victims) >= 2
    for pid in [*victims, postmaster(home)]:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: answers(demo))
    eventually(lambda: any("worker" in command for command in below(demo.process.pid).values()))
    assert demo.process.poll() is None


def test_a_killed_supervisor_leaves_no_orphan_and_the_next_start_goes_on(demo: Shop, home: Path) -> None:
    children = [pid for pid, command in below(demo.process.pid).items() if "nitka" in command]
    demo.process.kill()
    demo.process.wait()
    eventually(lambda: not set(children) & set(processes()))
    again = start_demo(home, free_port(), "--empty")
    try:
        assert answers(again)
    finally:
        stop_demo(again)


def test_ctrl_c_ends_every_process(demo: Shop, home: Path) -> None:
    children, server = below(demo.process.pid), postmaster(home)
    stop_demo(demo)
    eventually(lambda: not (set(children) | {server}) & set(processes()), 10)


def test_doctor_finds_a_running_demo_healthy(shop: Shop) -> None:
    home = shop.home

    def healthy() -> bool:
        done = subprocess.run(
            [sys.executable, "-m", "nitka.config.cli", "doctor", "--json"], capture_output=True, text=True,
            env={**os.environ, "NITKA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "nitka.config.settings"},
        )  # fmt: skip
        report = json.loads(done.stdout.splitlines()[-1])
        assert report["healthy"] == (done.returncode == 0), done.stdout
        return bool(report["healthy"])

    eventually(healthy)


def run_demo(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nitka.config.cli", "demo"], capture_output=True, text=True, timeout=30,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "nitka.config.settings", **environment},
    )  # fmt: skip


def test_a_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run_demo(NITKA_HOME=str(tmp_path), NITKA_PORT=str(port))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert f"NITKA_PORT={port + 1}" in done.stderr


def test_a_folder_that_cannot_be_used_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run_demo(NITKA_HOME=str(tmp_path / "file" / "home"), NITKA_PORT=str(free_port()))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "NITKA_HOME" in done.stderr
