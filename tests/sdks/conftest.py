"""Node with other people's SDKs, and the shop they send to."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.demo import Shop

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / ".nitka" / "sdks" / "node_modules"


@dataclass(frozen=True)
class Collection:
    """The address that an SDK is given, and what has arrived there."""

    host: str
    write_key: str
    shop: Shop

    def arrived(self, mark: str) -> list[dict[str, Any]]:
        """The events whose user is `mark`, in the order of their commits."""
        columns = ("kind", "name", "properties", "context", "message_id", "at", "original_at", "sent_at", "received_at")
        rows = self.shop.rows(
            f"SELECT {', '.join(columns)} FROM events_events WHERE evidence ="
            " (SELECT id FROM customers_evidence WHERE kind = 'login' AND value = %s) ORDER BY seq",
            mark,
        )
        return [dict(zip(columns, row, strict=True)) for row in rows]


@pytest.fixture(scope="session")
def collection(shop: Shop) -> Collection:
    ((key,),) = shop.rows("SELECT write_key FROM events_sources WHERE code = 'server'")
    return Collection(shop.base, key, shop)


@pytest.fixture(scope="session")
def node() -> dict[str, str]:
    """The environment in which Node finds the SDKs."""
    if not MODULES.exists():
        subprocess.run([sys.executable, str(ROOT / "bin" / "node-packages"), "--tests"], check=True)
    if shutil.which("node") is None or not MODULES.exists():
        pytest.skip("no Node, or its registry was out of reach: bin/setup --tests says why")
    return {**os.environ, "NODE_PATH": str(MODULES)}
