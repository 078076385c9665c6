"""translate_reviews, with a stand-in that speaks LibreTranslate and misbehaves as it is told"""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import orjson
import pytest
from pytest_django import Settings

from nitka.shelf.catalog.tests.makers import put_product
from nitka.shelf.content import queries as content
from nitka.shelf.reviews import actions, queries
from nitka.shelf.reviews.actions import translate
from nitka.shelf.reviews.models import Review
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
WORDS = {"title": "Good chair", "body": "It carries me & my <b>books</b>."}


class LibreTranslate(BaseHTTPRequestHandler):
    """Knows no Armenian. Faults are used up one a request: a number is a status, bytes are the answer as they stand."""

    faults: list[Any]
    asked: list[dict[str, Any]]

    def do_POST(self) -> None:
        wanted = orjson.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).asked.append(wanted)
        fault = type(self).faults.pop(0) if type(self).faults else None
        if wanted.get("api_key") != "k3y":
            return self._answer(403, b'{"error": "Invalid API key"}')
        if self.path != "/translate" or wanted["target"] == "hy":
            return self._answer(400, b'{"error": "hy is not supported"}')
        if isinstance(fault, int):
            return self._answer(fault, b'{"error": "no"}')
        said = {"translatedText": [f"{wanted['target']}: {text}" for text in wanted["q"]]}
        return self._answer(200, fault if isinstance(fault, bytes) else orjson.dumps(said))

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Location", "http://169.254.169.254/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_more: object) -> None:
        pass


@pytest.fixture
def there(settings: Settings) -> Iterator[type[LibreTranslate]]:
    LibreTranslate.faults, LibreTranslate.asked = [], []
    server = ThreadingHTTPServer(("127.0.0.1", 0), LibreTranslate)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TRANSLATE_URL, settings.TRANSLATE_KEY = f"http://127.0.0.1:{server.server_port}", "k3y"
    yield LibreTranslate
    server.shutdown()
    server.server_close()


def a_review(key: str = "one", **more: Any) -> UUID:
    values = {"rating": 5, "language": "en", "nickname": "Ola", **WORDS, **more}
    draft = actions.ReviewDraft(product_id=put_product().product_id, key=key, **values)
    actions.put_review(draft=draft)
    return Review.objects.get(key=key).id


def said_in(language: str, review_id: UUID) -> Any:
    found = queries.review(review_id)
    return found.translations.get(language) if found else None


def test_title_and_text_are_there_in_each_language_of_the_shop_and_nothing_else_leaves_it(
    there: type[LibreTranslate],
) -> None:
    id_ = a_review()
    assert actions.translate_reviews() == 1
    run_jobs()
    assert said_in("pl", id_) == {"title": "pl: Good chair", "body": "pl: It carries me & my <b>books</b>."}
    assert said_in("en", id_) is None and said_in("hy", id_) is None
    assert {each["target"] for each in there.asked} == set(content.shop().languages) - {"en"}
    assert all(set(each) == {"q", "source", "target", "format", "api_key"} for each in there.asked)
    assert there.asked[0]["q"] == list(WORDS.values()) and there.asked[0]["format"] == "text"
    assert actions.translate_reviews() == 0, "once"


def test_without_an_address_nobody_is_asked(there: type[LibreTranslate], settings: Settings) -> None:
    settings.TRANSLATE_URL = ""
    a_review()
    assert actions.translate_reviews() == 0 and there.asked == []


@pytest.mark.parametrize(
    "fault",
    [
        429, 500, 403, 302, b"", b"<html>", b"[" * 100_000, b'{"translatedText": "one"}', b'{"translatedText": [1, 2]}',
        b'{"translatedText": ["x"]}', b'{"translatedText": null}', b'{"translatedText": ["' + b"x" * 400_000,
    ],
)  # fmt: skip
def test_what_goes_wrong_is_asked_again_later(there: type[LibreTranslate], fault: Any) -> None:
    id_ = a_review()
    there.faults.append(fault)
    assert actions.translate_reviews() == 0
    assert actions.translate_reviews() == 1 and said_in("pl", id_)


def test_an_endless_answer_is_no_translation_and_control_signs_go(there: type[LibreTranslate]) -> None:
    id_ = a_review(language="pl")
    there.faults += [orjson.dumps({"translatedText": ["x" * 5_000, "y"]})] * len(content.shop().languages)
    assert actions.translate_reviews() == 1 and queries.review(id_).translations == {}  # type: ignore[union-attr]
    other = a_review("two", language="pl")
    there.faults[:] = [orjson.dumps({"translatedText": ["a\u202eb", "c\x00d" + "e" * 30]})] * 9
    actions.translate_reviews()
    assert said_in("en", other) == {"title": "ab", "body": "cd" + "e" * 30}


def test_words_that_changed_while_they_were_translated_are_translated_anew(
    there: type[LibreTranslate], monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = a_review()
    asked = translate._asked

    def slow(*args: Any) -> Any:
        found = asked(*args)
        Review.objects.filter(id=id_).update(body="It broke.")
        return found

    monkeypatch.setattr(translate, "_asked", slow)
    actions.translate_reviews()
    assert queries.review(id_).translations == {}  # type: ignore[union-attr]
    monkeypatch.undo()
    assert actions.translate_reviews() == 1 and said_in("pl", id_)["body"] == "pl: It broke."


def test_a_review_that_is_put_anew_loses_its_translation(there: type[LibreTranslate]) -> None:
    id_ = a_review()
    actions.translate_reviews()
    a_review(body="Not so good after a year.")
    assert said_in("pl", id_) is None
    assert actions.translate_reviews() == 1 and said_in("pl", id_)["body"] == "pl: Not so good after a year."
