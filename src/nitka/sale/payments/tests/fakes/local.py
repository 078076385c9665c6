"""localstripe in a process of its own, and what a payer's browser would do there, by plain HTTP."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from nitka.sale.payments.tests.fakes.server import Answer, Gateway, Request

GOOD, DECLINED, SECURE = "4242424242424242", "4000000000000341", "4000002500003155"
# Its own command listens on every address of the machine; this serves the same application to this machine alone.
_SERVE = "import sys; from aiohttp import web; from localstripe.server import app;"
_SERVE += "web.run_app(app, host='127.0.0.1', port=int(sys.argv[1]), print=None)"


@contextmanager
def localstripe() -> Iterator[str]:
    """Its address, while it runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", _SERVE, str(port)], stderr=subprocess.DEVNULL)
    for _try in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), 0.1):
                break
        except OSError:
            time.sleep(0.1)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def ask(address: str, path: str, **form: str) -> dict[str, Any]:
    request = urllib.request.Request(address + path, urlencode(form).encode() if form else b"")
    request.add_header("Authorization", "Bearer sk_test_local")
    with urllib.request.urlopen(request) as reply:
        return json.loads(reply.read() or b"{}")  # type: ignore[no-any-return]


def card(address: str, number: str) -> str:
    made = ask(address, "/v1/payment_methods", type="card", **{
        "card[number]": number, "card[exp_month]": "12", "card[exp_year]": "2031", "card[cvc]": "123",
    })  # fmt: skip
    return str(made["id"])


def browser_side(address: str) -> Gateway:
    """Serves the stand-in for Stripe.js, and does at localstripe what Stripe's own frame would do."""

    def routes(_gateway: Gateway, asked: Request) -> Answer:
        if asked.path == "/stripe.js":
            return 200, (Path(__file__).parent / "element.js").read_bytes()
        told = asked.json
        try:
            return 200, {"paymentIntent": {"id": _confirmed(address, told["secret"], told["number"])}}
        except urllib.error.HTTPError as refused:
            return 200, {"error": {"message": json.loads(refused.read())["error"]["message"]}}

    return Gateway(routes)


def _confirmed(address: str, secret: str, number: str) -> str:
    ref = secret.split("_secret_")[0]
    ask(address, f"/v1/payment_intents/{ref}", payment_method=card(address, number))
    told = ask(address, f"/v1/payment_intents/{ref}/confirm")
    if told["status"] == "requires_action":
        ask(address, f"/v1/payment_intents/{ref}/_authenticate", client_secret=secret, success="true")
    return ref
