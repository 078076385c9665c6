"""Events of a visit are one knot."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from nitka.people.thread.items import ThreadItem
from nitka.people.thread.tests.makers import at
from nitka.people.thread.visits import Visit, knots

PHONE, LAPTOP = UUID(int=1), UUID(int=2)
UA = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Mobile/15E148"


def event(number: int, minutes: float, name: str = "Product Viewed", device: UUID = PHONE, **more: Any) -> ThreadItem:
    return ThreadItem(
        id=f"e-{number}", at=at(minutes), kind=more.pop("kind", "track"), name=name, source="event", group="visits",
        data=more.pop("data", {}), device=device, **more,
    )  # fmt: skip


def fact(number: int, minutes: float) -> ThreadItem:
    return ThreadItem(id=f"f-{number}", at=at(minutes), kind="x.y", name="y", source="fact", group="", data={})


def test_events_without_a_long_pause_are_one_visit_named_by_its_first() -> None:
    (visit,) = knots([event(3, 50), event(2, 25), event(1, 0)])
    assert isinstance(visit, Visit)
    assert (visit.id, visit.minutes, [each.id for each in visit.items]) == ("v-e-1", 50, ["e-3", "e-2", "e-1"])


def test_a_pause_of_half_an_hour_or_another_device_is_another_visit() -> None:
    assert len(knots([event(4, 61), event(3, 60), event(2, 29), event(1, 0)])) == 2
    assert len(knots([event(4, 3), event(3, 2), event(2, 1, device=LAPTOP), event(1, 0, device=LAPTOP)])) == 2


def test_a_fact_in_between_keeps_the_order_of_the_story() -> None:
    found = knots([event(4, 4), event(3, 3), fact(1, 2), event(2, 1), event(1, 0)])
    assert [each.id for each in found] == ["v-e-3", "f-1", "v-e-1"]


def test_a_lonely_event_stays_as_it_is() -> None:
    assert [each.id for each in knots([event(1, 0)])] == ["e-1"]


def test_it_says_what_was_seen_and_where_they_came_from() -> None:
    page = {"referrer": "https://www.google.com/", "url": "https://shop.example/en/"}
    (visit,) = knots([
        event(5, 5, data={"name": "Gnist"}), event(4, 4, data={"name": "Fonn"}),
        event(3, 3, "Products Searched", data={"query": "lamp"}), event(2, 2, data={"name": "Gnist"}),
        event(1, 0, "", kind="page", context={"page": page, "userAgent": UA, "campaign": {"name": "autumn"}}),
    ])  # fmt: skip
    assert isinstance(visit, Visit)
    assert (visit.goods, visit.searches, visit.pages) == (("Gnist", "Fonn"), ("lamp",), 1)
    assert (visit.came_from, visit.campaign, visit.is_phone) == ("google.com", "autumn", True)


def test_broken_addresses_of_others_break_nothing() -> None:
    found = knots([event(2, 1), event(1, 0, context={"page": {"referrer": "http://[", "url": 7}})])
    assert len(found) == 1 and timedelta(minutes=1) == found[0].at - at(0)
