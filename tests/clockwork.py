"""What the clock of a running shop does at an hour of one's choice: `python -m tests.clockwork TASK MOMENT`, as a module
and name such as `nitka.shelf.reviews.tasks:ask_buyers` and a moment in ISO 8601. A journey cannot wait for it."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from tests.demo import Shop

ROOT = Path(__file__).resolve().parent.parent


def strike(shop: Shop, task: str, at: datetime | None = None) -> None:
    """Run this task of the clock in the shop, in a process of its own."""
    moment = (at or datetime.now(UTC)).isoformat()
    environment = os.environ | {
        "NITKA_HOME": str(shop.home), "NITKA_PUBLIC_URL": shop.base, "NITKA_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "nitka.config.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.clockwork", task, moment]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def _strike(task: str, moment: str) -> None:
    import django

    django.setup()
    from nitka.ground import clock

    module, _colon, name = task.partition(":")
    with clock.freeze(datetime.fromisoformat(moment)):
        getattr(import_module(module), name).function()


if __name__ == "__main__":
    _strike(*sys.argv[1:])
