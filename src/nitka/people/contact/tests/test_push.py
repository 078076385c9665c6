"""News on devices: sealed as the standard has it, sent once, and no longer to browsers that are gone.

The oracles: the example of RFC 8291 (appendix A); Mozilla's own libraries, which open what we sealed (http_ece) and
check who sent it (py_vapid), in a stand-in of a push service that refuses what a real one would refuse.
"""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from pytest_django import Settings

from nitka.ground import clock
from nitka.ground.belongings import Party
from nitka.ground.ids import new_id
from nitka.people.contact import actions as contact
from nitka.people.contact import belongings, queries, tasks
from nitka.people.contact.actions import PushWords
from nitka.people.contact.models import PushNews, PushSubscription
from nitka.people.contact.pushing import letters, sealing
from tests.worker import run_jobs

AUTH = b"sixteen bytes ok"


def point(key: EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


class Service(BaseHTTPRequestHandler):
    """A push service of one browser, whose key it borrows to look what came."""

    key: EllipticCurvePrivateKey
    bound_to: str
    answers: list[int]
    got: list[tuple[dict[str, Any], dict[str, str]]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.answers.pop(0) if self.answers else self._take(body)
        self.send_response(status)
        self.end_headers()

    def _take(self, body: bytes) -> int:
        said = self.headers["Authorization"]
        named = dict(part.strip().split("=", 1) for part in said.removeprefix("vapid ").split(","))
        if named["k"] != self.bound_to or not Vapid02.verify(said) or not self.headers["TTL"].isdigit():
            return 403
        claims = json.loads(letters.read(named["t"].split(".")[1]))
        if claims["aud"] != f"http://127.0.0.1:{self.server.server_address[1]}" or not claims["sub"]:
            return 403
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=AUTH, version="aes128gcm")
        self.got.append((json.loads(plain), dict(self.headers)))
        return 201

    def log_message(self, *_more: object) -> None:
        pass


@pytest.fixture
def service(settings: Settings) -> Iterator[type[Service]]:
    Service.key, Service.answers, Service.got = generate_private_key(SECP256R1()), [], []
    Service.bound_to = queries.push_key()
    server = HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.OUTBOUND_MAY_REACH = ("127.0.0.1",)
    Service.address = f"http://127.0.0.1:{server.server_port}/send/"  # type: ignore[attr-defined]
    yield Service
    server.shutdown()
    server.server_close()


def follow(service: Any, *, device: str = "one", topic: str = "order:1", language: str = "nb") -> None:
    contact.follow_by_push(
        endpoint=service.address + device, p256dh=letters.written(point(service.key)), auth=letters.written(AUTH),
        topic=topic, language=language,
    )  # fmt: skip


def news(text: str = "Den kommer i dag.", **more: Any) -> int:
    return contact.push_news(topic="order:1", say=lambda code: PushWords("Nitka", f"{code}: {text}", "/nb/"), **more)


def test_the_standards_example_is_sealed_to_the_byte() -> None:
    key = derive_private_key(
        int.from_bytes(letters.read("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), SECP256R1()
    )
    browser = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    sealed = sealing.seal(
        b"When I grow up, I want to be a watermelon", p256dh=letters.read(browser),
        auth=letters.read("BTBZMqHH6r4Tts7J_aSIgg"), key=key, salt=letters.read("DGv6ra1nlYgDCS1FRnbzlw"),
    )  # fmt: skip
    assert letters.written(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PB"
        "ru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.django_db
def test_news_reach_the_browsers_that_follow_each_in_its_language(service: Any) -> None:
    follow(service)
    follow(service, device="two", language="hy")
    follow(service, device="three", topic="order:2")
    assert news() == 2
    run_jobs()
    said = sorted(message["body"] for message, _headers in service.got)
    assert said == ["hy: Den kommer i dag.", "nb: Den kommer i dag."]
    message, headers = service.got[0]
    assert set(message) == {"title", "body", "path", "tag", "language"} and message["tag"] == "order:1"
    assert 0 < int(headers["TTL"]) <= 2 * 24 * 3600 and "order" not in headers["Topic"]
    assert not PushNews.objects.exists(), "what was handed over is not kept"


@pytest.mark.django_db
@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten_with_all_that_it_followed(service: Any, status: int) -> None:
    follow(service)
    follow(service, topic="order:2")
    service.answers = [status]
    news()
    run_jobs()
    assert not PushSubscription.objects.exists() and not PushNews.objects.exists()


@pytest.mark.django_db
def test_a_service_in_trouble_is_asked_again_until_the_news_are_old(service: Any) -> None:
    follow(service)
    service.answers = [503, 429]
    news(lives=timedelta(minutes=30))
    for minutes in (0, 1, 3):
        with clock.freeze(clock.now() + timedelta(minutes=minutes)):
            run_jobs()
    row = PushNews.objects.first()
    if row is not None:  # its next try lies in the future
        tasks.deliver_push(news_id=str(row.id))
        tasks.deliver_push(news_id=str(row.id))
    assert len(service.got) == 1
    service.answers = [503]
    news(lives=timedelta(minutes=30))
    run_jobs()
    (row,) = PushNews.objects.all()
    with clock.freeze(clock.now() + timedelta(hours=1)):
        tasks.deliver_push(news_id=str(row.id))
    assert len(service.got) == 1 and not PushNews.objects.exists()


@pytest.mark.django_db
def test_what_is_no_push_address_is_refused(service: Any, settings: Settings) -> None:
    right = {"endpoint": "https://push.example/a", "p256dh": letters.written(point(service.key)),
             "auth": letters.written(AUTH)}  # fmt: skip
    for wrong in (
        {"endpoint": "http://push.example/a"}, {"endpoint": "https://user:pass@push.example/a"},
        {"endpoint": "https://push.example/" + "a" * 2000}, {"endpoint": ""}, {"p256dh": "AAAA"}, {"auth": "AAAA"},
        {"p256dh": letters.written(b"\4" + b"\1" * 64)}, {"auth": "é"},
    ):  # fmt: skip
        with pytest.raises(contact.PushRefused):
            contact.follow_by_push(**(right | wrong), topic="order:1", language="en")
    # A name that leads into our own network is found out when the message leaves, and forgotten.
    settings.OUTBOUND_MAY_REACH = ()
    contact.follow_by_push(**(right | {"endpoint": "https://localhost/a"}), topic="order:1", language="en")
    news()
    run_jobs()
    assert service.got == [] and not PushSubscription.objects.exists()


@pytest.mark.django_db
def test_one_may_stop_and_begin_again_and_a_thing_has_so_many_followers(service: Any) -> None:
    for number in range(25):
        follow(service, device=str(number))
    assert PushSubscription.objects.count() == 20
    contact.unfollow_push(endpoint=service.address + "24", topic="order:1")
    contact.unfollow_push(endpoint=service.address + "24", topic="order:1")
    assert PushSubscription.objects.count() == 19
    follow(service, device="24")
    follow(service, device="24", language="pl")
    assert PushSubscription.objects.filter(language="pl").count() == 1


@pytest.mark.django_db
def test_a_device_that_follows_an_order_of_nobody_is_found_by_the_order(service: Any) -> None:
    mine = new_id()
    follow(service, topic=f"order:{mine}")
    follow(service, device="two", topic=f"order:{new_id()}")
    news_of_mine = belongings.push_subscriptions(Party(references=frozenset([mine])))
    assert [each.topic for each in news_of_mine] == [f"order:{mine}"]
    assert not belongings.push_subscriptions(Party(emails=frozenset(["ida@example.com"]))).exists()
