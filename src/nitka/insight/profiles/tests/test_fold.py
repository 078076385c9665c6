"""The fold gives one state, whatever the order, however the events are dealt out."""

from functools import reduce
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nitka.insight.profiles import behaviour, buying
from nitka.insight.profiles.sketches import merge, newest, spans, tally
from nitka.insight.profiles.tests.makers import CHROME, IPHONE, bought, day, happened

NAMES = ("Product Viewed", "Product Added", "Products Searched", "Product List Viewed", "Rage Click", "Web Vitals")


@st.composite
def events(draw: Any) -> list[Any]:
    found = []
    for seq in range(1, draw(st.integers(1, 25)) + 1):
        name = draw(st.sampled_from(NAMES))
        found.append(
            happened(
                seq, name, minutes=draw(st.integers(-3000, 3000)), agent=draw(st.sampled_from([IPHONE, CHROME, ""])),
                kind=draw(st.sampled_from(["track", "page"])), path=draw(st.sampled_from(["/en/", "/en/p/lamp/", "/x"])),
                referrer=draw(st.sampled_from(["", "https://www.bing.com/", "https://shop.example/en/"])),
                consent=draw(st.integers(0, 7)), flags=draw(st.sampled_from([0, 0, 0, 1])),
                product_id=draw(st.sampled_from(["a", "b", "c"])), query=draw(st.sampled_from(["lamp", "Lamp ", "rug"])),
                results=draw(st.integers(0, 2)), category=draw(st.sampled_from(["", "lamps"])), currency="EUR",
                LCP=draw(st.sampled_from([900, 6000])),
            )
        )  # fmt: skip
    return found


@settings(max_examples=150, deadline=None)
@given(events(), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_state(found, random) -> None:
    straight: dict[str, Any] = reduce(behaviour.fold, found, {})
    shuffled = random.sample(found, len(found))
    assert reduce(behaviour.fold, shuffled, {}) == straight


@settings(max_examples=150, deadline=None)
@given(events(), st.randoms(use_true_random=False))
def test_parts_merge_to_the_whole(found, random) -> None:
    parts: list[dict[str, Any]] = [{}, {}, {}]
    for event in random.sample(found, len(found)):
        behaviour.fold(random.choice(parts), event)
    before = [dict(part) for part in parts]
    whole = behaviour.merged(behaviour.merged(parts[2], parts[0]), parts[1])
    assert whole == reduce(behaviour.fold, found, {})
    assert parts == before


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 99), st.integers(1, 3)), max_size=40), st.randoms())
def test_a_full_tally_keeps_the_same_words_with_whole_sums(said, random) -> None:
    fields = {"words": tally(1, 8)}
    entries = [{"words": {f"w{word}": [n, [at, place]]}} for place, (word, at, n) in enumerate(said)]
    straight: dict[str, Any] = reduce(lambda into, each: merge(fields, into, each), entries, {})
    for _try in range(3):
        assert (
            reduce(lambda into, each: merge(fields, into, each), random.sample(entries, len(entries)), {}) == straight
        )
    for word, entry in straight.get("words", {}).items():
        assert entry[0] == sum(n for w, _at, n in said if f"w{w}" == word)
    assert len(straight.get("words", {})) == min(8, len({word for word, _at, _n in said}))


def test_spans_that_a_late_event_bridges_become_one() -> None:
    join = spans(30)
    assert join([[0, 0]], [[50, 60]]) == [[0, 0], [50, 60]]
    assert join([[0, 0], [50, 60]], [[25, 25]]) == [[0, 60]]


def test_the_newest_are_kept() -> None:
    assert newest(2)([[5, 1, "b"], [1, 1, "a"]], [[7, 2, "c"]]) == [[7, 2, "c"], [5, 1, "b"]]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(-900, 0), st.sampled_from(["paid", "cancelled", "credited", "delivered"]),
                          st.integers(0, 3)), max_size=15), st.randoms())  # fmt: skip
def test_orders_in_any_order_give_the_same_state(told, random) -> None:
    orders = [
        bought(
            f"NK-{place}", days=days, status=status, total_minor=-100 if status == "credited" else 100 + place,
            products=tuple("abc"[:goods]), promised=day(12) if goods else None,
        )
        for place, (days, status, goods) in enumerate(told)
    ]  # fmt: skip
    assert buying.state_of(random.sample(orders, len(orders)), "Europe/Berlin") == buying.state_of(
        orders, "Europe/Berlin"
    )
