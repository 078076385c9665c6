"""How many questions a page asks: ten when the process knows nothing yet, six when it does, and no more for more rows.

What is warm is what any process remembers of its settings for two seconds; nothing of what was asked for stays.
"""

import sys
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from nitka.faces.backoffice.tests import makers as back
from nitka.faces.storefront.tests import makers
from nitka.faces.storefront.tests.account_makers import sign_in
from nitka.faces.storefront.tests.conftest import own_index, shop, visitor
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people
from nitka.people.events.tests.makers import event
from nitka.people.thread.tests.makers import device_of
from nitka.sale.checkout import actions as checkout
from nitka.sale.orders import queries as orders
from nitka.shelf.content import actions as content
from nitka.shelf.pricing import actions as pricing
from tests.cast import ANNA, STRANGER
from tests.worker import run_jobs

__all__ = ["own_index", "shop", "visitor"]

pytestmark = pytest.mark.django_db
COLD, WARM = 10, 6
CUSTOMER = {"cold": 41, "warm": 39}


def asked(client: Client, path: str) -> list[str]:
    """The questions behind a page; the test's own savepoints are none."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"
    return [each["sql"] for each in captured if "SAVEPOINT" not in each["sql"]]


def forget_all() -> None:
    """As in a process that was started just now, but for its index."""
    makers.forget()
    for name, module in list(sys.modules.items()):
        if name.startswith("nitka.") and name.endswith(".queries") and hasattr(module, "forget"):
            module.forget()


def budget(client: Client, path: str, *, cold: int = COLD, warm: int = WARM) -> int:
    """Hold a page to its budget; the number of questions when it is warm."""
    client.get(path)  # compiled, and the cookies of a first visit are set
    forget_all()
    first, second = asked(client, path), asked(client, path)
    assert len(first) <= cold, f"{path}: {len(first)} questions cold\n" + "\n".join(first)
    assert len(second) <= warm, f"{path}: {len(second)} questions warm\n" + "\n".join(second)
    return len(second)


def no_more(client: Client, path: str, add_rows: Callable[[], object], *, warm: int = WARM) -> None:
    """However many rows the page shows, it asks the same."""
    few = budget(client, path, warm=warm)
    add_rows()
    assert budget(client, path, warm=warm) <= few, "\n".join(asked(client, path))


# --- Browsing -----------------------------------------------------------------------------------

BROWSED = [
    "/en/", "/en/c/textiles/", "/en/c/textiles/?f.colour=clay&sort=price_up", "/en/p/fonn-wool-blanket/",
    "/en/p/fonn-wool-blanket/?variant=FONN-SAND-SMALL", "/en/search?q=lamp", "/en/search?q=qqqqqqqqqqq",
    "/en/suggest?q=la", "/en/help/delivery/", "/en/legal/privacy/", "/en/article/wool/", "/en/cart",
]  # fmt: skip


@pytest.mark.parametrize("path", BROWSED)
def test_a_page_that_a_visitor_browses(visitor: Client, path: str) -> None:
    budget(visitor, path)


@pytest.mark.parametrize("path", BROWSED)
def test_the_same_page_with_something_in_the_cart(visitor: Client, shop: makers.Shop, path: str) -> None:
    fill(visitor, shop.variants["STONE-CUP"])
    budget(visitor, path)


@pytest.mark.parametrize("path", ["/en/c/tableware/", "/en/search?q=stoneware", "/en/suggest?q=stone", "/en/"])
def test_a_shelf_of_24_asks_no_more_than_a_shelf_of_one(visitor: Client, path: str) -> None:
    no_more(visitor, path, lambda: makers.more_cups(24))


# --- Buying -------------------------------------------------------------------------------------


def fill(visitor: Client, *variants: UUID | str) -> None:
    """Put one of each into the visitor's cart, as the button does for the first of them."""
    for variant in variants:
        assert visitor.post("/en/cart/add", {"variant": str(variant), "quantity": "1"}).status_code == 303


def test_cart_and_checkout_of_20_lines_ask_no_more_than_those_of_one(visitor: Client, shop: makers.Shop) -> None:
    cups = makers.more_cups(20)
    fill(visitor, shop.variants["STONE-CUP"])
    for path in ("/en/cart", "/en/checkout"):
        budget(visitor, path)
    few = [len(asked(visitor, path)) for path in ("/en/cart", "/en/checkout")]
    fill(visitor, *cups)
    assert [budget(visitor, path) for path in ("/en/cart", "/en/checkout")] == few


PLACING = 46  # with every BEGIN, COMMIT and savepoint, of somebody who bought here before


def test_placing_an_order_of_one_line_and_of_six_lines_asks_the_same(visitor: Client, shop: makers.Shop) -> None:
    def placed(*variants: UUID | str) -> int:
        fill(visitor, *variants)
        token = visitor.cookies["nitka_cart"].value
        checkout.fill_in(
            token=token, email=STRANGER.email, shipping_address=STRANGER.address, payment="demo_card",
            payment_choice="success",
        )  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            made = checkout.place(token=token, key=token, return_url="/")
        assert made.status == "paid"
        return len(captured)

    placed(shop.variants["STONE-CUP"])
    one, six = placed(shop.variants["STONE-CUP"]), placed(*makers.more_cups(6))
    assert one <= PLACING
    assert six <= one + 5  # each line's stock is counted down for itself


def test_cart_and_checkout_with_a_code_and_codes_on_offer(visitor: Client, shop: makers.Shop) -> None:
    pricing.put_coupon(code="TEN", kind="percent", value=10, public=True)
    pricing.put_coupon(code="FIVE", kind="percent", value=5, public=True)
    fill(visitor, shop.variants["STONE-CUP"])
    token = visitor.cookies["nitka_cart"].value
    checkout.fill_in(token=token, email=STRANGER.email, shipping_address=STRANGER.address)
    checkout.apply_coupon(token=token, code="FIVE")
    for path in ("/en/cart", "/en/checkout"):
        budget(visitor, path, cold=11)  # nothing at all is remembered, ways of delivery and places neither


@pytest.fixture
def till(shop: makers.Shop, settings: Settings) -> makers.Shop:
    """The shop with ways to pay."""
    settings.NITKA_DEMO = True
    content.set_shop(iban="PL61109010140000071219812874")
    return shop


@pytest.mark.parametrize("payment", ["demo_card", "bank_transfer"])
def test_the_page_of_an_order(visitor: Client, till: makers.Shop, payment: str) -> None:
    cups = makers.more_cups(20)
    # A browser opens the order it placed last, so each is looked at before the next.
    few, many = (
        budget(visitor, f"/en/order/{placed(visitor, variants, payment)}", cold=13, warm=9)
        for variants in (cups[:1], cups)
    )
    assert few == many


def placed(visitor: Client, variants: list[str], payment: str) -> str:
    """The code of an order that the visitor placed by the shop's own verbs and may open."""
    token = None
    for variant in variants:
        token = checkout.add_to_cart(
            token=token, variant_id=UUID(variant), quantity=1, market="eu", language="en"
        ).token
    assert token
    checkout.fill_in(
        token=token, email=STRANGER.email, shipping_address=STRANGER.address, payment=payment, payment_choice="success"
    )
    done = checkout.place(token=token, key="once", return_url="/en/order/{code}?k={token}")
    assert visitor.get(f"/en/order/{done.code}?k={done.token}").status_code == 200
    return done.code


# --- The account --------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["", "orders", "addresses", "about", "security"])
def test_a_page_of_the_account_asks_no_more_for_many_orders(
    visitor: Client, till: makers.Shop, client: Client, page: str
) -> None:
    sign_in(client, STRANGER.email)
    me = people.customer_by_email(STRANGER.email)
    assert me is not None

    def more() -> None:
        for number in range(6):
            placed(visitor, [till.variants["STONE-CUP"]], "bank_transfer")
            customers.save_address(customer_id=me.id, address=_address(number))
        run_jobs()

    placed(visitor, [till.variants["STONE-CUP"]], "bank_transfer")
    assert orders.orders_of_customer(me.id)
    # One more where one signs in: ways in, sessions, and the devices that get news are three tables.
    no_more(client, f"/en/account/{page}", more, warm=WARM + (page == "security"))


def _address(number: int) -> people.PostalAddress:
    return people.PostalAddress.from_dict({**STRANGER.address.as_dict(), "line1": f"Hauptstraße {number + 2}"})


# --- The back office ----------------------------------------------------------------------------

LISTS = ["/back/orders/", "/back/products/", "/back/stock/", "/back/prices/", "/back/customers/", "/back/audit/"]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_of_the_back_office_asks_no_more_for_many_rows(path: str) -> None:
    back.a_shop()
    first = back.goods_on_shelf()[0]
    back.an_order(first)
    client = back.signed_in()

    def more() -> None:
        for number in range(20):
            variant = back.goods_on_shelf(handle=f"goods-{number}")[0]
            back.an_order(variant)
            client.post("/back/stock/save", {f"level.{variant}.main": "7"})

    no_more(client, path, more)


def test_the_page_of_a_customer_asks_no_more_for_a_long_story() -> None:
    back.a_shop()
    back.an_order(back.goods_on_shelf()[0])
    client = back.signed_in()
    (known,) = people.search(ANNA.email)
    device = device_of(known.id)
    path = f"/back/customers/{known.id}/"

    def more() -> None:
        for number in range(20):
            back.an_order(back.goods_on_shelf(handle=f"goods-{number}")[0])
            event(evidence=device)
        run_jobs()

    # Who is signed in, who the person is (each panel asks that for itself), the thread, profile, orders, consents,
    # companies, and who else it could be.
    budget(client, path, **CUSTOMER)
    more()
    budget(client, path, **CUSTOMER)


def test_the_search_for_a_customer_and_the_poll_of_a_thread() -> None:
    back.a_shop()
    back.an_order(back.goods_on_shelf()[0])
    client = back.signed_in()
    (known,) = people.search(ANNA.email)
    for typed in ("anna", "anan nowk", "512 345 678", ANNA.email):
        budget(client, f"/back/customers/?q={typed}", cold=12, warm=9)
    budget(client, f"/back/customers/{known.id}/since?cursor=", cold=9, warm=8)


def test_other_pages_of_the_back_office() -> None:
    back.a_shop()
    order = back.an_order(back.goods_on_shelf()[0])
    client = back.signed_in()
    for path in ("/back/settings/", "/back/staff/"):
        budget(client, path)
    # Two of each page are about who is signed in; the figures of the day are each a question of their own.
    budget(client, f"/back/orders/{order.code}/", cold=15, warm=13)
    budget(client, "/back/", cold=16, warm=14)  # reviews and questions that wait are counted there too
