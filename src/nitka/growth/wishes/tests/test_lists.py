"""add_wish, drop_wish, change_wish, share_list, join_lists"""

import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from nitka.growth.wishes import actions as wishes
from nitka.growth.wishes import queries
from nitka.growth.wishes.models import WishList
from nitka.growth.wishes.queries import Owner
from nitka.growth.wishes.tests.makers import a_product, owner
from tests.cast import ANNA, STRANGER

pytestmark = pytest.mark.django_db


def wish(who: Owner, product, **more) -> wishes.Wished:
    return wishes.add_wish(owner=who, product_id=product, market="eu", language="en", **more)


def test_the_first_wish_of_a_browser_makes_its_list_and_its_secret() -> None:
    lamp, variant = a_product()
    made = wish(Owner(), lamp)
    again = wish(Owner(device=made.device), lamp)
    assert made.device and again.list_id == made.list_id
    (own,) = queries.lists_of(Owner(device=made.device))
    assert [(each.product_id, each.variant_id, each.price_minor) for each in own.wishes] == [(lamp, variant, 10000)]
    assert queries.lists_of(Owner(device="another")) == ()
    made_up = wish(Owner(device="a-secret-that-i-made-up"), lamp)
    assert made_up.device not in ("a-secret-that-i-made-up", made.device)
    assert queries.wished_products(Owner()) == frozenset()


def test_nobody_touches_the_list_of_another() -> None:
    lamp, _variant = a_product()
    made = wish(owner(ANNA), lamp)
    stranger = owner(STRANGER)
    assert wishes.drop_wish(owner=stranger, wish_id=made.wish_id) == 0
    for deed in (
        lambda: wishes.change_wish(owner=stranger, wish_id=made.wish_id, note="mine"),
        lambda: wishes.share_list(owner=stranger, list_id=made.list_id),
        lambda: wishes.drop_list(owner=Owner(), list_id=made.list_id),
        lambda: wish(stranger, lamp, list_id=made.list_id),
    ):
        with pytest.raises(wishes.NoSuchList):
            deed()


def test_a_thing_moves_to_another_list_with_its_note() -> None:
    anna = owner(ANNA)
    lamp, _variant = a_product()
    made = wish(anna, lamp)
    flat = wishes.make_list(owner=anna, name="  The new   flat ", language="en")
    assert wishes.make_list(owner=anna, name="The new flat", language="en") == flat
    wishes.change_wish(owner=anna, wish_id=made.wish_id, note="in oak", list_id=flat)
    first, second = queries.lists_of(anna)
    assert (first.wishes, second.name, second.wishes[0].note) == ((), "The new flat", "in oak")


def test_a_shared_address_reads_until_it_is_taken_back() -> None:
    anna = owner(ANNA)
    lamp, _variant = a_product()
    made = wish(anna, lamp)
    token = wishes.share_list(owner=anna, list_id=made.list_id)
    assert wishes.share_list(owner=anna, list_id=made.list_id) == token
    seen = queries.shared_list(token)
    assert seen and [each.product_id for each in seen.wishes] == [lamp]
    wishes.unshare_list(owner=anna, list_id=made.list_id)
    assert queries.shared_list(token) is None and queries.shared_list("") is None
    assert wishes.share_list(owner=anna, list_id=made.list_id) != token


def test_at_sign_in_the_lists_of_the_browser_become_the_customers_and_nothing_is_there_twice() -> None:
    anna = owner(ANNA)
    lamp, _ = a_product()
    chair, _ = a_product(handle="chair")
    made = wish(Owner(), lamp)
    device = Owner(device=made.device)
    wish(device, chair)
    wishes.make_list(owner=device, name="Gifts", language="en")
    shared = wishes.share_list(owner=device, list_id=made.list_id)
    wish(anna, lamp)
    assert anna.customer_id
    assert wishes.join_lists(device=made.device, customer_id=anna.customer_id)
    assert [(each.name, len(each.wishes)) for each in queries.lists_of(anna)] == [("", 2), ("Gifts", 0)]
    assert queries.shared_list(shared), "whoever was given the address still finds the list"
    assert queries.lists_of(device) == ()
    assert wishes.join_lists(device="", customer_id=anna.customer_id) and WishList.objects.count() == 2


def test_what_is_not_sold_is_not_wished_for() -> None:
    with pytest.raises(wishes.WishProblem):
        wish(Owner(), owner(ANNA).customer_id)


@pytest.mark.django_db(transaction=True)
def test_many_lists_begun_at_once_are_no_more_than_there_may_be() -> None:
    lamp, _variant = a_product()
    mine = Owner(device=wish(Owner(), lamp).device)

    def begin(number: int) -> None:
        with contextlib.suppress(wishes.WishProblem):
            wishes.make_list(owner=mine, name=f"List {number}", language="en")
        connection.close()

    for number in range(16):
        begin(number)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(begin, range(100, 116)))
    assert len(queries.lists_of(mine)) == 20
