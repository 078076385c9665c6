"""Other people's SDKs, unmodified but for the host, against a running shop: what they send is there, each once."""

import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.sdks.conftest import Collection

pytestmark = pytest.mark.browser  # with the running demo, after the quick tests
HERE = Path(__file__).parent
KINDS = ["alias", "group", "identify", "page", "screen", "track"]


def send_from_python(client: Any, user: str) -> None:
    client.identify(user, {"email": f"{user}@sdk.example", "plan": "pro"}, anonymous_id=f"{user}-device")
    client.track(user, "Product Added", {"product_id": "p1", "price": 9.5})
    client.page(user, name="Home", properties={"path": "/en/"})
    client.screen(user, name="Cart")
    client.group(user, "acme", {"name": "Acme"})
    client.alias(f"{user}-before", user)
    client.flush()
    client.join()


def with_segment_python(collection: Collection, user: str) -> None:
    from segment.analytics.client import Client

    troubles: list[Any] = []
    client = Client(collection.write_key, host=collection.host, on_error=lambda *all: troubles.append(all))
    send_from_python(client, user)
    assert troubles == []


def with_rudder_python(collection: Collection, user: str) -> None:
    from rudderstack.analytics.client import Client

    troubles: list[Any] = []
    client = Client(collection.write_key, host=collection.host, on_error=lambda *all: troubles.append(all), gzip=True)
    send_from_python(client, user)
    assert troubles == []


def check(collection: Collection, user: str) -> None:
    deadline = time.monotonic() + 10
    while len(found := collection.arrived(user)) < 6 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert sorted(each["kind"] for each in found) == [1, 2, 3, 4, 5, 6], found
    events = {KINDS[[6, 5, 1, 3, 4, 2].index(each["kind"])]: each for each in found}
    assert events["track"]["name"] == "Product Added"
    assert events["track"]["properties"] == {"product_id": "p1", "price": 9.5}
    assert events["identify"]["properties"]["plan"] == "pro"
    assert events["page"]["name"] == "Home" and events["screen"]["name"] == "Cart"
    assert events["group"]["properties"]["groupId"] == "acme"
    assert events["alias"]["properties"]["previousId"] == f"{user}-before"
    for each in found:
        assert each["context"]["library"]["name"]
        assert each["original_at"] and each["sent_at"]
        assert timedelta(0) <= datetime.now(UTC) - each["at"] < timedelta(minutes=2)
    ((linked,),) = collection.shop.rows(
        "SELECT count(*) FROM customers_links JOIN customers_evidence e ON e.id = a OR e.id = b"
        " WHERE e.value = %s AND trust = 1", f"{user}@sdk.example",
    )  # fmt: skip
    assert linked >= 1


@pytest.mark.parametrize("sender", [with_segment_python, with_rudder_python])
def test_sdks_of_python(collection: Collection, sender: Any) -> None:
    user = f"python-{uuid4().hex[:12]}"
    sender(collection, user)
    check(collection, user)


@pytest.mark.parametrize("script", ["segment.cjs", "rudder.cjs"])
def test_sdks_of_node(collection: Collection, node: dict[str, str], script: str) -> None:
    user = f"node-{uuid4().hex[:12]}"
    command = ["node", str(HERE / script), collection.host, collection.write_key, user]
    done = subprocess.run(command, env=node, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    check(collection, user)
