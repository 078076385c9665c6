"""What is stored of an event: clocks, consent, who it is about, and what PostgreSQL would refuse."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nitka.people.contact.clicks import token_of
from nitka.people.contact.replies import make_token
from nitka.people.contact.tests.makers import mail
from nitka.people.customers import queries as people
from nitka.people.customers.models import Evidence, Link, Refusal
from nitka.people.events import actions, queries
from nitka.people.events.models import Event, Rejected
from nitka.people.events.tests.makers import fresh_committer

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime.now(UTC).replace(microsecond=0)
HUMAN = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def committer() -> Iterator[None]:
    with fresh_committer():
        yield


@pytest.fixture
def server() -> queries.SourceView:
    actions.put_built_in_sources()
    return queries.source("server")


@pytest.fixture
def shop(server: queries.SourceView) -> queries.SourceView:
    return queries.source("storefront")


@pytest.fixture
def blog() -> queries.SourceView:
    actions.put_source(code="blog", name="Blog", kind="browser")
    return queries.source("blog")


def send(source: queries.SourceView, kind: str = "track", **more: Any) -> None:
    headers = {"user_agent": HUMAN} | {name: more.pop(name) for name in ("gpc", "dnt", "user_agent") if name in more}
    body = {"event": "Deed", "anonymousId": "d-77", **more}
    actions.collect(source=source, kind=kind, body=body, received=NOW, **headers)


def links() -> set[tuple[str, str, str, int]]:
    values = {row.id: row.value for row in Evidence.objects.all()}
    return {(*sorted((values[row.a], values[row.b])), row.reason, row.trust) for row in Link.objects.all()}


def test_all_four_times_are_kept(server: queries.SourceView) -> None:
    sent, original = NOW + timedelta(hours=3), NOW + timedelta(hours=2)
    send(server, timestamp=original.isoformat(), sentAt=sent.isoformat())
    row = Event.objects.get()
    assert (row.at, row.received_at, row.sent_at, row.original_at) == (NOW - timedelta(hours=1), NOW, sent, original)


def test_a_batchs_sent_at_counts_for_its_events(server: queries.SourceView) -> None:
    item = {"type": "track", "event": "A", "userId": "anna", "timestamp": (NOW - timedelta(hours=1)).isoformat()}
    body = {"batch": [item], "sentAt": (NOW - timedelta(minutes=5)).isoformat()}
    actions.collect(source=server, kind="batch", body=body, received=NOW)
    assert Event.objects.get().at == NOW - timedelta(minutes=55)


def test_a_server_that_is_trusted_gives_and_a_browser_claims(
    server: queries.SourceView, blog: queries.SourceView
) -> None:
    send(server, "identify", userId="u-1", traits={"email": "Anna@Example.com", "phone": "+48 600 123 456"})
    assert links() == {("d-77", "u-1", "event", 1), ("anna@example.com", "u-1", "event", 1),
                       ("+48600123456", "u-1", "event", 1)}  # fmt: skip
    send(blog, anonymousId="d-88", context={"traits": {"email": "eva@example.com"}})
    assert ("d-88", "eva@example.com", "event", 0) in links()
    assert Evidence.objects.get(value="anna@example.com").standing == 1
    assert Evidence.objects.get(value="eva@example.com").standing == 0


def test_a_click_in_our_own_mail_proves_whose_browser_it_is(shop: queries.SourceView) -> None:
    token = token_of(mail("anna@example.com", "en"))
    send(shop, context={"mailToken": token, "consent": {"analytics": True}})
    assert links() == {("anna@example.com", "d-77", "mail_click", 2)}
    assert Event.objects.get().context["mailToken"] is True
    send(shop, anonymousId="d-2", context={"mailToken": token[:-1] + "!", "consent": {"analytics": True}})
    assert len(links()) == 1 and "mailToken" not in Event.objects.order_by("-seq")[0].context


def test_a_token_of_another_purpose_proves_nothing(shop: queries.SourceView) -> None:
    sent = mail("anna@example.com", "en")
    forged = token_of(sent)[:-2] + "AA"
    for token in (make_token("mail", sent), forged, "anna@example.com", ["x"], "\0" * 44):
        send(shop, context={"mailToken": token, "consent": {"analytics": True}})
    assert links() == set() and set(Evidence.objects.values_list("value", flat=True)) == {"d-77"}
    send(shop, anonymousId=None, userId="null", context={"mailToken": token_of(sent), "consent": {"analytics": True}})
    assert links() == set(), "nor does one alone write upon the thread of its reader"


def test_other_ids_and_an_alias_are_linked(server: queries.SourceView) -> None:
    outside = [{"id": "48600", "type": "whatsapp"}, {"id": "x", "type": "unheard_of"}, "junk"]
    send(server, userId="u-1", anonymousId=None, context={"externalIds": outside})
    send(server, "alias", userId="u-1", anonymousId=None, previousId="d-0ld")
    assert links() == {("48600", "u-1", "event", 1), ("d-0ld", "u-1", "event", 1)}


@pytest.mark.parametrize("junk", ["null", "0000-0000", -1, "anonymous", "[object Object]", {"a": 1}, True, ""])
def test_junk_ids_are_nobody(server: queries.SourceView, junk: Any) -> None:
    send(server, userId=junk)
    assert Event.objects.get().evidence == people.evidence_id("device", "d-77")
    assert set(Evidence.objects.values_list("kind", flat=True)) == {"device"}


def test_a_stranger_cannot_write_upon_the_thread_of_a_known_login(
    server: queries.SourceView, blog: queries.SourceView
) -> None:
    send(server, userId="u-1", anonymousId=None)
    send(blog, userId="u-1", anonymousId="evil-device")
    assert Event.objects.order_by("-seq")[0].evidence == people.evidence_id("device", "evil-device")
    send(blog, userId="u-1", anonymousId=None)
    assert Event.objects.count() == 2 and Rejected.objects.get().reason.startswith("a trusted source")


@pytest.mark.parametrize(
    ("consent", "headers", "bits"),
    [
        ({"analytics": True, "personalisation": True, "advertising": True}, {}, 7),
        ({"analytics": True, "advertising": True}, {"gpc": True}, 1),
        ({"categoryPreferences": {"Analytics": True, "Advertising": False}}, {}, 1),
        ({"analytics": True}, {"dnt": True}, 1),
    ],
)
def test_what_was_allowed_is_kept(shop: queries.SourceView, consent: Any, headers: Any, bits: int) -> None:
    send(shop, context={"consent": consent}, **headers)
    assert Event.objects.get().consent == bits


@pytest.mark.parametrize("consent", [None, {}, {"analytics": False}, {"categoryPreferences": {"Analytics": False}}])
def test_the_shops_own_pages_store_nothing_without_a_yes(shop: queries.SourceView, consent: Any) -> None:
    send(shop, context={"consent": consent}, properties={"secret": "s3cret"})
    assert not Event.objects.exists() and not Evidence.objects.exists()
    row = Rejected.objects.get()
    assert (row.reason, row.excerpt) == ("no consent", "")


def test_a_no_counts_from_any_source(server: queries.SourceView, blog: queries.SourceView) -> None:
    send(server, context={"consent": {"categoryPreferences": {"Analytics": False}}})
    send(blog, dnt=True)
    assert not Event.objects.exists()
    send(blog)
    assert Event.objects.get().consent == 1


def test_who_refused_is_not_collected_under_any_of_the_ids(server: queries.SourceView) -> None:
    Refusal.objects.create(evidence=people.evidence_id("device", "d-77"), purpose="analytics")
    send(server, userId="u-1")
    send(server, userId="u-1", anonymousId=None)
    assert Event.objects.count() == 1 and Rejected.objects.get().reason == "no consent"


def test_addresses_of_the_network_are_not_kept(blog: queries.SourceView) -> None:
    send(blog, context={"ip": "203.0.113.9", "locale": "pl"})
    assert Event.objects.get().context == {"locale": "pl", "userAgent": HUMAN}


def test_machines_are_flagged_and_kept(blog: queries.SourceView, server: queries.SourceView) -> None:
    send(blog, user_agent="Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
    send(server, user_agent="analytics-python/2.4", messageId="x")
    assert [each.is_bot for each in queries.after(0)] == [True, False]


HOSTILE = [
    {"properties": {"nul": "a\0b", "k\0ey": 1}},
    {"properties": {"half": "\ud800", "both": "\ud83d\ude00"}},
    {"event": "De\\ed\twith\nlines\0"},
    {"messageId": "m\\1\t\n"},
    {"anonymousId": "d-77\0\n"},
    {"properties": {"big": 10**400, "nan": float("nan"), "inf": float("inf"), "long": 2**70}},
    {"properties": {"path": "C:\\new\\table \\u0000 \\. \\N"}},
    {"context": {"page": {"url": "x" * 20_000}}},
    {"context": "not an object", "integrations": 7, "traits": [], "timestamp": {"a": 1}, "sentAt": []},
    {"timestamp": "0001-01-01T00:00:00+14:00", "sentAt": "9999-12-31T23:59:59Z"},
    {"timestamp": "2026-11-20T12:00:00+05:30:15.000123"},
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_bodies_are_stored_and_hurt_nobody(server: queries.SourceView, hostile: dict[str, Any]) -> None:
    import json

    items = [{"type": "track", "event": "Deed", "anonymousId": "d-77", **hostile},
             {"type": "track", "event": "Neighbour", "userId": "u-1"}]  # fmt: skip
    body = actions.open_body(json.dumps({"batch": items}).encode())
    actions.collect(source=server, kind="batch", body=body, received=NOW)
    assert Event.objects.count() == 2, Rejected.objects.values()


@pytest.mark.parametrize("who", [{"userId": "null"}, {"userId": "0"}, {"anonymousId": "undefined"}])
def test_a_stranger_cannot_write_upon_the_thread_of_an_address(shop: queries.SourceView, who: dict[str, str]) -> None:
    """An id that is junk left the address in the traits as all that was known, and every reader of a page has a key."""
    told = {"email": "zofia@example.com", "phone": "+48512345678"}
    allowed = {"analytics": True}
    body = {"event": "Slander", "context": {"traits": told, "consent": allowed}, **who}
    actions.collect(source=shop, kind="track", body=body, received=NOW, user_agent=HUMAN)
    body = {"traits": told, "context": {"consent": allowed}, **who}
    actions.collect(source=shop, kind="identify", body=body, received=NOW, user_agent=HUMAN)
    assert not Event.objects.exists() and not Evidence.objects.exists()


def test_of_who_said_nothing_no_excerpt_is_kept_whatever_else_is_wrong(shop: queries.SourceView) -> None:
    for kind in ("batched", "track"):
        actions.collect(source=shop, kind=kind, received=NOW, user_agent=HUMAN,
                        body={"anonymousId": "d-77", "traits": {"email": "zofia@example.com"}})  # fmt: skip
    assert set(Rejected.objects.values_list("reason", "excerpt")) == {("no consent", "")}


def test_nested_beyond_reason_is_refused_alone(server: queries.SourceView) -> None:
    deep: Any = {}
    for _level in range(400):
        deep = {"d": deep}
    items = [{"type": "track", "event": "Deep", "userId": "u-1", "properties": deep}, {"type": "page", "userId": "u-1"}]
    actions.collect(source=server, kind="batch", body={"batch": items}, received=NOW)
    assert Event.objects.count() == 1 and Rejected.objects.get().type == "track"
