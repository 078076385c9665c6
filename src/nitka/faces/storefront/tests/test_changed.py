"""What search engines are told of changes, by a stand-in that takes and refuses as the protocol has it"""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import orjson
import pytest
from django.test import Client
from pytest_django import Settings

from nitka.faces.storefront import changed
from nitka.faces.storefront.engines import indexnow
from nitka.faces.storefront.tests.test_picked import TABLE, in_collections
from nitka.ground import clock
from nitka.ground.facts import followers
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries as shelf
from nitka.shelf.content import actions as content

pytestmark = pytest.mark.django_db
KEY = "a1b2c3d4e5f6"


class StandIn(BaseHTTPRequestHandler):
    """Takes what the protocol allows; answers what it is told to, and keeps what it got."""

    answers: list[int]
    got: list[dict[str, object]]

    def do_POST(self) -> None:
        body = orjson.loads(self.rfile.read(int(self.headers["Content-Length"])))
        right = body["key"] == KEY and body["keyLocation"].endswith(f"/{KEY}.txt") and len(body["urlList"]) <= 10_000
        theirs = all(each.startswith(f"https://{body['host']}/") for each in body["urlList"])
        status = self.answers.pop(0) if self.answers else (200 if right and theirs else 422)
        if status == 200:
            self.got.append(body)
        self.send_response(status)
        self.send_header("Location", "http://169.254.169.254/")
        self.end_headers()
        self.wfile.write(b"x" * 200_000)

    def log_message(self, *_more: object) -> None:
        pass


@pytest.fixture
def engine(settings: Settings) -> Iterator[type[StandIn]]:
    StandIn.answers, StandIn.got = [], []
    server = HTTPServer(("127.0.0.1", 0), StandIn)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.INDEXNOW_KEY, settings.NITKA_PUBLIC_URL = KEY, "https://shop.example"
    settings.INDEXNOW_URL = f"http://127.0.0.1:{server.server_port}/indexnow"
    settings.OUTBOUND_MAY_REACH = ("127.0.0.1",)
    yield StandIn
    server.shutdown()
    server.server_close()


def tell_in(minutes: int) -> int:
    """What is told when so much time has passed."""
    with clock.freeze(clock.now() + timedelta(minutes=minutes)):
        return changed.tell_engines()


def told(engine: type[StandIn]) -> set[str]:
    return {str(url).removeprefix("https://shop.example") for body in engine.got for url in body["urlList"]}  # type: ignore[attr-defined]


def forget_what_was() -> None:
    """What was there before was told before."""
    time.sleep(0.005)
    followers.move_cursor("engines.indexnow", int(time.time() * 1000))


def change() -> None:
    """Now a title and a page are others."""
    forget_what_was()
    product_id = shelf.product_by_handle("fonn")
    assert product_id
    catalog.edit_product(product_id=product_id, title={"en": "Fonn blanket"})
    content.put_page(
        draft=content.Draft(slug="delivery", kind="help", title={"en": "Delivery"}, body={"en": "Faster."})
    )


def test_changed_pages_are_told_once_in_the_languages_that_they_have(visitor: Client, engine: type[StandIn]) -> None:
    change()
    assert tell_in(10) == 3
    assert told(engine) == {"/en/p/fonn-blanket/", "/pl/p/koc-welniany-fonn/", "/en/help/delivery/"}
    assert tell_in(20) == 0 and len(engine.got) == 1


def test_collections_and_makers_are_told_where_they_have_words(visitor: Client, engine: type[StandIn]) -> None:
    in_collections()
    forget_what_was()
    catalog.put_collections(drafts=[replace(TABLE, intro={"en": "Come in."})])
    assert tell_in(10) == 2
    assert told(engine) == {"/en/collections/the-long-table/", "/pl/collections/dlugi-stol/"}
    forget_what_was()
    catalog.put_brands(drafts=[shelf.BrandDraft(name="Leir & Co", description={"pl": "Garncarze."})])
    tell_in(10)
    assert "/pl/makers/leir-co/" in told(engine) and "/en/makers/leir-co/" not in told(engine)


def test_the_first_time_there_is_nothing_to_tell(visitor: Client, engine: type[StandIn]) -> None:
    assert tell_in(10) == 0 and engine.got == []
    assert followers.cursor_of("engines.indexnow") > 0


@pytest.mark.parametrize("status", [202, 302, 403, 422, 429, 500])
def test_what_was_not_taken_is_told_again(visitor: Client, engine: type[StandIn], status: int) -> None:
    change()
    engine.answers.append(status)
    assert tell_in(10) == (3 if status == 202 else 0)
    assert tell_in(20) == (0 if status == 202 else 3)


def test_many_addresses_go_in_batches(engine: type[StandIn], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexnow, "AT_ONCE", 2)
    indexnow.tell([f"https://shop.example/{n}" for n in range(5)])
    assert [len(body["urlList"]) for body in engine.got] == [2, 2, 1]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "public"), [("", "https://shop.example"), (KEY, "http://localhost:8000"), ("a b", "https://shop.example")]
)
def test_without_a_key_or_a_public_address_nothing_is_sent(
    engine: type[StandIn], settings: Settings, key: str, public: str
) -> None:
    settings.INDEXNOW_KEY, settings.NITKA_PUBLIC_URL = key, public
    assert changed.tell_engines() == 0
    assert engine.got == [] and followers.cursor_of("engines.indexnow") == 0


def test_the_key_lies_where_the_protocol_looks(visitor: Client, engine: type[StandIn]) -> None:
    assert visitor.get(f"/{KEY}.txt").content == KEY.encode()
    for path in ("/other.txt", "/a.txt"):
        assert visitor.get(path).status_code == 404
    assert visitor.get("/robots.txt").content.startswith(b"User-agent")


def test_without_a_key_there_is_no_file(visitor: Client, settings: Settings) -> None:
    settings.INDEXNOW_KEY = ""
    assert visitor.get("/x.txt").status_code == 404
