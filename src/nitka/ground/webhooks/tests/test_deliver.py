"""Deliveries against servers that mean no good."""

import http.server
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from standardwebhooks import Webhook, WebhookVerificationError

from nitka.ground import clock
from nitka.ground.facts.actions import tell, tell_history
from nitka.ground.facts.contract import Fact
from nitka.ground.web import outbound
from nitka.ground.web.outbound import NotSent, is_public, post
from nitka.ground.webhooks import actions as webhooks
from nitka.ground.webhooks import noting, queries, signing
from nitka.ground.webhooks.models import Delivery, Endpoint
from nitka.ground.webhooks.tasks import WAITS
from tests.worker import run_jobs


@dataclass(frozen=True, kw_only=True)
class LampLit(Fact, kind="webhooks.lamp_lit", subject="lamp"):
    lamp: str


class Receiver(http.server.BaseHTTPRequestHandler):
    """Answers by the path: /200, /500, /302, /410, /429, /huge, /slow, /drip."""

    got: list[tuple[str, dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Receiver.got.append((self.path, dict(self.headers), body))
        word = self.path.strip("/").split("/")[0]
        if word == "slow":
            time.sleep(1.5)
            return
        if word == "drip":
            self._drip()
            return
        self.send_response(200 if word == "huge" else int(word))
        if word == "302":
            self.send_header("Location", "/200")
        if word == "429":
            self.send_header("Retry-After", "4000")
        self.end_headers()
        self.wfile.write(b"x" * 5_000_000 if word == "huge" else b"said \0" + word.encode())

    def _drip(self) -> None:
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for _each in range(30):
                self.wfile.write(b"X: y\r\n")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    def log_message(self, *_words: Any) -> None:
        return


@pytest.fixture
def there(settings) -> Iterator[str]:
    settings.OUTBOUND_MAY_REACH = {"127.0.0.1"}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Receiver.got = []
    noting.forget()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    noting.forget()


@pytest.fixture
def endpoint(db, there, request) -> Endpoint:
    word = getattr(request, "param", "200")
    endpoint_id, _secret = webhooks.put_endpoint(url=f"{there}/{word}")
    return Endpoint.objects.get(id=endpoint_id)


def light() -> None:
    with transaction.atomic():
        tell(LampLit(lamp="hall"))


def test_the_vector_of_the_standard() -> None:
    at = datetime.fromtimestamp(1614265330, UTC)
    found = signing.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}',
                            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")  # fmt: skip
    assert found["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert found["webhook-timestamp"] == "1614265330"


def test_a_fact_arrives_signed_and_once(endpoint) -> None:
    light()
    run_jobs()
    (_path, headers, body), = Receiver.got  # fmt: skip
    read = Webhook(endpoint.secret).verify(body, headers)
    assert read["type"] == "webhooks.lamp_lit" and read["data"]["lamp"] == "hall" and read["timestamp"]
    assert Delivery.objects.get().state == "delivered" and run_jobs() == 0
    with pytest.raises(WebhookVerificationError):
        Webhook(signing.new_secret()).verify(body, headers)


def test_what_is_rolled_back_is_not_sent(endpoint) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(LampLit(lamp="hall"))
        raise ZeroDivisionError
    assert not Delivery.objects.exists() and run_jobs() == 0


def test_history_is_not_sent(endpoint) -> None:
    tell_history([(LampLit(lamp="old"), clock.now())])
    assert not Delivery.objects.exists()


def test_an_endpoint_gets_the_kinds_it_wants(there, db) -> None:
    webhooks.put_endpoint(url=f"{there}/200", kinds=["facts.nothing"] if False else ["webhooks.lamp_lit"])
    light()
    assert Delivery.objects.count() == 1
    with pytest.raises(webhooks.WebhookProblem):
        webhooks.put_endpoint(url=f"{there}/200", kinds=["no.such_fact"])


@pytest.mark.parametrize("endpoint", ["500", "302", "404"], indirect=True)
def test_only_2xx_is_success_and_nothing_is_followed(endpoint) -> None:
    light()
    run_jobs()
    row = Delivery.objects.get()
    assert (row.state, row.tries, row.status) == ("waiting", 1, int(endpoint.url[-3:]))
    assert [path for path, _headers, _body in Receiver.got] == [endpoint.url[-4:]] and "\0" not in row.answer
    assert row.next_at is not None and 4 < (row.next_at - clock.now()).total_seconds() < 6


@pytest.mark.parametrize("endpoint", ["500"], indirect=True)
def test_ten_tries_over_three_days_with_one_id_and_then_no_more(endpoint) -> None:
    light()
    now = clock.now()
    for wait in WAITS:
        now += timedelta(seconds=wait * 1.2 + 1)
        with clock.freeze(now):
            run_jobs()
    row = Delivery.objects.get()
    assert (row.state, row.tries, len(row.log), len(Receiver.got)) == ("failed", 10, 10, 10)
    assert len({headers["webhook-id"] for _path, headers, _body in Receiver.got}) == 1
    assert len({headers["webhook-timestamp"] for _path, headers, _body in Receiver.got}) == 10


@pytest.mark.parametrize("endpoint", ["410"], indirect=True)
def test_gone_turns_it_off(endpoint) -> None:
    light()
    run_jobs()
    endpoint.refresh_from_db()
    assert not endpoint.enabled and "410" in endpoint.why_disabled
    light()
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("endpoint", ["429"], indirect=True)
def test_retry_after_is_heeded(endpoint) -> None:
    light()
    run_jobs()
    row = Delivery.objects.get()
    assert row.next_at is not None and row.next_at > clock.now() + timedelta(seconds=3900)


@pytest.mark.parametrize("endpoint", ["huge"], indirect=True)
def test_a_huge_answer_is_cut(endpoint) -> None:
    light()
    run_jobs()
    row = Delivery.objects.get()
    assert row.state == "delivered" and len(row.answer) <= 1000


@pytest.mark.parametrize("path", ["slow", "drip"])
def test_a_slow_server_is_left(there, path) -> None:
    began = time.monotonic()
    with pytest.raises(NotSent, match="no answer"):
        post(f"{there}/{path}", b"{}", {}, seconds=0.5)
    assert time.monotonic() - began < 1.4


def test_while_a_secret_is_changed_both_signatures_are_sent(endpoint) -> None:
    fresh = webhooks.rotate_secret(endpoint_id=endpoint.id)
    light()
    run_jobs()
    (_path, headers, body), = Receiver.got  # fmt: skip
    for secret in (endpoint.secret, fresh):
        assert Webhook(secret).verify(body, headers)["type"] == "webhooks.lamp_lit"


def test_a_test_message_and_a_replay(endpoint) -> None:
    webhooks.send_test(endpoint_id=endpoint.id)
    run_jobs()
    assert json.loads(Receiver.got[0][2])["type"] == "webhooks.test"
    (seen,) = queries.deliveries_of(endpoint.id)
    assert seen.status == 200 and "webhooks.test" in seen.sent
    assert webhooks.replay(endpoint_id=endpoint.id, delivery_id=seen.id) == 1
    run_jobs()
    assert Receiver.got[0][1]["webhook-id"] == Receiver.got[1][1]["webhook-id"]
    assert webhooks.replay(endpoint_id=endpoint.id, since=clock.now() - timedelta(days=1)) == 0


def test_what_waited_is_sent_when_it_is_turned_on_again(endpoint) -> None:
    light()
    webhooks.set_enabled(endpoint_id=endpoint.id, enabled=False)
    run_jobs()
    assert Receiver.got == []
    webhooks.set_enabled(endpoint_id=endpoint.id, enabled=True)
    run_jobs()
    assert len(Receiver.got) == 1


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "::ffff:127.0.0.1",
     "::ffff:169.254.169.254", "fec0::1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "ff02::1", "nonsense"],
)  # fmt: skip
def test_no_address_of_our_own_network_is_public(address) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_the_internet_is_public(address) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    ["http://example.com/", "https://user:pass@example.com/", "ftp://example.com/", "https://", "https:///x",
     "https://exa mple.com/", "https://example.com/\r\nX: y", "file:///etc/passwd", "gopher://x", "https://[::1"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(url) -> None:
    with pytest.raises(NotSent):
        outbound.target(url)


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0"])
def test_other_spellings_of_home_are_refused(host) -> None:
    with pytest.raises(NotSent):
        post(f"https://{host}/", b"{}", {}, seconds=1)


def test_a_name_that_has_one_private_address_is_refused(monkeypatch) -> None:
    found = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(outbound.socket, "getaddrinfo", lambda *_a, **_k: found)
    with pytest.raises(NotSent, match="public"):
        outbound.checked_address("rebind.example", 443)


def test_the_connection_goes_to_the_checked_address_whatever_the_name_says_next(there, monkeypatch) -> None:
    port = int(there.rsplit(":", 1)[1])
    asked: list[str] = []
    real = outbound.socket.getaddrinfo

    def resolve(host: str, *given: Any, **more: Any) -> Any:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", port))] if host == "shop.example" else real(host, *given, **more)

    monkeypatch.setattr(outbound.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(outbound, "_allowed", lambda: frozenset({"127.0.0.1", "shop.example"}))
    assert post(f"http://shop.example:{port}/200", b"{}", {}).status == 200
    assert asked.count("shop.example") == 1
