"""Keeping processes alive together, and ending them together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

GRACE_SECONDS = 10
STARTED_BY = "NITKA_STARTED_BY"


def die_with_parent() -> None:
    """End this process when its parent is gone, so that `kill -9` of a supervisor leaves no orphan on the port."""
    # A child may have been orphaned while it was still loading: whoever started it told it its own number.
    parent = int(os.environ.pop(STARTED_BY, "") or os.getppid())

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="parent-watch").start()


@dataclass
class Child:
    """A process that is started again whenever it ends, whatever its exit code."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    let_pass: float = 0.0  # seconds in which the others may come up before this one takes its share of the processors
    born: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            env={**os.environ, STARTED_BY: str(os.getpid()), **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started = time.monotonic()

    def mend(self) -> None:
        """Start again if it ended; ever later if it keeps ending at once, at most every 10 seconds."""
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is None and time.monotonic() - self.born < self.let_pass:
            return
        lived = time.monotonic() - self.started
        self.pause = 0.2 if lived > 10 else min(10.0, max(0.2, self.pause * 2))
        if lived >= self.pause or self.process is None:
            if self.process is not None:
                print(f"{self.name} ended ({self.process.returncode}); starting it again.", file=sys.stderr)
            self.start()

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()

    def wait(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Supervisor:
    """Runs children until SIGINT or SIGTERM, then ends them all."""

    def __init__(self, children: Sequence[Child], *, each_tick: Callable[[], None] = lambda: None) -> None:
        self.children, self.each_tick = children, each_tick
        self.asked_to_stop = threading.Event()

    def run(self) -> None:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, lambda *_: self.asked_to_stop.set())
        try:
            while not self.asked_to_stop.is_set():
                for child in self.children:
                    child.mend()
                self.each_tick()
                self.asked_to_stop.wait(0.25)
        finally:
            self.stop()

    def stop(self) -> None:
        for child in reversed(self.children):
            child.stop()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in reversed(self.children):
            child.wait(deadline)
