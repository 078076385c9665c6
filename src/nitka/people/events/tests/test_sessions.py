"""Visits: when one ends, where it came from, and that the order of arrival does not matter."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nitka.people.events import actions, queries, sessions
from nitka.people.events.models import Event, Kind
from nitka.people.events.tests import makers
from nitka.people.events.visits import Session

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PHONE, LAPTOP, LOGIN = UUID(int=1), UUID(int=2), UUID(int=3)
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
STRIPE = "https://checkout.stripe.com/c/pay/x"


@pytest.fixture(autouse=True)
def sources(db: None) -> None:
    actions.put_built_in_sources()


def hit(minute: float, query: str = "", *, who: UUID = PHONE, referrer: str = "", name: str = "", path: str = "/en/",
        source: str = "storefront", **fields: Any) -> int:  # fmt: skip
    """A page view of our module, or with a name a deed on that page."""
    found = queries.source(source)
    assert found is not None
    url = f"https://shop.example{path}{query}"
    context = {"page": {"url": url, "path": path, "search": query, "referrer": referrer}, "userAgent": CHROME}
    return makers.event(
        evidence=fields.pop("evidence", who), device=who, at=NOON + timedelta(minutes=minute), name=name,
        kind=Kind.TRACK if name else Kind.PAGE, source=found.id, context=context | fields.pop("context", {}), **fields,
    )  # fmt: skip


def settle() -> list[tuple[int, int, str, int]]:
    """Follow to the end: (first minute, last minute, channel, events) of each visit in order."""
    while sessions.step():
        pass
    return [
        (int((row.started_at - NOON).total_seconds() // 60), int((row.last_at - NOON).total_seconds() // 60),
         row.channel, row.events)
        for row in Session.objects.order_by("started_at")
    ]  # fmt: skip


def test_thirty_minutes_of_quiet_end_a_visit() -> None:
    for minute in (0, 10, 40, 71):
        hit(minute)
    assert settle() == [(0, 40, "direct", 3), (71, 71, "direct", 1)]


def test_a_new_campaign_begins_a_new_visit_and_the_same_one_does_not() -> None:
    hit(0, "?utm_source=google&utm_medium=cpc")
    hit(1, "?utm_source=google&utm_medium=cpc")
    hit(2, path="/en/p/lamp/")
    hit(5, "?utm_source=letter&utm_medium=email")
    hit(6, "?UTM_SOURCE=Letter&utm_medium=email", name="Product Viewed")
    assert settle() == [(0, 2, "paid_search", 3), (5, 6, "email", 2)]


def test_a_referrer_within_a_visit_is_no_new_visit() -> None:
    hit(0, referrer="https://www.google.com/")
    hit(3, referrer="https://blog.example/")
    assert settle() == [(0, 3, "organic_search", 2)]


@pytest.mark.parametrize("minutes", [5, 55, 600])
def test_coming_back_from_paying_goes_on_with_the_visit(minutes: int) -> None:
    hit(0, "?gclid=x", referrer="https://www.google.com/")
    hit(minutes, referrer=STRIPE, path="/en/order/NK-1")
    assert settle() == [(0, minutes, "paid_search", 2)]


def test_a_payment_host_that_the_merchant_names_is_quiet_too() -> None:
    actions.set_quiet_hosts(paying=["pay.mybank.example"], own=[])
    hit(0, referrer="https://t.co/x")
    hit(45, referrer="https://secure.pay.mybank.example/3ds")
    assert settle() == [(0, 45, "organic_social", 2)]


def test_what_a_server_tells_is_no_visit() -> None:
    hit(0, name="Order Completed", source="server")
    assert settle() == []


def test_visitors_are_kept_apart_and_a_login_does_not_break_a_visit() -> None:
    hit(0)
    hit(1, who=LAPTOP)
    hit(2, evidence=LOGIN, name="Signed In")
    assert settle() == [(0, 2, "direct", 2), (1, 1, "direct", 1)]
    assert Session.objects.get(visitor=PHONE).evidences == [PHONE, LOGIN]
    assert [each.pages for each in queries.sessions_of([LOGIN])] == [1]


def test_a_late_event_bridges_two_visits_and_the_first_ids_stay() -> None:
    hit(0)
    hit(50)
    assert len(settle()) == 2
    first = Session.objects.earliest("started_at").id
    hit(25)
    assert settle() == [(0, 50, "direct", 3)]
    assert Session.objects.get().id == first


def test_a_late_landing_gives_the_visit_its_source() -> None:
    hit(5, path="/en/p/lamp/")
    settle()
    hit(4, "?utm_source=letter&utm_medium=email", path="/en/c/lamps/")
    assert settle() == [(4, 5, "email", 2)]
    assert Session.objects.get().landing == "/en/c/lamps/"


STORY = [
    (0, {"query": "?utm_source=google&utm_medium=cpc"}), (3, {"path": "/en/p/a/"}), (4, {"name": "Product Added"}),
    (9, {"query": "?utm_source=letter&utm_medium=email"}), (12, {"name": "Product Viewed"}),
    (41, {"path": "/en/p/b/"}), (80, {"referrer": "https://chatgpt.com/"}), (100, {"referrer": STRIPE}),
    (200, {"referrer": STRIPE}), (229, {}), (300, {"referrer": "https://t.co/x"}), (331, {}),
]  # fmt: skip
TOLD = [
    (0, 4, "paid_search", 3), (9, 41, "email", 3), (80, 229, "ai_assistants", 4), (300, 300, "organic_social", 1),
    (331, 331, "direct", 1),
]  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(STORY), st.lists(st.booleans(), min_size=len(STORY), max_size=len(STORY)))
def test_any_order_of_arrival_in_any_portions_gives_the_same_visits(story: Any, rests: list[bool]) -> None:
    Event.objects.all().delete()
    Session.objects.all().delete()
    for (minute, said), rest in zip(story, rests, strict=True):
        hit(minute, **said)
        if rest:
            settle()
    assert settle() == TOLD


# --- Machines -----------------------------------------------------------------------------------


def test_who_names_itself_a_machine_is_kept_apart_but_kept() -> None:
    hit(0, flags=queries.BOT)
    hit(1, who=LAPTOP)
    settle()
    day = (NOON - timedelta(days=1), NOON + timedelta(days=1))
    people, everybody = queries.sessions_by_channel(*day, "people"), queries.sessions_by_channel(*day, "all")
    assert [(each.sessions, each.bots) for each in people] == [(1, 0)]
    assert [(each.sessions, each.visitors, each.pages, each.bots) for each in everybody] == [(2, 2, 2, 1)]


def test_more_than_twenty_pages_a_minute_are_a_machines() -> None:
    for place in range(25):
        hit(place / 60, path=f"/en/p/{place}/")
    settle()
    assert Session.objects.get().why == "fast"


def test_many_pages_without_one_sign_of_a_person_are_a_machines() -> None:
    for place in range(9):
        hit(place * 2, path=f"/en/p/{place}/")
    settle()
    assert Session.objects.get().why == "silent"
    hit(17, name="Page Scrolled")
    settle()
    assert not Session.objects.get().bot


def test_a_swarm_of_single_hits_from_nowhere_is_flagged_until_somebody_stays() -> None:
    swarm = [uuid4() for _each in range(25)]
    for place, each in enumerate(swarm):
        hit(place / 10, who=each)
    hit(1, who=PHONE, referrer="https://www.google.com/")
    settle()
    assert Session.objects.filter(why="burst").count() == 25 and not Session.objects.get(visitor=PHONE).bot
    hit(8, who=swarm[0], name="Page Scrolled")
    settle()
    assert not Session.objects.get(visitor=swarm[0]).bot
    assert Session.objects.filter(bot=True).count() == 24


def test_the_cursor_moves_with_the_rows_and_nothing_counts_twice() -> None:
    hit(0)
    assert sessions.step() == 1
    assert sessions.step() == 0
    assert settle() == [(0, 0, "direct", 1)]
