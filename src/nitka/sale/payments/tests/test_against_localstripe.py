"""Stripe's provider, through the official library, against localstripe: other people's Stripe, in a process of its own.

It knows cards, 3-D Secure, captures, refunds and signed posts. It knows no idempotency keys, no automatic payment
methods, no customer sessions and no Payment Element: these run against our own stand-in (test_stripe.py).
"""

import importlib.util
import threading
import time
import urllib.error
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest

from nitka.sale.payments import actions, queries
from nitka.sale.payments.providers import Charge, Mean
from nitka.sale.payments.providers.stripe import saved
from nitka.sale.payments.tests.fakes.local import DECLINED, GOOD, SECURE, ask, card, localstripe
from nitka.sale.payments.tests.makers import a_payment, view
from tests.worker import run_jobs

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not importlib.util.find_spec("localstripe"), reason="localstripe is not installed"),
]
SECRET = "whsec_local"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with localstripe() as url:
        yield url


@pytest.fixture
def local(address: str, settings: Any) -> str:
    settings.NITKA_STRIPE_KEY, settings.NITKA_STRIPE_PUBLIC_KEY = "sk_test_local", "pk_test_local"
    settings.NITKA_STRIPE_WEBHOOK_SECRET, settings.NITKA_STRIPE_METHODS = SECRET, "card"
    settings.NITKA_STRIPE_API = address
    return address


def begun() -> UUID:
    payment_id = a_payment(provider="stripe", choice="")
    assert actions.start(payment_id=payment_id, return_url="http://localhost/").kind == "page"
    return payment_id


def confirmed(address: str, payment_id: UUID, number: str) -> dict[str, Any]:
    intent = f"/v1/payment_intents/{view(payment_id).provider_ref}"
    ask(address, intent, payment_method=card(address, number))
    return ask(address, f"{intent}/confirm")


def settled(payment_id: UUID) -> str:
    return actions.settle(payment_id=payment_id, outcome=actions.ask(payment_id=payment_id)).state


def test_a_card_is_paid_and_refunded_in_parts(local: str) -> None:
    payment_id = begun()
    confirmed(local, payment_id, GOOD)
    assert settled(payment_id) == "captured" and view(payment_id).captured_minor == 2000
    for key, minor in (("a", 500), ("b", 1500)):
        actions.refund(payment_id=payment_id, minor=minor, key=f"{payment_id}:{key}")
    run_jobs()
    assert [each.state for each in queries.refunds_of(view(payment_id).reference)] == ["done", "done"]


def test_three_d_secure_keeps_the_payment_open_until_it_is_passed(local: str) -> None:
    payment_id = begun()
    told = confirmed(local, payment_id, SECURE)
    assert told["status"] == "requires_action" and settled(payment_id) == "action"
    ask(local, f"/v1/payment_intents/{told['id']}/_authenticate", client_secret=told["client_secret"], success="true")
    assert settled(payment_id) == "captured"


def test_three_d_secure_that_is_failed_leaves_another_try(local: str) -> None:
    payment_id = begun()
    told = confirmed(local, payment_id, SECURE)
    ask(local, f"/v1/payment_intents/{told['id']}/_authenticate", client_secret=told["client_secret"], success="false")
    assert settled(payment_id) == "action"


def test_a_declined_card_leaves_another_try(local: str) -> None:
    payment_id = begun()
    with pytest.raises(urllib.error.HTTPError) as refused:
        confirmed(local, payment_id, DECLINED)
    assert refused.value.code == 402 and settled(payment_id) == "action"


def test_money_is_set_aside_and_taken_or_let_go(local: str) -> None:
    actions.put_method(code="stripe", capture="on_shipment")
    taken, left = begun(), begun()
    for payment_id in (taken, left):
        confirmed(local, payment_id, GOOD)
        assert settled(payment_id) == "authorised"
    actions.capture(payment_id=taken, minor=1200, key=f"{taken}:c", final=True)
    actions.void(payment_id=left)
    run_jobs()
    assert (view(taken).state, view(taken).captured_minor) == ("captured", 1200)
    assert view(left).state == "cancelled"


def test_giving_up_is_told_to_stripe(local: str) -> None:
    payment_id = begun()
    assert actions.cancel(payment_id=payment_id).state == "cancelled"
    with pytest.raises(urllib.error.HTTPError):
        confirmed(local, payment_id, GOOD)


def test_a_kept_card_is_charged_off_session(local: str) -> None:
    payer = ask(local, "/v1/customers", email="anna@example.com")["id"]
    for number, state in ((GOOD, "captured"), (DECLINED, "failed")):
        token = card(local, number)
        ask(local, f"/v1/payment_methods/{token}/attach", customer=payer)
        charge = Charge(payment_id=UUID(int=5), key=token, label="NK", minor=300, currency="EUR")
        assert _charged(charge, Mean(token=token, payer_ref=payer)).state == state


def _charged(charge: Charge, mean: Mean) -> Any:
    # It cannot list the intents of one customer, which is how a lost answer is looked for.
    real = saved._begun_before
    saved._begun_before = lambda charge, mean: None
    try:
        return saved.charge_saved(charge, mean)
    finally:
        saved._begun_before = real


def test_its_signed_post_settles_the_payment(local: str) -> None:
    posts: list[tuple[bytes, dict[str, str]]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            posts.append((raw, dict(self.headers.items())))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_said: Any) -> None:
            pass

    receiver = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    ask(local, "/_config/webhooks/ours", url=f"http://127.0.0.1:{receiver.server_address[1]}/", secret=SECRET)
    payment_id = begun()
    ref = view(payment_id).provider_ref
    confirmed(local, payment_id, GOOD)
    for _try in range(60):
        if any(ref.encode() in raw for raw, _headers in posts):
            break
        time.sleep(0.1)
    receiver.shutdown()
    for raw, headers in posts:
        actions.store_webhook(provider="stripe", raw=raw, headers=headers)
    assert actions.settle(payment_id=payment_id).state == "captured"
