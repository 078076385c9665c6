"""Delivery to a pick-up point, and options that look at what is in the cart."""

from datetime import time

import pytest

from nitka.ground.ids import new_id
from nitka.sale.checkout import actions as checkout
from nitka.sale.checkout import queries
from nitka.sale.orders import queries as orders
from nitka.sale.orders.tests.makers import RETURN, goods
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping.tests.makers import open_shop
from tests.cast import ANNA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()
    shipping.put_option(
        code="locker", names={"en": "To a locker"}, cut_off=time(15), handling_days=0, transit_days=2,
        prices={"pl": 700, "eu": 300}, kind="pickup", carrier="demo_post",
    )  # fmt: skip
    shipping.load_points(carrier="demo_post", countries=["PL"])


def cart(**more: object) -> str:
    token = checkout.add_to_cart(
        token=None, variant_id=goods(market="pl"), quantity=1, market="pl", language="en"
    ).token  # fmt: skip
    checkout.fill_in(
        token=token, email=ANNA.email, shipping_address=ANNA.address, payment="cash_on_delivery", **more
    )  # fmt: skip
    return token


def test_a_pick_up_is_cheaper_but_nobody_is_sent_there_without_asking() -> None:
    view = queries.checkout(cart(), "en")
    assert view and min(view.options, key=lambda each: each.price_minor).code == "locker"
    assert view.delivery and view.delivery.kind == "home" and view.missing == ()


def test_the_chosen_point_stands_in_the_order() -> None:
    token = cart(delivery="locker")
    view = queries.checkout(token, "en")
    assert view and view.missing == ("pickup",)
    with pytest.raises(checkout.MissingProblem):
        checkout.place(token=token, key=str(new_id()), return_url=RETURN)
    checkout.fill_in(token=token, pickup_point="PL-80828")
    view = queries.checkout(token, "en")
    assert view and view.missing == () and view.delivery and view.delivery.point
    placed = checkout.place(token=token, key=str(new_id()), return_url=RETURN)
    order = orders.order(placed.order_id)
    assert order and order.promise.point and order.promise.point.name == "Locker Długi Targ"


def test_a_point_that_closed_meanwhile_must_be_chosen_anew() -> None:
    token = cart(delivery="locker", pickup_point="PL-80828")
    shipping.put_point(
        carrier="demo_post", code="PL-80828", name="Locker", line1="x", postcode="80-828", city="Gdańsk", country="PL",
        active=False,
    )  # fmt: skip
    view = queries.checkout(token, "en")
    assert view and view.missing == ("pickup",)


def test_points_near_come_first() -> None:
    from nitka.sale.shipping import queries as questions

    found = questions.points_near(carrier="demo_post", country="PL", postcode="80-831")
    assert [point.city for point in found[:3]] == ["Gdańsk"] * 3 and found[0].postcode == "80-828"
    assert questions.points_near(carrier="demo_post", country="FR", postcode="75001") == ()


def test_an_option_for_small_parcels_is_gone_when_the_cart_is_full() -> None:
    shipping.put_option(
        code="letter", names={"en": "Letter"}, cut_off=time(15), handling_days=0, transit_days=3, prices={"pl": 400},
        rules={"max_pieces": 1},
    )  # fmt: skip
    token = cart()
    view = queries.checkout(token, "en")
    assert view and "letter" in [each.code for each in view.options]
    checkout.add_to_cart(token=token, variant_id=view.cart.lines[0].variant_id, quantity=1, market="pl", language="en")
    view = queries.checkout(token, "en")
    assert view and "letter" not in [each.code for each in view.options]
