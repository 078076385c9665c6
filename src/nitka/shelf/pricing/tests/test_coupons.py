from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.shelf.pricing import actions, queries
from nitka.shelf.pricing.tests.makers import ANNA, STRANGER, basket, markets, priced

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def lamp(db):
    queries.forget()
    markets()
    with clock.freeze(NOON):
        yield priced(5000)[0]


def verdicts(lamp, *codes, quantity=1, buyer=ANNA, market="eu"):
    asked = basket((lamp, quantity), coupon_codes=codes, market=market)
    return queries.quote(basket=asked, buyer=buyer)


def use(lamp, code, buyer, reference):
    """Use a code as an order does; the quote is that of somebody who has not used it."""
    asked = verdicts(lamp, code, buyer=STRANGER)
    actions.use_promotions(reference=reference, quote=asked, buyer_key=buyer)


def reason(lamp, code, **more):
    (verdict,) = verdicts(lamp, code, **more).coupons
    assert not verdict.applied
    return verdict.reason


def test_a_percentage_is_taken_off_and_told(lamp):
    actions.put_coupon(code="winter 10", kind="percent", value=10, ends_at=NOON + timedelta(days=3))
    sums = verdicts(lamp, " Winter10 ")
    (verdict,) = sums.coupons
    assert (verdict.code, verdict.applied, verdict.discount_minor) == ("WINTER10", True, 500)
    assert verdict.ends == NOON + timedelta(days=3)
    assert (sums.discount_minor, sums.total_minor) == (500, 4500)


def test_an_amount_never_takes_more_than_there_is(lamp):
    actions.put_coupon(code="BIG", kind="amount", value=9000, currency="EUR")
    assert verdicts(lamp, "BIG").total_minor == 0


def test_a_code_that_cannot_be_used_says_why(lamp):
    actions.put_coupon(code="MIN", kind="percent", value=10, currency="EUR", minimum_minor=6200)
    actions.put_coupon(code="OVER", kind="percent", value=10, ends_at=NOON)
    actions.put_coupon(code="SOON", kind="percent", value=10, starts_at=NOON + timedelta(days=6))
    actions.put_coupon(code="OFF", kind="percent", value=10, active=False)
    actions.put_coupon(code="KRONER", kind="amount", value=10, currency="NOK")
    assert reason(lamp, "MIN") == "Add goods for €12.00 more to use this code."
    assert verdicts(lamp, "MIN", quantity=2).coupons[0].applied
    assert reason(lamp, "OVER") == reason(lamp, "OFF") == "This code has ended."
    assert reason(lamp, "SOON") == "This code can be used from Thursday 26 November."
    assert reason(lamp, "KRONER") == "This code is for purchases in NOK."
    assert "do not know" in reason(lamp, "GUESS")


def test_of_two_codes_the_better_one_counts_whatever_their_order(lamp):
    actions.put_coupon(code="TEN", kind="percent", value=10)
    actions.put_coupon(code="SIX", kind="amount", value=600, currency="EUR")
    for codes in (("TEN", "SIX"), ("SIX", "TEN")):
        sums = verdicts(lamp, *codes)
        assert sums.discount_minor == 600
        found = {each.code: each for each in sums.coupons}
        assert found["SIX"].applied
        assert found["TEN"].reason == "One code counts for an order, and SIX saves you more."


def test_a_code_for_once_is_used_once_by_each_buyer_and_can_be_given_back(lamp):
    actions.put_coupon(code="ONCE", kind="percent", value=10, once_per_customer=True)
    order, bob = new_id(), queries.buyer_key("bob@example.com")
    use(lamp, "once", ANNA.key, order)
    use(lamp, "once", ANNA.key, order)
    use(lamp, "once", bob, new_id())
    with pytest.raises(actions.CouponProblem, match="used this code already"):
        use(lamp, "once", ANNA.key, new_id())
    assert reason(lamp, "ONCE") == "You have used this code already."
    assert verdicts(lamp, "ONCE", buyer=STRANGER).coupons[0].applied
    back_from_the_gateway = replace(ANNA, undecided=(order,))
    assert verdicts(lamp, "ONCE", buyer=back_from_the_gateway).coupons[0].applied
    for _twice in range(2):
        actions.give_back_promotions(reference=order)
    assert verdicts(lamp, "ONCE").coupons[0].applied


def test_it_refuses_to_use_what_has_ended_meanwhile_or_by_nobody(lamp):
    once = actions.put_coupon(code="ONCE", kind="percent", value=10, once_per_customer=True)
    seen = verdicts(lamp, "ONCE")
    with pytest.raises(actions.CouponProblem, match="e-mail"):
        actions.use_promotions(reference=new_id(), quote=seen, buyer_key="")
    actions.end_promotion(promotion_id=once)
    with pytest.raises(actions.CouponProblem):
        actions.use_promotions(reference=new_id(), quote=seen, buyer_key=ANNA.key)


def test_it_refuses_a_coupon_that_makes_no_sense(db):
    for wrong in (
        {"kind": "percent", "value": 101},
        {"kind": "percent", "value": 0},
        {"kind": "amount", "value": 500},
        {"kind": "percent", "value": 5, "minimum_minor": 100},
        {"kind": "gift", "value": 5},
        {"kind": "percent", "value": 5, "starts_at": NOON, "ends_at": NOON},
    ):
        with pytest.raises(actions.CouponProblem):
            actions.put_coupon(code="X", **wrong)


def usable(*lines, **more):
    return queries.quote(basket=basket(*lines, offers=True, **more), buyer=ANNA).offers


def test_usable_codes_come_first_the_best_on_top_and_secret_ones_never(lamp):
    actions.put_coupon(code="SECRET", kind="percent", value=90)
    actions.put_coupon(code="FIVE", kind="percent", value=Decimal("5"), public=True, label={"pl": "Pięć procent"})
    actions.put_coupon(code="TEN", kind="percent", value=10, public=True)
    actions.put_coupon(code="MORE", kind="percent", value=20, currency="EUR", minimum_minor=10_000, public=True)
    actions.put_coupon(code="KRONER", kind="amount", value=10, currency="NOK", public=True)
    with translation.override("pl"):
        found = usable((lamp, 1))
    assert [(each.code, each.usable, each.discount_minor) for each in found] == [
        ("TEN", True, 500),
        ("FIVE", True, 250),
        ("MORE", False, 0),
    ]
    assert found[1].label == "Pięć procent"
    in_cart = usable((lamp, 1), coupon_codes=("ten",))
    assert [each.code for each in in_cart] == ["MORE"]


def test_only_codes_that_save_more_than_the_one_in_use_are_offered(lamp):
    actions.put_coupon(code="TEN", kind="percent", value=10, public=True)
    actions.put_coupon(code="SAME", kind="amount", value=500, currency="EUR", public=True)
    actions.put_coupon(code="TWELVE", kind="percent", value=12, public=True)
    actions.put_coupon(code="LATER", kind="percent", value=11, currency="EUR", minimum_minor=10_000, public=True)
    actions.put_coupon(code="NEVER", kind="amount", value=600, currency="EUR", minimum_minor=10_000, public=True)
    found = usable((lamp, 1), coupon_codes=("TEN",))
    assert [(each.code, each.usable) for each in found] == [("TWELVE", True), ("LATER", False)]
    both = queries.quote(basket=basket((lamp, 1), coupon_codes=("TEN", "SAME")), buyer=ANNA)
    assert [(each.code, each.applied) for each in both.coupons] == [("TEN", True), ("SAME", False)]
    assert "as much" in both.coupons[1].reason


def test_a_key_is_the_same_for_every_way_of_writing_an_address_and_does_not_show_it():
    assert queries.buyer_key(" Anna@Example.COM ") == ANNA.key
    assert queries.buyer_key("anna+1@example.com") == ANNA.key
    assert queries.buyer_key("an.na@example.com") != ANNA.key
    assert queries.buyer_key("An.Na+shop@googlemail.com") == queries.buyer_key("anna@gmail.com")
    assert queries.buyer_key("+1@example.com") != queries.buyer_key("+2@example.com")
    assert "anna" not in ANNA.key
    assert queries.buyer_key("") == ""
