"""A real Firefox over WebDriver BiDi (w3.org/TR/webdriver-bidi), its own remote protocol: no driver, no patched build."""

import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

PROGRAM = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
START_SECONDS = 60.0
# It asks for nothing on its own: no news, no updates, no lists of bad addresses.
PREFERENCES = {
    "app.normandy.enabled": False, "app.update.enabled": False, "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False, "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False, "extensions.systemAddon.update.enabled": False,
    "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,", "toolkit.telemetry.enabled": False, "ui.prefersReducedMotion": 1,
}  # fmt: skip


class Firefox:
    """One window; `faults` collects what its console calls an error."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket, self._numbers = socket, itertools.count(1)
        self.faults: list[str] = []
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        self._window = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def open(self, address: str) -> None:
        """Go there, and come back when all of it is loaded."""
        self._ask("browsingContext.navigate", context=self._window, url=address, wait="complete")

    def size(self, width: int, height: int) -> None:
        """The size of what is seen of a page."""
        self._ask("browsingContext.setViewport", context=self._window, viewport={"width": width, "height": height})

    def evaluate(self, script: str) -> Any:
        """What a script of the page gives, by way of JSON."""
        told = self._ask(
            "script.evaluate", expression=f"JSON.stringify({script})", target={"context": self._window},
            awaitPromise=True,
        )  # fmt: skip
        if told["type"] == "exception":
            raise AssertionError(told["exceptionDetails"]["text"])
        return json.loads(told["result"]["value"])

    def _ask(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._socket.recv(timeout=START_SECONDS))
            if told["type"] == "event":
                self._note(told["params"])
            elif told["id"] == number:
                if told["type"] == "error":
                    raise AssertionError(f"{method}: {told['message']}")
                return told["result"]

    def _note(self, entry: dict[str, Any]) -> None:
        if entry["level"] == "error":
            self.faults.append(entry["text"])


@contextmanager
def running() -> Iterator[Firefox]:
    """A Firefox that knows nothing, for the length of the block."""
    with tempfile.TemporaryDirectory() as folder:
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        (Path(folder) / "user.js").write_text("\n".join(lines))
        log = Path(folder) / "log"
        command = [str(PROGRAM), "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port", "0"]
        with log.open("w") as out:
            process = subprocess.Popen(command, stderr=out, stdout=out, env={**os.environ, "HOME": folder})
        try:
            with connect(f"{_address(log)}/session", max_size=None) as socket:
                yield Firefox(socket)
        finally:
            process.terminate()
            process.wait(START_SECONDS)


def _address(log: Path) -> str:
    """Where it listens, which it says once it does."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if found := re.search(r"listening on (ws://\S+)", log.read_text()):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"Firefox did not start: {log.read_text()[-500:]}")
