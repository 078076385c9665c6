"""Which options are offered: one sentence a rule."""

from datetime import time
from typing import Any

import pytest

from nitka.sale.shipping import actions, queries
from nitka.sale.shipping.queries import Load
from nitka.sale.shipping.rules import clean, fits
from nitka.sale.shipping.tests.makers import WEDNESDAY, open_shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def put(**more: Any) -> None:
    common: dict[str, Any] = {
        "code": "special", "names": {"en": "Special"}, "cut_off": time(15), "handling_days": 0, "transit_days": 2,
        "prices": {"pl": 2000, "eu": 500},
    }  # fmt: skip
    actions.put_option(**(common | more))


def price(load: Load, **asked: Any) -> int | None:
    found = queries.option(
        "special", **({"country": "PL", "postcode": "80-831", "market": "pl", "at": WEDNESDAY, "load": load} | asked)
    )
    return found.price_minor if found else None


def offered(rules: dict[str, Any], load: Load = Load(), postcode: str = "80-831", market: str = "pl") -> bool:  # noqa: B008
    return fits(clean(rules), load, market, postcode)


def test_a_table_by_weight_has_the_price_of_the_first_step_that_holds_the_parcel() -> None:
    put(steps={"pl": [(5000, 1500), (1000, 900), (20_000, 3900)]})
    assert [price(Load(weight_g=g)) for g in (1, 1000, 1001, 5000, 20_000)] == [900, 900, 1500, 1500, 3900]
    assert price(Load(weight_g=20_001)) is None
    assert price(Load(weight_g=50_000), market="eu") == 500


def test_a_table_by_worth_and_one_by_pieces() -> None:
    put(steps={"pl": [(10_000, 1500), (50_000, 700)]}, steps_by="goods")
    assert [price(Load(goods_minor=m)) for m in (10_000, 10_001)] == [1500, 700]
    put(steps={"pl": [(1, 500), (10, 900)]}, steps_by="pieces")
    assert [price(Load(pieces=n)) for n in (1, 2, 11)] == [500, 900, None]


def test_free_from_wins_over_the_table() -> None:
    put(steps={"pl": [(5000, 1500)]}, free_from={"pl": 30_000})
    assert price(Load(weight_g=100, goods_minor=30_000)) == 0


@pytest.mark.parametrize(
    ("rules", "inside", "outside"),
    [
        ({"min_weight_g": 10_000}, Load(weight_g=10_000), Load(weight_g=9999)),
        ({"max_longest_mm": 640}, Load(longest_mm=640), Load(longest_mm=641)),
        ({"max_volume_cm3": 30_000}, Load(volume_cm3=30_000), Load(volume_cm3=30_001)),
        ({"max_pieces": 3}, Load(pieces=3), Load(pieces=4)),
        ({"min_goods": {"pl": 5000}}, Load(goods_minor=5000), Load(goods_minor=4999)),
        ({"max_goods": {"pl": 5000}}, Load(goods_minor=5000), Load(goods_minor=5001)),
        ({"labels": ["vip", "staff"]}, Load(labels=frozenset({"vip"})), Load(labels=frozenset({"new"}))),
        ({"not_labels": ["blocked"]}, Load(), Load(labels=frozenset({"blocked", "vip"}))),
        ({"promotions": ["SPRING"]}, Load(promotions=frozenset({"SPRING"})), Load()),
        ({"channels": ["shop"]}, Load(channel="shop"), Load(channel="feed")),
        ({"regions": ["NY", "nj"]}, Load(region="NJ"), Load(region="AK")),
        ({"classes_only": ["book"]}, Load(classes=frozenset({"book"})), Load(classes=frozenset({"book", "lamp"}))),
        ({"classes_any": ["bulky"]}, Load(classes=frozenset({"bulky", "lamp"})), Load(classes=frozenset({"lamp"}))),
        ({"classes_none": ["glass"]}, Load(classes=frozenset({"lamp"})), Load(classes=frozenset({"lamp", "glass"}))),
    ],
)
def test_each_rule_holds_at_its_edge_and_not_beyond(rules: dict[str, Any], inside: Load, outside: Load) -> None:
    assert offered(rules, inside) and not offered(rules, outside)


def test_postcodes_are_prefixes_codes_or_ranges() -> None:
    assert offered({"postcodes": ["80", "81-198"]}, postcode="80-831")
    assert offered({"postcodes": ["80-000..81-999"]}, postcode="81 999")
    assert not offered({"postcodes": ["80-000..81-999"]}, postcode="82-000")
    assert offered({"postcodes": ["80..82"]}, postcode="82-999")
    assert not offered({"not_postcodes": ["80-8"]}, postcode="80-831")
    assert not offered({"postcodes": ["80"]}, postcode="")


def test_rules_that_cannot_be_meant_are_refused_in_words() -> None:
    for wrong in ({"postcodes": ["82..80"]}, {"min_weight_g": -1}, {"moon": "full"}, {"max_pieces": "many"}):
        with pytest.raises(actions.BadOptionProblem):
            put(rules=wrong)
    for table in ([(0, 5)], [(5, -1)], [(5, 1), (5, 2)]):
        with pytest.raises(actions.BadOptionProblem):
            put(steps={"pl": table})
    with pytest.raises(actions.BadOptionProblem):
        put(kind="pickup")
    with pytest.raises(actions.UnknownCarrierProblem):
        put(carrier="pigeon")


def test_an_option_for_some_people_promises_free_delivery_to_nobody_else() -> None:
    put(free_from={"pl": 1}, rules={"labels": ["staff"]})
    assert queries.free_delivery_from(country="PL", market="pl") == 15_000


def test_rules_and_tables_cost_no_query_while_fresh(django_assert_num_queries) -> None:
    put(steps={"pl": [(5000, 1500)]}, rules={"postcodes": ["80"], "classes_none": ["glass"]})
    price(Load())
    with django_assert_num_queries(0):
        price(Load(weight_g=500))
