from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nitka.sale.shipping import actions, queries
from nitka.sale.shipping.customs import known
from nitka.sale.shipping.customs.estimating import Crossing, Terms, Territory, estimate
from nitka.sale.shipping.queries import Goods
from nitka.sale.shipping.tests.makers import open_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def borders():
    open_shop()
    actions.put_built_in_customs()
    known.forget()


def duties(*goods, country="NO", currency="NOK", market="no", origin="PL", **more):
    return queries.duties(goods, origin=origin, country=country, market=market, currency=currency, **more)


def test_no_border_is_crossed_within_a_union_or_a_country(borders):
    chair = Goods(hs_code="940161", origin="PL", worth_minor=10000)
    assert duties(chair, country="DE", currency="EUR") is None
    assert duties(chair, country="PL", currency="EUR") is None
    assert not queries.crosses_border(origin="PL", country="DE")
    assert queries.crosses_border(origin="PL", country="NO")
    assert duties(chair, country="ZW") is None
    assert queries.crosses_border(origin="PL", country="ZW")


def test_goods_to_norway_pay_its_tax_on_goods_and_their_way_and_clothes_pay_duty_by_where_they_were_made(borders):
    shirt = Goods(hs_code="6109.10".replace(".", ""), origin="BD", worth_minor=100000)
    found = duties(shirt, delivery_minor=10000)
    assert (found.duty_minor, found.tax_minor) == (11770, 30443)  # 10.7 % of 1100.00, then 25 % of 1217.70
    assert found.due_minor == found.total_minor and not found.rough
    polish = Goods(hs_code="610910", origin="PL", worth_minor=100000)
    assert duties(polish, delivery_minor=10000).duty_minor == 0


def test_a_small_parcel_into_the_union_pays_the_flat_duty_for_each_kind_of_goods(borders):
    small = [
        Goods(hs_code="691110", origin="CN", worth_minor=4000),
        Goods(hs_code="940360", origin="CN", worth_minor=90),
    ]
    found = duties(*small, country="DE", currency="EUR", origin="CN")
    assert found.duty_minor == 600
    big = Goods(hs_code="691110", origin="CN", worth_minor=15001)
    assert duties(big, country="DE", currency="EUR", origin="CN").duty_minor == 900  # 6 % of 150.01


def test_with_an_ioss_number_the_tax_of_small_parcels_is_collected_at_the_sale(borders):
    actions.set_customs_terms(market="eu", paid_by_shop=False, number="im 0123456789")
    small, big = Goods(hs_code="940360", worth_minor=15000), Goods(hs_code="940360", worth_minor=15001)
    asked = {"country": "DE", "currency": "EUR", "market": "eu", "origin": "GB"}
    assert (duties(small, **asked).tax_minor, duties(small, **asked).number) == (0, "IM0123456789")
    assert duties(big, **asked).tax_minor > 0 and duties(big, **asked).number == ""
    with pytest.raises(actions.CustomsProblem, match="IM and ten digits"):
        actions.set_customs_terms(market="eu", paid_by_shop=False, number="IM12")


def test_where_the_shop_pays_nothing_is_due_at_the_door(borders):
    actions.set_customs_terms(market="no", paid_by_shop=True)
    found = duties(Goods(hs_code="940360", worth_minor=100000))
    assert found.total_minor == 25000 and found.due_minor == 0 and found.paid_by_shop


def test_tax_that_was_paid_with_the_price_is_not_asked_again(borders):
    found = duties(Goods(hs_code="940360", worth_minor=100000), collects_tax=True)
    assert (found.tax_minor, found.tax_collected) == (0, True)


def test_the_united_states_ask_duty_on_the_goods_alone_and_no_import_tax(borders):
    found = duties(Goods(hs_code="940360", origin="PL", worth_minor=10000), country="US", currency="USD",
                   delivery_minor=5000)  # fmt: skip
    assert (found.duty_minor, found.tax_minor) == (1500, 0)


def test_goods_without_a_code_are_counted_roughly(borders):
    assert duties(Goods(worth_minor=100)).rough


@given(
    worths=st.lists(st.integers(0, 10**8), min_size=1, max_size=12), delivery=st.integers(0, 10**6),
    percent=st.decimals(0, 100, places=3), tax=st.decimals(0, 30, places=1),
)  # fmt: skip
def test_duty_and_tax_are_whole_never_below_zero_and_grow_with_the_worth(worths, delivery, percent, tax):
    to = Territory("X", frozenset({"XX"}), {}, {}, {}, True, True, (("", "", percent),))

    def of(extra):
        goods = [Goods(worth_minor=each + extra, hs_code="940360") for each in worths]
        crossing = Crossing(goods=goods, country="XX", currency="EUR", delivery_minor=delivery, terms=Terms())
        return estimate(crossing, to, {}, {"standard": tax})

    assert 0 <= of(0).total_minor <= of(100000).total_minor + 2 * len(worths)


def test_forbidden_goods_are_told_with_their_reason_in_the_readers_language(borders):
    actions.put_forbidden(
        countries=["no"], hs_prefixes=["9503.00"], tags=["battery"], reasons={"en": "No toys there.", "pl": "Nie."}
    )
    assert queries.forbidden(country="NO", hs_code="95030010") == "No toys there."
    assert queries.forbidden(country="NO", tags=("red", "battery"))
    assert queries.forbidden(country="PL", hs_code="95030010") == ""
    assert queries.forbidden(country="NO", hs_code="940360") == ""
    (row,) = queries.forbidden_rows()
    actions.end_forbidden(forbidden_id=row.id)
    assert queries.forbidden(country="NO", tags=("battery",)) == ""


def test_rules_are_refused_that_cannot_be_meant(borders):
    for wrong in (
        lambda: actions.put_territory(code="X", countries=["DE"]),
        lambda: actions.put_territory(code="X", countries=[]),
        lambda: actions.put_duty(territory="nowhere", percent=Decimal(1)),
        lambda: actions.put_duty(territory="NO", hs_prefix="chair", percent=Decimal(1)),
        lambda: actions.put_duty(territory="NO", percent=Decimal(-1)),
        lambda: actions.put_forbidden(countries=["NO"], reasons={}),
    ):
        with pytest.raises(actions.CustomsProblem):
            wrong()
    actions.put_duty(territory="NO", hs_prefix="61", percent=None)
    assert not queries.duty_rows().filter(territory_id="NO", hs_prefix="61", origin="").exists()
    assert actions.put_built_in_customs() == 0


def test_an_estimate_asks_no_question_while_the_rules_are_fresh(borders, django_assert_num_queries):
    duties(Goods(hs_code="940360", worth_minor=100))
    with django_assert_num_queries(0):
        duties(Goods(hs_code="940360", worth_minor=100))
        queries.forbidden(country="NO", hs_code="94")
