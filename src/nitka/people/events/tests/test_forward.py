"""Events for other tools: what is sent, what is not, and what becomes of it when the other side is broken."""

import http.server
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from standardwebhooks import Webhook

from nitka.ground import clock
from nitka.people.customers.models import Refusal
from nitka.people.events import tasks
from nitka.people.events.models import Kind
from nitka.people.events.tests.makers import event
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ORDER = {
    "order_id": "NK-1", "total": 41.5, "currency": "EUR", "coupon": "SPRING",
    "products": [{"product_id": "p1", "sku": "LAMP", "name": "Lamp" * 60, "price": 20, "quantity": 2}],
}  # fmt: skip


class Stand(http.server.BaseHTTPRequestHandler):
    got: list[tuple[str, dict[str, str], bytes]] = []
    status = 204

    def do_POST(self) -> None:
        Stand.got.append((self.path, dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(Stand.status)
        self.end_headers()

    def log_message(self, *_words: Any) -> None:
        return


@pytest.fixture
def stand(settings) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stand)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Stand.got, Stand.status = [], 204
    settings.OUTBOUND_MAY_REACH = {"127.0.0.1"}
    yield f"http://127.0.0.1:{server.server_port}/in"
    server.shutdown()
    server.server_close()


@pytest.fixture
def google(settings, stand) -> None:
    settings.GA4_URL, settings.GA4_MEASUREMENT_ID, settings.GA4_API_SECRET = stand, "G-1", "s3cret"
    event(evidence=uuid4())
    tasks.follow_for_ga4()


def passed_on() -> list[dict[str, Any]]:
    tasks.follow_for_ga4()
    run_jobs()
    return [json.loads(body) for _path, _headers, body in Stand.got]


def test_nothing_leaves_until_it_is_turned_on(stand) -> None:
    event(evidence=uuid4())
    assert tasks.follow_for_ga4() == 0 and tasks.follow_for_webhook() == 0 and passed_on() == []


def test_an_order_is_a_purchase_with_items(google) -> None:
    device = uuid4()
    event(evidence=uuid4(), device=device, name="Order Completed", properties=ORDER, consent=5)
    (body,) = passed_on()
    assert body["client_id"] == str(device) and body["consent"]["ad_user_data"] == "GRANTED"
    (sent,) = body["events"]
    assert sent["name"] == "purchase" and sent["params"]["transaction_id"] == "NK-1" and sent["params"]["value"] == 41.5
    assert sent["params"]["items"][0]["item_id"] == "p1" and len(sent["params"]["items"][0]["item_name"]) == 100
    assert "measurement_id=G-1" in Stand.got[0][0]


def test_without_a_yes_or_from_a_bot_or_too_late_nothing_is_sent(google) -> None:
    event(evidence=uuid4(), consent=0)
    event(evidence=uuid4(), flags=1)
    event(evidence=uuid4(), at=clock.now() - timedelta(hours=73))
    refused = uuid4()
    Refusal.objects.create(evidence=refused, purpose="analytics")
    event(evidence=refused)
    assert passed_on() == []


def test_advertising_is_denied_unless_it_was_granted(google) -> None:
    event(evidence=uuid4(), consent=1)
    (body,) = passed_on()
    assert body["consent"] == {"ad_user_data": "DENIED", "ad_personalization": "DENIED"}


def test_at_most_25_events_of_one_client_a_request(google) -> None:
    device = uuid4()
    for _each in range(60):
        event(evidence=device, device=device, kind=Kind.PAGE, name="", properties={"url": "https://shop.example/"})
    bodies = passed_on()
    assert [len(body["events"]) for body in bodies] == [25, 25, 10] and "user_id" not in bodies[0]


def test_a_broken_receiver_is_tried_again_and_no_event_is_passed_over(google) -> None:
    Stand.status = 503
    event(evidence=uuid4())
    assert len(passed_on()) == 1
    Stand.status = 204
    with clock.freeze(clock.now() + timedelta(seconds=6)):
        run_jobs()
    assert len(Stand.got) == 2 and Stand.got[0][2] == Stand.got[1][2]
    assert tasks.follow_for_ga4() == 0


def test_a_refusal_is_not_repeated(google) -> None:
    Stand.status = 403
    event(evidence=uuid4())
    passed_on()
    with clock.freeze(clock.now() + timedelta(days=1)):
        run_jobs()
    assert len(Stand.got) == 1


def test_a_plain_webhook_gets_a_signed_batch(settings, stand) -> None:
    settings.FORWARD_URL, settings.FORWARD_SECRET = stand, SECRET
    event(evidence=uuid4())
    tasks.follow_for_webhook()
    event(evidence=uuid4(), name="Product Viewed", properties={"sku": "LAMP"})
    tasks.follow_for_webhook()
    run_jobs()
    (_path, headers, body), = Stand.got  # fmt: skip
    read = Webhook(SECRET).verify(body, headers)
    assert read["type"] == "events.collected" and read["data"]["events"][0]["properties"] == {"sku": "LAMP"}
