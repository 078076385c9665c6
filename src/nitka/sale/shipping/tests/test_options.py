from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation

from nitka.sale.shipping import actions, queries
from nitka.sale.shipping.tests.makers import WEDNESDAY, open_shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def codes(**asked: object) -> list[str]:
    given: dict[str, object] = {"country": "PL", "postcode": "00-001", "market": "pl", "at": WEDNESDAY}
    return [option.code for option in queries.options(**(given | asked))]


def test_four_options_come_with_the_shop_and_are_made_once() -> None:
    assert [row.code for row in queries.option_rows()] == ["same_day", "next_day", "two_days", "ten_days"]
    assert actions.put_built_in_options() == 0


def test_same_day_is_for_its_postcodes_before_its_cut_off() -> None:
    assert codes(postcode="80-831") == ["same_day", "next_day", "two_days", "ten_days"]
    assert codes(postcode="80 831") == codes(postcode="80831")
    assert "same_day" not in codes(postcode="00-001")
    assert "same_day" not in codes(postcode="80-831", at=WEDNESDAY + timedelta(hours=1))


def test_a_market_without_a_price_and_a_country_that_is_not_served_do_not_see_an_option() -> None:
    assert codes(country="DE", market="eu") == ["two_days", "ten_days"]
    assert codes(country="US", market="us") == ["ten_days"]
    assert codes(country="FR", market="eu") == ["ten_days"]


def test_what_is_too_heavy_is_left_out() -> None:
    assert codes(weight_g=25_000) == ["next_day", "two_days", "ten_days"]
    assert codes(weight_g=31_000) == ["ten_days"]


def test_delivery_is_free_from_its_amount() -> None:
    below = queries.option("two_days", country="DE", market="eu", goods_minor=9899, at=WEDNESDAY)
    free = queries.option("two_days", country="DE", market="eu", goods_minor=9900, at=WEDNESDAY)
    assert below and free and (below.price_minor, free.price_minor) == (890, 0)
    assert queries.free_delivery_from(country="DE", market="eu") == 4900


def test_the_best_promise_is_the_earliest_and_then_the_cheapest() -> None:
    best = queries.best_promise(country="PL", market="pl", at=WEDNESDAY)
    assert best and best.code == "next_day" and best.promise.day_to == date(2026, 9, 17)
    assert best.promise.order_before == datetime(2026, 9, 16, 13, 0, tzinfo=UTC)


def test_names_are_in_the_language_of_the_reader() -> None:
    with translation.override("pl"):
        assert queries.options(country="PL", market="pl", at=WEDNESDAY)[0].name == "Następnego dnia"


def test_no_query_is_needed_while_the_options_are_fresh(django_assert_num_queries) -> None:
    codes()
    with django_assert_num_queries(0):
        codes()
        queries.best_promise(country="DE", market="eu", at=WEDNESDAY)


def test_a_changed_option_is_seen_at_once_in_this_process() -> None:
    codes()
    actions.put_option(
        code="ten_days", names={"en": "Slow"}, cut_off=time(12), handling_days=1, transit_days=10, prices={"pl": 100}
    )
    assert (
        next(
            each for each in queries.options(country="PL", market="pl", at=WEDNESDAY) if each.code == "ten_days"
        ).price_minor
        == 100
    )


def test_prices_below_zero_and_days_in_the_wrong_order_are_refused() -> None:
    common = {"code": "x", "names": {"en": "X"}, "cut_off": time(12), "handling_days": 0}
    with pytest.raises(actions.BadOptionProblem):
        actions.put_option(**common, transit_days=1, prices={"pl": -1})
    with pytest.raises(actions.BadOptionProblem):
        actions.put_option(**common, transit_days=1, transit_days_from=2, prices={"pl": 1})
