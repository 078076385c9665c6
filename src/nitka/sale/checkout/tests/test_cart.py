from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.people.customers.tests.makers import customer
from nitka.sale.checkout import actions, queries, tasks
from nitka.sale.checkout.models import Cart, CartLine
from nitka.sale.checkout.tests.makers import a_cart, goods, open_shop, sell
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries as catalog_queries
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as prices
from nitka.shelf.pricing.models import Market

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def pieces(token: str) -> list[int]:
    return [line.quantity for line in queries.cart(token, "en").lines]


def asked(ask: object) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()  # type: ignore[operator]
    return len([q for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]])


def test_adding_the_same_variant_grows_its_line() -> None:
    lamp = goods()
    token = a_cart((lamp, 2), (lamp, 3))
    assert pieces(token) == [5]
    assert queries.cart_badge(token) == queries.Badge(5, 5 * 1999, "EUR")


def test_three_at_once_are_one_three_times() -> None:
    lamp, vase = goods(), goods(handle="vase")
    once, thrice = a_cart((lamp, 3), (vase, 1)), a_cart((lamp, 1), (vase, 1), (lamp, 1), (lamp, 1))
    assert queries.cart(once, "en").total_minor == queries.cart(thrice, "en").total_minor


def test_a_line_holds_ninety_nine_pieces() -> None:
    lamp = goods(stock=500)
    ref = actions.add_to_cart(token=None, variant_id=lamp, quantity=98, market="eu")
    again = actions.add_to_cart(token=ref.token, variant_id=lamp, quantity=5, market="eu")
    assert again.quantity == 99 and "99" in again.notice


def test_more_than_there_are_is_told_kindly() -> None:
    lamp = goods(stock=3)
    ref = actions.add_to_cart(token=None, variant_id=lamp, quantity=5, market="eu")
    assert ref.quantity == 3 and ref.notice == "Only 3 pieces are left, so your cart holds 3."
    changed = actions.change_line(token=ref.token, line_id=ref.line_id, quantity=7)  # type: ignore[arg-type]
    assert changed.quantity == 3 and changed.notice
    with pytest.raises(actions.SoldOutProblem):
        actions.add_to_cart(token=None, variant_id=goods(stock=0, handle="vase"), quantity=1, market="eu")


def test_what_is_not_sold_here_is_refused() -> None:
    with pytest.raises(actions.NotSoldProblem):
        actions.add_to_cart(token=None, variant_id=goods(), quantity=1, market="us")


def test_a_strange_token_opens_nobody_s_cart() -> None:
    ref = actions.add_to_cart(token="chosen-by-an-attacker", variant_id=goods(), quantity=1, market="eu")
    assert ref.token != "chosen-by-an-attacker" and len(ref.token) >= 32


def test_removing_and_emptying_can_be_undone() -> None:
    token = a_cart((goods(), 2), (goods(handle="vase"), 1))
    first, second = (line.id for line in queries.cart(token, "en").lines)
    actions.remove_line(token=token, line_id=first)
    view = queries.cart(token, "en")
    assert [line.quantity for line in view.lines] == [1] and [line.quantity for line in view.removed] == [2]
    actions.restore_line(token=token, line_id=first)
    assert pieces(token) == [2, 1]
    actions.change_line(token=token, line_id=second, quantity=0)
    assert pieces(token) == [2]
    actions.restore_cart(token=token)
    actions.empty_cart(token=token)
    assert queries.cart(token, "en").is_empty
    actions.restore_cart(token=token)
    assert pieces(token) == [2, 1]


def test_a_removed_line_that_is_added_again_begins_anew() -> None:
    lamp = goods()
    token = a_cart((lamp, 5))
    actions.empty_cart(token=token)
    assert actions.add_to_cart(token=token, variant_id=lamp, quantity=1, market="eu").quantity == 1


def test_a_changed_price_is_marked_until_it_was_seen() -> None:
    lamp = goods()
    token = a_cart((lamp, 1))
    pricing.set_prices(prices=[(lamp, "eu", 1499, None)])
    line = queries.cart(token, "en").lines[0]
    assert (line.price_changed_from, line.unit_minor, line.is_cheaper_now) == (1999, 1499, True)
    actions.accept_prices(token=token)
    assert queries.cart(token, "en").lines[0].price_changed_from is None


def test_what_was_sold_out_or_withdrawn_meanwhile_says_so() -> None:
    lamp, vase = goods(stock=1), goods(handle="vase")
    token = a_cart((lamp, 1), (vase, 2))
    inventory.set_stock(levels=[(lamp, "gdansk", 0), (vase, "gdansk", 1)])
    first, second = queries.cart(token, "en").lines
    assert (first.problem, second.problem) == ("sold_out", "too_many")
    assert second.message == "Only 1 piece is left." and not queries.cart(token, "en").can_order
    catalog.archive(product_id=catalog_queries.products_of_variants([vase])[vase])
    queries.forget()
    assert queries.cart(token, "en").lines[1].problem == "not_sold"


def test_another_market_prices_the_cart_anew() -> None:
    token = a_cart((goods(), 1))
    actions.switch_market(token=token, market="pl")
    view = queries.cart(token, "pl")
    assert (view.currency, view.total_minor, view.country) == ("PLN", 1999 * 4, "PL")
    assert view.lines[0].price_changed_from is None
    actions.switch_market(token=token, market="us")
    assert queries.cart(token, "en").lines[0].problem == "not_sold"


def test_signing_in_joins_two_carts_and_loses_no_line() -> None:
    lamp, vase, rug = goods(), goods(handle="vase"), goods(handle="rug")
    anna = customer("anna@example.com")
    old = actions.join_carts(token=a_cart((lamp, 3), (rug, 1)), customer_id=anna)
    visit = a_cart((lamp, 1), (vase, 2))
    joined = actions.join_carts(token=visit, customer_id=anna)
    assert joined and old and joined.token == old.token == queries.token_of_customer(anna)
    assert sorted(pieces(joined.token)) == [1, 2, 3]
    again = actions.join_carts(token=joined.token, customer_id=anna)
    assert again and again.token == joined.token
    assert queries.cart(visit, "en", "eu").is_empty


def test_somebody_else_s_cart_is_not_joined() -> None:
    anna, max_ = customer("anna@example.com"), customer("max@example.com")
    token = a_cart((goods(), 1))
    actions.join_carts(token=token, customer_id=anna)
    assert actions.join_carts(token=token, customer_id=max_) is None


def test_a_code_says_what_it_does_or_why_not() -> None:
    token = a_cart((goods(10_000), 1))
    pricing.put_coupon(code="TEN", kind="percent", value=10, public=True)
    assert [each.code for each in queries.cart(token, "en").offers] == ["TEN"]
    assert actions.apply_coupon(token=token, code=" ten ").discount_minor == 1000
    view = queries.cart(token, "en")
    assert (view.discount_minor, view.total_minor, view.coupon_codes) == (1000, 9000, ("TEN",))
    with pytest.raises(actions.CodeProblem):
        actions.apply_coupon(token=token, code="nonsense")
    actions.drop_coupon(token=token, code="TEN")
    assert queries.cart(token, "en").total_minor == 10_000


def test_a_better_code_takes_the_place_of_the_one_in_use_and_a_worse_one_says_why() -> None:
    token = a_cart((goods(10_000), 1))
    for code, percent in (("TEN", 10), ("FIVE", 5), ("TWENTY", 20)):
        pricing.put_coupon(code=code, kind="percent", value=percent, public=True)
    pricing.put_coupon(code="SAME", kind="amount", value=1000, currency="EUR", public=True)
    actions.apply_coupon(token=token, code="TEN")
    assert [each.code for each in queries.cart(token, "en").offers] == ["TWENTY"]
    for code, why in (("FIVE", "saves you more"), ("SAME", "saves you as much")):
        with pytest.raises(actions.CodeProblem, match=f"TEN {why}"):
            actions.apply_coupon(token=token, code=code)
    before = queries.cart(token, "en").version
    actions.apply_coupon(token=token, code="TEN")
    assert queries.cart(token, "en").version == before
    assert actions.apply_coupon(token=token, code="TWENTY").discount_minor == 2000
    view = queries.cart(token, "en")
    assert (view.coupon_codes, [each.code for each in view.coupons], view.offers) == (("TWENTY",), ["TWENTY"], ())


def test_a_code_that_the_shopper_used_up_is_not_offered_again() -> None:
    token = a_cart((goods(10_000), 1))
    pricing.put_coupon(code="ONCE", kind="percent", value=10, public=True, once_per_customer=True)
    used = a_cart((goods(10_000, handle="other"), 1))
    actions.apply_coupon(token=used, code="ONCE")
    pricing.use_promotions(
        reference=new_id(), quote=queries.cart(used, "en").quote, buyer_key=prices.buyer_key("anna@example.com")
    )
    assert [each.code for each in queries.cart(token, "en").offers] == ["ONCE"]
    actions.set_contact(token=token, email="anna+again@example.com")
    assert queries.cart(token, "en").offers == ()


def test_a_shop_that_sells_nowhere_yet_shows_an_empty_cart() -> None:
    Market.objects.all().delete()
    prices.forget()
    assert queries.cart(None, "en").is_empty and queries.cart("unknown", "en", "").market == ""


def test_what_is_missing_for_free_delivery_is_said() -> None:
    token = a_cart((goods(), 1))
    assert queries.cart(token, "en").free_delivery_missing_minor == 4900 - 1999
    lamp = queries.cart(token, "en").lines[0]
    actions.change_line(token=token, line_id=lamp.id, quantity=3)
    assert queries.cart(token, "en").free_delivery_missing_minor == 0


def test_the_form_is_kept_in_parts_and_sending_it_again_changes_nothing() -> None:
    token = a_cart((goods(), 1))
    actions.set_contact(token=token, email=" Max@Example.com ")
    actions.choose_delivery(token=token, code="two_days")
    actions.choose_payment(token=token, method="bank_transfer")
    view = queries.checkout(token, "en")
    assert view and view.email == "max@example.com" and view.delivery and view.delivery.code == "two_days"
    assert view.total_minor == 1999 + (view.delivery.price_minor) and view.missing == ("address",)
    actions.choose_payment(token=token, method="bank_transfer")
    again = queries.checkout(token, "en")
    assert again and again.cart.version == view.cart.version


def test_a_country_outside_of_the_market_is_refused_and_its_market_is_named() -> None:
    token = a_cart((goods(), 1))
    with pytest.raises(actions.CountryProblem) as refused:
        actions.set_country(token=token, country="NO")
    assert refused.value.detail["market"] == "no"


def test_queries_do_not_grow_with_the_lines() -> None:
    many = sell(*[1000 + n for n in range(20)], handle="many")
    small, large = a_cart((many[0], 1)), a_cart(*[(each, 1) for each in many])
    for token in (small, large):
        queries.checkout(token, "en")  # markets, options and methods are remembered from here on
        queries.forget()
        assert asked(lambda token=token: queries.cart(token, "en")) <= 5
        assert asked(lambda token=token: queries.cart_badge(token)) == 1
        assert asked(lambda token=token: queries.checkout(token, "en")) <= 6
        queries.forget()
        add = lambda token=token: actions.add_to_cart(token=token, variant_id=many[0], quantity=1, market="eu")  # noqa: E731
        assert asked(add) <= 6


def test_carts_live_for_thirty_days_after_the_last_change() -> None:
    token = a_cart((goods(), 1))
    with clock.freeze(clock.now() + timedelta(days=29)):
        tasks.clear_carts()
        actions.accept_prices(token=token)
        assert pieces(token) == [1]
    with clock.freeze(clock.now() + timedelta(days=31)):
        tasks.clear_carts()
    assert not Cart.objects.exists() and not CartLine.objects.exists()
