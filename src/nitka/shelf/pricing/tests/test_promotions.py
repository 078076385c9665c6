"""What promotions give, kind by kind, and when they do not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.shelf.catalog.models import Category, Product, Variant
from nitka.shelf.pricing import actions, queries
from nitka.shelf.pricing.tests.makers import ANNA, STRANGER, basket, markets, priced

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday


@pytest.fixture(autouse=True)
def world():
    queries.forget()
    markets()
    with clock.freeze(NOON):
        yield


def promote(benefit, **more):
    conditions = more.pop("conditions", {})
    return actions.put_promotion(name=more.pop("name", "Autumn"), benefit=benefit, conditions=conditions, **more)


def quote(*lines, buyer=STRANGER, **more):
    return queries.quote(basket=basket(*lines, **more), buyer=buyer)


def product_of(variant):
    return Variant.objects.get(id=variant).product_id


def test_a_percentage_off_some_goods_leaves_the_others_alone():
    (lamp,), (chair,) = priced(1000), priced(5000, handle="chair")
    promote({"kind": "percent", "percent": 20}, conditions={"scope": {"products": [product_of(lamp)]}})
    sums = quote((lamp, 2), (chair, 1))
    assert [(line.variant_id, line.discount_minor) for line in sums.lines] == [(lamp, 400), (chair, 0)]
    assert [(each.label, each.minor) for each in sums.promotions] == [("Autumn", 400)]
    assert sums.lines[0].promotions[0].minor == 400


def test_goods_are_found_by_category_below_it_by_tag_and_by_what_is_left_out():
    (lamp,), (chair,) = priced(1000), priced(1000, handle="chair")
    home = Category.objects.create(handle="home", path="")
    Category.objects.filter(id=home.id).update(path=f"{home.id}/")
    light = Category.objects.create(handle="light", parent=home, path=f"{home.id}/x/")
    Product.objects.filter(id=product_of(lamp)).update(category=light, tags=["warm"])
    for scope in ({"categories": [home.id]}, {"tags": ["warm"]}, {"not_products": [product_of(chair)]}):
        promotion = promote({"kind": "percent", "percent": 10}, conditions={"scope": scope})
        assert [line.discount_minor for line in quote((lamp, 1), (chair, 1)).lines] == [100, 0], scope
        actions.end_promotion(promotion_id=promotion)
    promote({"kind": "percent", "percent": 10}, conditions={"scope": {"full_price": True}})
    actions.set_prices(prices=[(lamp, "eu", 900, 1000)])
    assert [line.discount_minor for line in quote((lamp, 1), (chair, 1)).lines] == [0, 100]


def test_a_fixed_price_holds_for_each_piece_and_is_never_dearer():
    (lamp,), (mug,) = priced(1000), priced(500, handle="mug")
    promote({"kind": "fixed_price", "amounts": {"EUR": 700}})
    assert [line.total_minor for line in quote((lamp, 3), (mug, 1)).lines] == [2100, 500]


def test_of_three_the_cheapest_is_free():
    lamp, mug = priced(1000, 400)
    promote({"kind": "buy_get", "buy": 2, "get": 1})
    assert quote((lamp, 2)).discount_minor == 0
    assert quote((lamp, 2), (mug, 1)).discount_minor == 400
    assert quote((lamp, 5), (mug, 1)).discount_minor == 400 + 1000


def test_who_buys_a_sofa_gets_a_cushion_cheaper_and_goods_of_both_kinds_count_once():
    (sofa,), (cushion,) = priced(90_000), priced(3000, handle="cushion")
    promote(
        {
            "kind": "buy_get",
            "buy": 1,
            "get": 1,
            "percent": 50,
            "times": 2,
            "reward": {"products": [product_of(cushion)]},
        },
        conditions={"scope": {"products": [product_of(sofa)]}},
    )
    assert quote((sofa, 1)).discount_minor == quote((cushion, 3)).discount_minor == 0
    assert quote((sofa, 1), (cushion, 3)).discount_minor == 1500
    assert quote((sofa, 3), (cushion, 3)).discount_minor == 3000


def test_a_bundle_costs_its_price_as_often_as_it_is_whole():
    (pot,), (lid,) = priced(4000), priced(1500, handle="lid")
    promote({
        "kind": "bundle", "amounts": {"EUR": 4900},
        "parts": [
            {"scope": {"products": [product_of(pot)]}, "pieces": 1},
            {"scope": {"products": [product_of(lid)]}, "pieces": 1},
        ],
    })  # fmt: skip
    assert quote((pot, 1)).discount_minor == 0
    assert quote((pot, 1), (lid, 1)).total_minor == 4900
    assert quote((pot, 2), (lid, 3)).total_minor == 2 * 4900 + 1500


def test_delivery_is_free_by_the_option_it_is_promised_for():
    (lamp,) = priced(1000)
    promote({"kind": "delivery", "percent": 100, "options": ["post"]}, conditions={"minimum": {"EUR": 1000}})
    sums = quote((lamp, 1))
    assert queries.delivery_price(sums, "post", 490) == 0
    assert queries.delivery_price(sums, "courier", 990) == 990
    with_post = queries.with_delivery(sums, 490, "post", fee_minor=100)
    assert (with_post.delivery_minor, with_post.total_minor) == (100, 1100)
    assert [(each.kind, each.minor) for each in with_post.promotions] == [("delivery", 490)]
    assert queries.with_delivery(with_post, 990, "courier").promotions == ()
    assert queries.with_delivery(with_post, 990, "courier") == quote(
        (lamp, 1), delivery_minor=990, delivery_code="courier"
    )


def test_a_gift_is_a_line_of_its_own_that_costs_nothing():
    (lamp,), (mug,) = priced(5000), priced(700, handle="mug")
    promote({"kind": "gift", "variant": mug}, conditions={"minimum": {"EUR": 5000}})
    sums = quote((lamp, 1), (mug, 1))
    assert [(line.variant_id, line.gift, line.total_minor) for line in sums.lines] == [
        (lamp, False, 5000),
        (mug, False, 700),
        (mug, True, 0),
    ]
    assert (sums.total_minor, sums.discount_minor) == (5700, 700)
    assert not any(line.gift for line in quote((lamp, 1), no_gifts=(mug,)).lines)
    assert not any(line.gift for line in quote((mug, 1)).lines)
    assert quote((lamp, 1)).unpriced == ()


def test_each_product_gets_its_best_and_lanes_go_on_with_what_is_left():
    (lamp,), (chair,) = priced(1000), priced(1000, handle="chair")
    promote({"kind": "percent", "percent": 10}, name="All")
    promote({"kind": "percent", "percent": 30}, name="Lamps", conditions={"scope": {"products": [product_of(lamp)]}})
    actions.put_coupon(code="TEN", kind="percent", value=10)
    sums = quote((lamp, 1), (chair, 1), coupon_codes=("TEN",))
    assert {each.label: each.minor for each in sums.promotions} == {"Lamps": 300, "All": 100, "TEN": 160}
    assert sums.total_minor == 1440


def test_in_a_lane_that_takes_all_priority_decides_and_one_may_stop_it():
    actions.put_lane(code="stack", name="Stack", takes="all", position=1)
    (lamp,) = priced(1000)
    for name, percent, priority, stops in (("c", 50, 3, False), ("a", 10, 1, False), ("b", 20, 2, True)):
        promote({"kind": "percent", "percent": percent}, name=name, lane="stack", priority=priority, stops_lane=stops)
    assert [(each.label, each.minor) for each in quote((lamp, 1)).promotions] == [("a", 100), ("b", 180)]


def test_one_that_stands_alone_counts_where_it_saves_more_than_all_others():
    (lamp,) = priced(1000)
    promote({"kind": "percent", "percent": 10}, name="all")
    promote({"kind": "percent", "percent": 30}, name="alone", exclusive=True, code="ALONE")
    actions.put_coupon(code="SIX", kind="percent", value=6)
    assert quote((lamp, 1)).discount_minor == 100
    sums = quote((lamp, 1), coupon_codes=("ALONE", "SIX"))
    assert [each.label for each in sums.promotions] == ["alone"]
    assert "ALONE saves you more" in sums.coupons[1].reason


@pytest.mark.parametrize(
    ("conditions", "fits", "fails"),
    [
        ({"labels": ["vip"]}, {"buyer": replace(ANNA, labels=("vip",))}, {}),
        ({"first_order": True}, {"buyer": ANNA}, {"buyer": replace(ANNA, orders_count=1)}),
        ({"company": "only"}, {"buyer": replace(ANNA, company_id=new_id())}, {}),
        ({"company": "never"}, {}, {"buyer": replace(ANNA, vat_number="PL1")}),
        ({"countries": ["DE"]}, {"country": "DE"}, {}),
        ({"channels": ["api"]}, {"channel": "api"}, {}),
        ({"pieces": 3}, {"pieces": 3}, {"pieces": 2}),
        ({"minimum": {"EUR": 2000}}, {"pieces": 2}, {"pieces": 1}),
        ({"weekdays": [4]}, {}, {"at": datetime(2026, 11, 21, 12, tzinfo=UTC)}),
        ({"hours": ["13:00", "14:00"]}, {}, {"at": datetime(2026, 11, 20, 13, tzinfo=UTC)}),
        ({"hours": ["22:00", "06:00"]}, {"at": datetime(2026, 11, 20, 23, tzinfo=UTC)}, {}),
    ],
)
def test_conditions_decide(conditions, fits, fails):
    (lamp,) = priced(1000)
    promote({"kind": "percent", "percent": 10}, conditions=conditions, code="CODE", public=True)

    def asked(pieces=1, at=NOON, **more):
        with clock.freeze(at):
            return quote((lamp, pieces), coupon_codes=("code",), **more).coupons[0]

    assert asked(**fits).applied
    refused = asked(**fails)
    assert not refused.applied
    assert refused.reason


def test_limits_budgets_and_codes_are_counted_and_given_back():
    (lamp,) = priced(1000)
    limited = promote({"kind": "percent", "percent": 10}, name="two", most=2, budgets={"EUR": 150})
    codes = actions.generate_codes(promotion_id=promote({"kind": "percent", "percent": 5}, needs_code=True), number=3)
    assert len(set(codes)) == 3
    first = new_id()
    seen = quote((lamp, 1), coupon_codes=codes[:1])
    assert {each.minor for each in seen.promotions} == {100, 45}
    actions.use_promotions(reference=first, quote=seen, buyer_key=ANNA.key)
    actions.use_promotions(reference=first, quote=seen, buyer_key=ANNA.key)
    assert queries.promotion(limited).budgets == {"EUR": (150, 100)}
    with pytest.raises(actions.CouponProblem, match="run out"):
        actions.use_promotions(reference=new_id(), quote=replace(seen, promotions=seen.promotions[:1]), buyer_key="")
    queries.forget()
    again = quote((lamp, 1), coupon_codes=codes[:1])
    assert again.promotions == ()
    assert again.coupons[0].reason == "This code was used already."
    assert quote((lamp, 1), coupon_codes=codes[:1], buyer=replace(ANNA, undecided=(first,))).coupons[0].applied
    for _twice in range(2):
        actions.give_back_promotions(reference=first)
    queries.forget()
    assert quote((lamp, 1), coupon_codes=codes[:1]).promotions == seen.promotions


def test_somebody_may_use_it_so_many_times():
    (lamp,) = priced(1000)
    promote({"kind": "percent", "percent": 10}, code="THRICE", most_each=3)
    for _each in range(3):
        asked = quote((lamp, 1), coupon_codes=("THRICE",), buyer=ANNA)
        actions.use_promotions(reference=new_id(), quote=asked, buyer_key=ANNA.key)
    assert not quote((lamp, 1), coupon_codes=("THRICE",), buyer=ANNA).coupons[0].applied
    with pytest.raises(actions.CouponProblem, match="used this code already"):
        actions.use_promotions(reference=new_id(), quote=asked, buyer_key=ANNA.key)


def test_it_refuses_promotions_that_make_no_sense():
    for benefit, more in (
        ({"kind": "percent", "percent": 101}, {}),
        ({"kind": "percent"}, {}),
        ({"kind": "amount"}, {}),
        ({"kind": "gift"}, {}),
        ({"kind": "bundle", "percent": 10, "parts": []}, {}),
        ({"kind": "buy_get", "buy": 1}, {}),
        ({"kind": "unheard"}, {}),
        ({"kind": "percent", "percent": 5}, {"name": " "}),
        ({"kind": "percent", "percent": 5}, {"lane": "nowhere"}),
        ({"kind": "percent", "percent": 5}, {"most_each": 0}),
        ({"kind": "percent", "percent": 5}, {"conditions": {"hours": ["9", "10"]}}),
        ({"kind": "amount", "amounts": {"XXXX": 5}}, {}),
    ):
        with pytest.raises(actions.PromotionProblem):
            promote(benefit, **more)


def test_a_sample_cart_shows_what_a_draft_would_do_and_changes_nothing():
    (lamp,) = priced(1000)
    promote({"kind": "percent", "percent": 10}, name="running")
    draft = {"name": "planned", "benefit": {"kind": "percent", "percent": 50}}
    seen = queries.preview(basket=basket((lamp, 1)), buyer=STRANGER, draft=draft)
    assert seen.quote.discount_minor == 500
    assert [(each.name, each.applied) for each in seen.tried] == [("planned", True), ("running", False)]
    assert seen.tried[1].reason == "planned counts instead."
    assert quote((lamp, 1)).discount_minor == 100


def test_fifty_promotions_ask_two_questions(django_assert_num_queries):
    goods = priced(*range(1000, 1020))
    for number in range(50):
        promote({"kind": "percent", "percent": 1 + number % 9}, name=f"p{number}", most_each=2)
    asked = basket(*((each, 2) for each in goods), coupon_codes=("nope",), offers=True)
    queries.quote(basket=asked, buyer=ANNA)
    with django_assert_num_queries(2):
        queries.quote(basket=asked, buyer=ANNA)


def test_what_is_taken_off_in_dram_leaves_every_line_payable():
    goods = [priced(minor, market="am", handle=name)[0] for name, minor in (("a", 541_000), ("b", 99_000), ("c", 100))]
    promote({"kind": "percent", "percent": 15})
    sums = quote(*((each, 1) for each in goods), market="am", country="AM")
    assert sums.discount_minor == 96_000, "15 % of 6 401 dram are 960.15"
    assert [line.discount_minor % 100 for line in sums.lines] == [0, 0, 0]
    assert sums.total_minor % 100 == 0
    assert sum(line.discount_minor for line in sums.lines) == sums.discount_minor


@pytest.mark.parametrize("percent", [33, 50, 100])
def test_a_free_piece_in_dram_is_payable_too(percent):
    (lamp,) = priced(33_300, market="am")
    promote({"kind": "buy_get", "buy": 1, "get": 1, "percent": percent})
    sums = quote((lamp, 2), market="am", country="AM")
    assert sums.discount_minor == {33: 11_000, 50: 16_700, 100: 33_300}[percent]
