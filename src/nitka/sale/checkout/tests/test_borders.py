from dataclasses import replace
from decimal import Decimal

import pytest

from nitka.sale.checkout import actions as checkout
from nitka.sale.checkout import queries
from nitka.sale.checkout.tests.makers import BERLIN, goods, open_shop, ready_cart
from nitka.sale.orders import queries as orders
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping.customs import known
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries as products
from nitka.shelf.pricing import actions as pricing

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp():
    open_shop()
    variant = goods(10000)
    catalog.edit_product(
        product_id=products.products_of_variants([variant])[variant], hs_code="9405.21", origin_country="PL",
        customs_name="Table lamp",
    )  # fmt: skip
    shipping.put_built_in_customs()
    known.forget()
    queries.forget()
    return variant


def in_norway(variant):
    pricing.set_prices(prices=[(variant, "no", 100000, None)])
    return ready_cart((variant, 1), market="no", address=replace(BERLIN, country="NO", city="Oslo", postcode="0150"))


def test_a_parcel_within_the_union_meets_no_border(lamp):
    view = queries.checkout(ready_cart((lamp, 1)), "en")
    assert view.duties is None


def test_what_may_not_be_sent_there_is_marked_in_the_cart_and_refused_at_the_button(lamp):
    token = ready_cart((lamp, 1))
    country = queries.cart(token, "en").country
    shipping.put_forbidden(countries=[country], hs_prefixes=["9405"], reasons={"en": "Lamps may not go there."})
    view = queries.cart(token, "en")
    assert (view.lines[0].problem, view.lines[0].message) == ("forbidden", "Lamps may not go there.")
    assert view.can_order is False
    with pytest.raises(checkout.ForbiddenProblem, match="Lamps may not go there"):
        checkout.place(token=token, key="once", return_url="/en/order/{code}?k={token}")


def test_the_duties_of_a_parcel_to_norway_are_shown_before_paying(lamp):
    view = queries.checkout(in_norway(lamp), "en")
    assert view.cart.country == "NO"
    assert view.duties is not None and view.duties.currency == "NOK"
    assert view.duties.due_minor == 0 and view.duties.tax_collected  # Norway's tax is in the price


def with_duty(token, **terms):
    """Norway's rules, with a duty on lamps that there is not in truth."""
    shipping.put_duty(territory="NO", hs_prefix="9405", percent=Decimal(10))
    shipping.set_customs_terms(market="no", **terms)
    known.forget()
    return queries.checkout(token, "en")


def test_duties_that_the_shop_charges_are_part_of_the_total_and_kept_with_the_order(lamp):
    token = in_norway(lamp)
    free = with_duty(token, paid_by_shop=True)
    view = with_duty(token, paid_by_shop=True, charged=True)
    charged = view.duties.charged_minor
    assert charged == view.duties.duty_minor > 0 and free.duties.charged_minor == 0
    assert view.total_minor - free.total_minor == view.delivery_minor - free.delivery_minor == charged
    placed = checkout.place(token=token, key="k", return_url="/x", seen_total_minor=view.total_minor)
    order = orders.order(placed.order_id)
    assert order.total_minor == view.total_minor and order.duties == view.duties
    assert sum(part.base_minor + part.tax_minor for part in order.taxes) == order.total_minor


def test_what_the_shopper_was_told_stays_when_the_terms_change(lamp):
    token = in_norway(lamp)
    told = with_duty(token, paid_by_shop=False).duties
    placed = checkout.place(token=token, key="k", return_url="/x")
    shipping.set_customs_terms(market="no", paid_by_shop=True, charged=True)
    order = orders.order(placed.order_id)
    assert order.duties == told and order.duties.due_minor == told.duty_minor > 0
