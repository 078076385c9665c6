"""Each value by its rule, in a small case."""

from datetime import timedelta
from functools import reduce
from typing import Any

import pytest

from nitka.insight.profiles import behaviour, buying, groups
from nitka.insight.profiles.known import Known, bought_by, done_by
from nitka.insight.profiles.tests.makers import ANNA, CHROME, IPHONE, LAPTOP, NOON, bought, day, happened
from nitka.insight.profiles.views import ProfileValue, ProfileView
from nitka.people.customers.queries import CustomerView, OccasionView
from nitka.people.events.queries import SessionView

CUSTOMER = CustomerView(
    ANNA, "C-1", "anna@example.com", "Anna", "", "pl", "", "metric", None, "", "", None, NOON - timedelta(days=400)
)


def view(*, events: Any = (), orders: Any = (), days_later: int = 0, refused: frozenset[str] = frozenset(),
         **more: Any) -> ProfileView:  # fmt: skip
    now = NOON + timedelta(days=days_later)
    parts: dict[Any, Any] = {}
    for event in events:
        behaviour.fold(parts.setdefault((behaviour.month_of(event.at), event.evidence), {}), event)
    reference, state = buying.state_of(orders, "Europe/Berlin")
    rows = [(month, parts[month, evidence]) for month, evidence in sorted(parts)]
    known = Known(
        more.pop("customer", CUSTOMER), now, "en", behaviour=done_by(rows, now, refused),
        buying=bought_by([{**state, "reference": reference}], now), withheld=refused, **more,
    )  # fmt: skip
    return ProfileView(customer_id=ANNA, groups=groups.all_of(known))


def one(name: str, **given: Any) -> ProfileValue:
    found = view(**given).value(name)
    assert found, name
    return found


def test_what_was_told() -> None:
    told = {"birthday": NOON}
    anna = CustomerView(**{**_fields(CUSTOMER), "birthday": day(3), "preferred_channel": "viber", "market": "pl"})
    occasions = [OccasionView("birthday", "Ola", 2, 29)]
    shown = view(customer=anna, told=told, occasions=occasions)
    assert shown.value("language").texts == ("Polski",)  # type: ignore[union-attr]
    birthday = shown.value("birthday")
    assert birthday and birthday.texts == ("3 Nov 2026",) and birthday.at == NOON
    assert birthday.source == "told by the customer"
    assert shown.value("preferred_channel").texts == ("Viber",)  # type: ignore[union-attr]
    assert shown.value("occasions").texts == ("Ola: 29 Feb",)  # type: ignore[union-attr]
    assert shown.value("market").value == "pl"  # type: ignore[union-attr]


def _fields(customer: CustomerView) -> dict[str, Any]:
    return {name: getattr(customer, name) for name in customer.__dataclass_fields__}


def test_the_channel_they_write_by() -> None:
    shown = one("answers_by", answers={"email": (1, NOON), "whatsapp": (3, NOON)})
    assert shown.texts == ("WhatsApp: 3 times", "E-mail: 1 time") and shown.source == "from 4 messages"


def test_spent_is_net_of_what_went_back() -> None:
    orders = [
        bought("A", total_minor=10_000), bought("B", total_minor=5000, refunded_minor=2000),
        bought("C", total_minor=7000, status="cancelled"), bought("D", total_minor=-1000, status="credited"),
        bought("E", total_minor=900, currency="PLN"), bought("F", total_minor=-1, status="adjusted"),
    ]  # fmt: skip
    shown = view(orders=orders)
    spent, average = shown.value("spent"), shown.value("average_order")
    assert spent and spent.value == {"EUR": 12_000, "PLN": 900} and spent.texts == ("€120.00", "PLN\xa09.00")
    assert average and average.value == {"EUR": 7500, "PLN": 900} and average.source == "from 3 orders"
    assert shown.value("returned").value == 2  # type: ignore[union-attr]
    assert shown.value("cancelled").value == 1  # type: ignore[union-attr]


def test_rhythm_of_orders() -> None:
    orders = [bought("A", days=-100), bought("B", days=-90), bought("C", days=-40), bought("D", days=-10)]
    shown = view(orders=orders)
    assert shown.value("frequency").value == 30  # type: ignore[union-attr]
    recency = shown.value("recency")
    assert recency and (recency.value, recency.texts, recency.order_code) == (10, ("10 days ago",), "D")
    assert view(orders=orders[:1]).value("frequency") is None


def test_coupons_and_the_lowest_price() -> None:
    orders = [bought("A", coupon_codes=("SPRING",)), bought("B", coupon_codes=("SPRING", "TWO")), bought("C")]
    assert one("coupons", orders=orders).texts[:2] == ("in 2 of 3 orders", "SPRING: 2 times")
    assert one("motive_price", orders=orders).source == "a coupon in 2 of 3 orders"
    assert view(orders=[bought("A", coupon_codes=("X",))]).value("motive_price") is None


def test_sorting_by_price_is_a_reason_too() -> None:
    lists = [
        happened(n, "Product List Filtered", minutes=n, sorts=[{"type": "price", "value": "asc"}]) for n in (1, 2, 3)
    ]
    assert one("motive_price", events=lists).source == "sorted by price 3 times"
    falling = [
        happened(n, "Product List Filtered", minutes=n, sorts=[{"type": "price", "value": "desc"}]) for n in (1, 2, 3)
    ]
    assert one("motive_unknown", events=falling).texts == ("Not enough known",)


def test_promises() -> None:
    morning = NOON - timedelta(hours=4)
    orders = [
        bought("A", promised=day(10), delivered_at=morning), bought("B", promised=day(8), delivered_at=morning),
        bought("C", promised=day(9)), bought("D", promised=day(10)), bought("E", promised=day(1), status="cancelled"),
    ]  # fmt: skip
    shown = view(orders=orders)
    assert shown.value("promises_kept").value == 1  # type: ignore[union-attr]
    broken, late = shown.value("promises_broken"), shown.value("late_now")
    assert broken and (broken.texts, broken.order_code) == (("1 time", "last time 2 days late"), "B")
    assert late and (late.value, late.order_code) == (1, "C")


def test_a_promise_is_for_the_day_of_the_shop() -> None:
    # 23:30 UTC on the tenth is the eleventh in Berlin.
    late = bought("A", promised=day(10), delivered_at=NOON.replace(hour=23, minute=30))
    assert buying.state_of([late], "Europe/Berlin")[1]["broken"] == 1
    assert buying.state_of([late], "UTC")[1]["kept"] == 1


def test_delivery_chosen() -> None:
    orders = [bought("A"), bought("B"), bought("C", delivery_code="box", delivery_name="Parcel box")]
    assert one("deliveries", orders=orders).texts == ("Post: 2 times", "Parcel box: 1 time")


def test_first_and_last_touch() -> None:
    events = [
        happened(1, kind="page", path="/en/", referrer="https://www.bing.com/search"),
        happened(2, kind="page", minutes=90, path="/en/c/lamps/", campaign={"source": "news", "medium": "email", "name": "May"}),
        happened(3, kind="page", minutes=95, path="/en/p/a/", referrer="https://shop.example/en/c/lamps/"),
    ]  # fmt: skip
    shown = view(events=list(reversed(events)))
    first, last = shown.value("first_touch"), shown.value("last_touch")
    assert first and first.texts == ("bing.com",) and first.source == "the page they landed on: /en/"
    assert last and last.texts == ("news, email", "Campaign May") and last.value["landing"] == "/en/c/lamps/"
    assert shown.value("visits").value == 2  # type: ignore[union-attr]


def test_channels_are_told_by_the_merchants_rules_where_sessions_are_known() -> None:
    def session(days: int, channel: str, source: str, medium: str) -> SessionView:
        at = NOON - timedelta(days=days)
        return SessionView(LAPTOP, LAPTOP, LAPTOP, at, at + timedelta(minutes=6), channel, source, medium, "", {}, "",
                           "/en/", 3, 5, False, "")  # fmt: skip

    sessions = [session(1, "Direct", "(direct)", "(none)"), session(5, "Email", "news", "email"),
                session(9, "Organic search", "bing", "organic")]  # fmt: skip
    shown = view(sessions=sessions)
    first, last, visits = (shown.value(name) for name in ("first_touch", "last_touch", "visits"))
    assert first and first.texts == ("bing, organic",) and first.value["channel"] == "Organic search"
    assert last and last.value["channel"] == "Email"
    assert visits and visits.texts == ("3", "6 minutes on average")


def test_a_visit_goes_on_over_devices_and_the_end_of_a_month() -> None:
    late = (NOON.replace(month=12, day=1, hour=0) - NOON).total_seconds() / 60
    events = [happened(1, minutes=late - 10, kind="page"), happened(2, minutes=late + 10, kind="page", evidence=LAPTOP)]
    assert one("visits", events=events, days_later=30).value == 1


def test_the_usual_way() -> None:
    events, seq = [], 0
    for visit in range(3):
        for step, path in enumerate(["/en/", "/en/c/lamps/", "/en/p/a/", "/en/p/b/", "/en/cart"][: 5 - (visit == 1)]):
            seq += 1
            events.append(happened(seq, kind="page", minutes=visit * 600 + step, path=path))
    way = one("typical_path", events=events)
    assert way.texts == ("Home → Category → Product → Cart",) and way.source == "2 of the last 3 visits began so"


def test_devices() -> None:
    events = [happened(1, kind="page"), happened(2, kind="page"), happened(3, kind="page", agent=CHROME)]
    assert one("devices", events=events).texts == ("Phone: Safari on iOS", "Computer: Chrome on Windows")
    assert IPHONE not in str(reduce(behaviour.fold, events, {}))


def test_weights_fade_by_half_in_sixty_days() -> None:
    old = happened(1, "Product Viewed", product_id="a", category="Lamps", brand="Lux", minutes=-60 * 24 * 60)
    new = happened(2, "Product Viewed", product_id="b", category="Rugs", brand="Tkanina")
    shown = one("categories", events=[old, new])
    assert shown.texts == ("Rugs: 67%", "Lamps: 33%") and "halves in 60 days" in shown.source
    assert one("brands", events=[old, new], days_later=300).value == {"Tkanina": 0.6667, "Lux": 0.3333}


def test_goods_of_ours_bear_our_names_and_orders_count() -> None:
    events = [
        happened(1, "Product Viewed", product_id="7", category="lampy"),
        happened(2, "Product Added", product_id="7"),
    ]
    shown = one("categories", events=events, orders=[bought("A", products=("8",))],
                goods={"7": ("Lamps", "Lux"), "8": ("Rugs", "")})  # fmt: skip
    assert shown.value == {"Rugs": 0.6667, "Lamps": 0.3333}


def test_searches_and_what_they_did_not_find() -> None:
    events = [
        happened(1, "Products Searched", query="Lamp ", results=3), happened(2, "Products Searched", query="lamp", results=4),
        happened(3, "Products Searched", query="gnome", results=0, path="/en/search"),
    ]  # fmt: skip
    shown = view(events=events)
    assert shown.value("searches").texts == ("lamp: 2 times, 4 found", "gnome: 1 time, 0 found")  # type: ignore[union-attr]
    nothing = shown.value("no_results")
    assert nothing and (nothing.value, nothing.source) == (1, "last on /en/search")


@pytest.mark.parametrize(("name", "said", "trouble"), [
    ("Rage Click", {}, "rage_click"), ("Dead Clicked", {}, "dead_click"), ("Form Error", {"field": "x"}, "form_error"),
    ("JavaScript Error", {}, "script_error"), ("Web Vitals", {"LCP": 4100}, "slow_page"),
    ("Web Vitals", {"metric": "INP", "value": 600}, "slow_page"), ("Web Vitals", {"LCP": 1200, "CLS": 0.3}, ""),
])  # fmt: skip
def test_troubles(name: str, said: dict[str, Any], trouble: str) -> None:
    shown = view(events=[happened(1, name, **said)])
    group = [each for each in shown.groups if each.name == "troubles"]
    assert [each.name for each in group[0].values] == [trouble] if trouble else not group


def test_quick_orders_are_speed_and_long_walks_inspiration() -> None:
    quick = [
        happened(visit * 10 + step, kind="page", minutes=visit * 600 + step * 2, path=path)
        for visit in range(2) for step, path in enumerate(["/en/p/a/", "/en/cart", "/en/checkout", "/en/order/x"])
    ]  # fmt: skip
    assert one("motive_speed", events=quick).source.startswith("2 of 2 visits")
    long = [
        happened(visit * 100 + step, kind="page", minutes=visit * 600 + step, path=["/en/c/a/", "/en/p/b/"][step % 2])
        for visit in range(3) for step in range(9)
    ]  # fmt: skip
    assert one("motive_inspiration", events=long).source == "3 long visits without a search"


def test_without_consent_nothing_of_behaviour_is_computed() -> None:
    events = [happened(1, "Products Searched", query="lamp", results=0, consent=0), happened(2, kind="page", consent=4)]
    assert reduce(behaviour.fold, events, {}) == {}


def test_each_consent_opens_its_own_part() -> None:
    searched = {"query": "lamp", "results": 0}
    measured = view(events=[happened(1, "Products Searched", consent=1, **searched)])
    assert measured.value("searches") is None and measured.value("no_results")
    personal = view(events=[happened(1, "Products Searched", consent=2, **searched)])
    assert personal.value("searches") and personal.value("visits") is None


def test_who_takes_consent_back_keeps_orders_only() -> None:
    events = [happened(1, "Products Searched", query="lamp", results=0), happened(2, kind="page", path="/en/")]
    shown = view(events=events, orders=[bought("A")], refused=frozenset({"analytics", "personalisation"}))
    assert {group.name for group in shown.groups} == {"who", "motives", "buying", "delivery"}


def test_bots_are_no_people() -> None:
    assert behaviour.summary_of(happened(1, kind="page", flags=1)) == {}
