"""Collection as SDKs meet it: addresses, keys, bodies, answers."""

import gzip
import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from nitka.faces.api.tests.sender import ask, basic, post
from nitka.people.events import actions, queries
from nitka.people.events.models import Event, Rejected
from nitka.people.events.tests.makers import fresh_committer

pytestmark = pytest.mark.django_db(transaction=True)
TRACK = {"event": "Product Added", "userId": "anna", "anonymousId": "d-1", "messageId": "m1",
         "properties": {"product_id": "p1", "price": 9.5}}  # fmt: skip


@pytest.fixture(autouse=True)
def committer() -> Iterator[None]:
    with fresh_committer():
        yield


@pytest.fixture
def key() -> str:
    return actions.put_source(code="till", name="Till", kind="server", trusted=True)


def names() -> list[str]:
    return [each.name for each in queries.after(0)]


@pytest.mark.parametrize("path", ["/v1/track", "/v1/t", "/v1/track/", "/api/collect/v1/track", "/api/s/track"])
def test_a_track_call_is_stored_before_it_is_answered(key: str, path: str) -> None:
    answer = post(path, key, TRACK)
    assert (answer.status, answer.json) == (200, {"success": True})
    (event,) = queries.after(0)
    assert (event.kind, event.name, event.properties) == ("track", "Product Added", {"product_id": "p1", "price": 9.5})
    assert event.message_id == "m1" and event.device and event.evidence != event.device


@pytest.mark.parametrize(
    ("path", "body", "kind", "name", "properties"),
    [
        ("/v1/identify", {"traits": {"plan": "pro"}}, "identify", "", {"plan": "pro"}),
        ("/v1/i", {"context": {"traits": {"age": 3}}}, "identify", "", {"age": 3}),
        ("/v1/page", {"name": "Home", "category": "Docs", "properties": None}, "page", "Home", {"category": "Docs"}),
        ("/v1/screen", {"name": "Cart", "properties": {"a": 1}}, "screen", "Cart", {"a": 1}),
        ("/v1/group", {"groupId": 7, "traits": {"name": "Acme"}}, "group", "", {"name": "Acme", "groupId": "7"}),
        ("/v1/alias", {"previousId": "old"}, "alias", "", {"previousId": "old"}),
        ("/v1/track", {"event": "Completed Order"}, "track", "Order Completed", {}),
        ("/v1/track", {"event": 404, "properties": [1, "two"]}, "track", "404", {"value": [1, "two"]}),
    ],
)
def test_every_type_has_its_shape(key: str, path: str, body: Any, kind: str, name: str, properties: Any) -> None:
    assert post(path, key, {"userId": "anna", **body}).status == 200
    (event,) = queries.after(0)
    assert (event.kind, event.name, event.properties) == (kind, name, properties)


def test_a_batch_gives_its_context_to_each_event(key: str) -> None:
    body = {
        "batch": [
            {"type": "track", "event": "A", "userId": "1234x", "context": {"locale": "pl"}},
            {"type": "page", "anonymousId": "d-2", "userId": None},
        ],
        "context": {"locale": "en", "library": {"name": "x"}, "ip": "10.0.0.1"},
        "integrations": {"GA4": False},
    }
    assert post("/v1/batch", key, body).status == 200
    first, second = queries.after(0)
    assert first.context == {"locale": "pl", "library": {"name": "x"}, "integrations": {"GA4": False}}
    assert second.context["locale"] == "en" and "ip" not in second.context


def by_colon(key: str) -> dict[str, Any]:
    return {"HTTP_AUTHORIZATION": basic(key)}


@pytest.mark.parametrize(
    "shown",
    [
        by_colon,
        lambda key: {"HTTP_AUTHORIZATION": basic(key, "")},
        lambda key: {"HTTP_AUTHORIZATION": f"Bearer {key}"},
        lambda key: {"HTTP_X_WRITE_KEY": key},
        lambda key: {"body": {"writeKey": key}},
        lambda key: {"HTTP_AUTHORIZATION": "Bearer some-token", "body": {"writeKey": key}},
    ],
)
def test_the_key_may_stand_in_any_of_its_places(key: str, shown: Any) -> None:
    given = shown(key)
    body = {**TRACK, **given.pop("body", {})}
    assert ask("POST", "/v1/track", json.dumps(body).encode(), **given).status == 200


@pytest.mark.parametrize("shown", [{}, {"HTTP_AUTHORIZATION": basic("wrong")}, {"HTTP_AUTHORIZATION": "Basic ~~"}])
def test_without_a_known_key_nothing_is_taken(key: str, shown: dict[str, str]) -> None:
    assert ask("POST", "/v1/track", json.dumps(TRACK).encode(), **shown).status == 401
    assert names() == []


def test_an_ended_source_is_unknown(key: str) -> None:
    actions.end_source(code="till")
    queries.forget()
    assert post("/v1/track", key, TRACK).status == 401


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/x-www-form-urlencoded", ""])
@pytest.mark.parametrize("zipped", [True, False])
def test_the_content_type_says_nothing(key: str, kind: str, zipped: bool) -> None:
    raw = json.dumps(TRACK).encode()
    headers = {"CONTENT_TYPE": kind, **({"HTTP_CONTENT_ENCODING": "gzip"} if zipped else {})}
    assert post("/v1/track", key, gzip.compress(raw) if zipped else raw, **headers).status == 200
    assert names() == ["Product Added"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"a=b&c=d", b"\x1f\x8bnothing", b"[" * 100_000])
def test_what_is_no_json_object_is_the_senders_fault_for_good(key: str, body: bytes) -> None:
    answer = post("/v1/track", key, body)
    assert answer.status == 400 and answer.json["success"] is False


def test_limits_of_size(key: str) -> None:
    assert post("/v1/track", key, {**TRACK, "properties": {"x": "y" * 33_000}}).status == 400
    assert post("/v1/batch", key, {"batch": [{"x": "y" * 520_000}]}).status == 400
    bomb = gzip.compress(b" " * 50_000_000)
    assert len(bomb) < 60_000 and post("/v1/batch", key, bomb, HTTP_CONTENT_ENCODING="gzip").status == 400
    big = {"type": "track", "event": "Big", "userId": "anna", "properties": {"x": "y" * 33_000}}
    assert post("/v1/batch", key, {"batch": [big, {**TRACK, "type": "track"}]}).status == 200
    assert names() == ["Product Added"]
    assert Rejected.objects.get().reason == "larger than 32 KB"


def test_a_batch_of_too_many_is_answered_well_and_logged(key: str) -> None:
    assert post("/v1/batch", key, {"batch": [{"type": "track"}] * 2501}).status == 200
    row = Rejected.objects.get()
    assert (row.reason, row.count) == ("more than 2500 events in a batch", 2501)
    assert post("/v1/batch", key, {"batch": [{"type": "page", "userId": "a1"}] * 2500}).status == 200
    assert Event.objects.count() == 2500


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"type": "track", "userId": "a1"}, "no event name"),
        ({"type": "track", "event": "A"}, "no usable userId or anonymousId"),
        ({"type": "track", "event": "A", "userId": "null", "anonymousId": "0000"}, "no usable userId or anonymousId"),
        ({"type": "dance", "userId": "a1"}, "unknown type"),
        ({"type": "page", "userId": "a1", "messageId": "m" * 101}, "messageId longer than 100"),
        ({"type": "group", "userId": "a1"}, "no groupId"),
        ({"type": "page", "userId": "a1", "context": {"consent": {"analytics": False}}}, "no consent"),
        ("nonsense", "not an object"),
    ],
)
def test_a_bad_event_is_logged_and_its_neighbours_are_kept(key: str, item: Any, reason: str) -> None:
    answer = post("/v1/batch", key, {"batch": [item, {"type": "page", "userId": "a2", "name": "Home"}]})
    assert answer.status == 200
    assert names() == ["Home"]
    assert Rejected.objects.get().reason == reason


def test_a_message_id_counts_once_a_source(key: str) -> None:
    post("/v1/batch", key, {"batch": [{**TRACK, "type": "track"}] * 3})
    post("/v1/track", key, {**TRACK, "event": "Other"})
    assert names() == ["Product Added"]
    other = actions.put_source(code="app", name="App", kind="server")
    queries.forget()
    post("/v1/track", other, TRACK)
    assert len(names()) == 2


def test_browsers_may_ask_first(key: str) -> None:
    asked = {"HTTP_ORIGIN": "https://blog.example", "HTTP_ACCESS_CONTROL_REQUEST_HEADERS": "authorization,anonymousid"}
    answer = ask("OPTIONS", "/v1/t", **asked)
    assert answer.status == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "https://blog.example"
    assert answer.headers["Access-Control-Allow-Headers"] == "authorization,anonymousid"
    assert post("/v1/t", key, TRACK, HTTP_ORIGIN="https://blog.example").headers["Vary"] == "Origin"


def test_browser_sdks_are_told_where_to_send(key: str) -> None:
    told = ask("GET", f"/v1/projects/{key}/settings").json
    assert told["integrations"]["Segment.io"]["apiHost"] == "shop.example/v1"
    rudder = ask("GET", f"/sourceConfig/?p=npm&v=3&writeKey={key}", HTTP_AUTHORIZATION=basic(key)).json
    assert rudder["source"]["enabled"] and rudder["source"]["destinations"] == []
    assert ask("GET", "/v1/projects/unknown/settings").status == 404


def test_a_header_of_a_stranger_does_not_lead_sdks_astray(key: str) -> None:
    for said, told in (("javascript", "http"), ("https", "https"), ("HTTPS", "https"), ("", "http")):
        answer = ask("GET", f"/v1/projects/{key}/settings", HTTP_X_FORWARDED_PROTO=said)
        assert answer.json["integrations"]["Segment.io"]["protocol"] == told
        assert "private" in answer.headers["Cache-Control"], "no cache may keep what follows from a header"


@pytest.mark.parametrize("depth", [900, 200_000])
@pytest.mark.parametrize("kind", ["track", "never"])
def test_depth_is_refused_for_good(key: str, depth: int, kind: str) -> None:
    nested = b'{"batch":[{"type":"%b","anonymousId":"d-1","event":"x","properties":{"a":%b%b}},%b]}' % (
        kind.encode(), b"[" * depth, b"]" * depth, b'{"type":"track","anonymousId":"d-1","event":"Kept"}',
    )  # fmt: skip
    status = post("/v1/batch", key, nested).status
    assert status == (200 if depth == 900 else 400)
    assert list(Event.objects.values_list("name", flat=True)) == (["Kept"] if depth == 900 else [])


def test_a_bomb_is_not_inflated(key: str) -> None:
    bomb = gzip.compress(b" " * (200 << 20))
    assert len(bomb) < 500 * 1024
    tracemalloc.start()
    assert post("/v1/batch", key, bomb).status == 400
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_other_addresses_and_methods_are_left_alone(key: str) -> None:
    assert ask("GET", "/en/").status == 418
    assert ask("POST", "/api/v1/carts").status == 418
    assert ask("GET", "/v1/track").status == 405
