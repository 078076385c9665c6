"""One real demo shop for all journeys: `nitka demo` in a folder of its own, and a real Chromium."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
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
    return Shop(f"http://localhost:{port}", link, process, home)


def stop_demo(shop: Shop) -> None:
    """What Ctrl-C does."""
    shop.process.send_signal(signal.SIGINT)
    try:
        shop.process.wait(30)
    except subprocess.TimeoutExpired:
        shop.process.kill()
        raise


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    running = start_demo(tmp_path_factory.mktemp("demo"), free_port())
    yield running
    stop_demo(running)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; bin/setup says how to get it")
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser, shop: Shop) -> Iterator[BrowserContext]:
    """A fresh browser of somebody who has never been here."""
    context = chromium.new_context(base_url=shop.base, locale="en-GB")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(visitor: BrowserContext) -> Page:
    return visitor.new_page()


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What the browser complains of: errors of scripts, refusals of the content security policy."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    return found
