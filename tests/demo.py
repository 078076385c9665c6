"""A real demo shop for tests: `nitka demo` in a folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

START_SECONDS = 180


@dataclass
class Shop:
    """The running demo: its address, what it printed, its process and its folder."""

    base: str
    back_office_link: str
    process: subprocess.Popen[str]
    home: Path

    def read(self, path: str) -> str:
        with urllib.request.urlopen(self.base + path) as reply:
            return str(reply.read().decode())

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the shop's own tables, where only they can tell."""
        socket_folder = (self.home / "postgres" / "postmaster.pid").read_text().splitlines()[4]
        with psycopg.connect(host=socket_folder, dbname="nitka", user="nitka") as connection:
            return connection.execute(question, values).fetchall()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_demo(home: Path, port: int, *options: str, **environment: str) -> Shop:
    """Start the demo and wait until it has printed its addresses."""
    process = subprocess.Popen(
        [sys.executable, "-m", "nitka.config.cli", "demo", *options],
        env={**os.environ, "NITKA_HOME": str(home), "NITKA_PORT": str(port), "NITKA_RATE_LIMITS": "off",
             "DJANGO_SETTINGS_MODULE": "nitka.config.settings", "PYTHONUNBUFFERED": "1", **environment},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    printed, deadline, link = [], time.monotonic() + START_SECONDS, ""
    for line in process.stdout:
        printed.append(line)
        if found := re.search(r"Back office\s+http://[^/]+(/\S+)", line):
            link = found.group(1)
        if "Ctrl-C" in line:
            break
        assert time.monotonic() < deadline, "".join(printed)
    assert link, "".join(printed)
    # Whoever stops listening to a program's words stops the program, once they fill the pipe.
    threading.Thread(target=_listen, args=(process, home / "demo.log", printed), daemon=True).start()
    return Shop(f"http://localhost:{port}", link, process, home)


def _listen(process: subprocess.Popen[str], log: Path, printed: list[str]) -> None:
    assert process.stdout is not None
    with log.open("w") as file:
        file.writelines(printed)
        for line in process.stdout:
            file.write(line)
            file.flush()


def stop_demo(shop: Shop) -> None:
    """What Ctrl-C does."""
    shop.process.send_signal(signal.SIGINT)
    try:
        shop.process.wait(30)
    except subprocess.TimeoutExpired:
        shop.process.kill()
        raise
