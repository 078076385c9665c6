"""Companies that buy on account: who may, how much, and what is owed, with real threads against the real database."""

from datetime import timedelta
from uuid import UUID

import pytest

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.sale.checkout import actions, queries
from nitka.sale.checkout.tests.makers import goods, open_shop, ready_cart
from nitka.sale.companies import actions as companies
from nitka.sale.companies import queries as agreed
from nitka.sale.companies.tests.makers import a_company, acts_for, with_terms
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries as order_queries
from nitka.sale.orders.models import Order
from nitka.sale.payments.models import Payment
from nitka.shelf.inventory.models import Hold
from tests.crowd import at_once

BACK = "/en/order/{code}"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def a_cart_of(customer_id: UUID, company_id: UUID, *lines: tuple[UUID, int], payment: str = "on_account") -> str:
    token = ready_cart(*lines, payment=payment, choice="")
    actions.buy_for(token=token, customer_id=customer_id, company_id=company_id, po_number="PO 7")
    return token


def place(token: str, customer_id: UUID | None, key: str = "k") -> order_queries.Placed:
    return actions.place(token=token, key=key, return_url=BACK, customer_id=customer_id)


def left(company_id: UUID) -> int:
    account = agreed.account(company_id, agreed.terms(company_id))
    return account.left_minor if account else 0


def test_an_order_on_account_stands_at_once_has_a_day_and_may_leave_before_it_is_paid() -> None:
    company = with_terms(a_company())
    buyer = acts_for(company, "ola@kawa.example")
    placed = place(a_cart_of(buyer, company, (goods(), 2)), buyer)
    order = order_queries.order(placed.order_id)
    assert order and placed.status == "placed" and not order.paid
    assert (order.company_id, order.po_number) == (company, "PO 7")
    assert order.due_on == clock.today("Europe/Warsaw") + timedelta(days=30)
    assert left(company) == 100_000 - order.total_minor
    orders.pack_order(order_id=order.id)
    orders.ship_order(order_id=order.id, carrier="demo_post", tracking_number="1")
    (owed,) = order_queries.owed(company)
    assert owed.left_minor == order.total_minor and not owed.is_late
    with clock.freeze(clock.now() + timedelta(days=32)):
        assert order_queries.owed(company)[0].is_late


def test_the_transfer_frees_the_credit_in_parts_and_as_a_whole() -> None:
    company = with_terms(a_company())
    buyer = acts_for(company, "ola@kawa.example")
    placed = place(a_cart_of(buyer, company, (goods(), 2)), buyer)
    total = Order.objects.get().total_minor
    orders.confirm_bank_payment(order_id=placed.order_id, minor=1000)
    assert left(company) == 100_000 - total + 1000
    assert orders.confirm_bank_payment(order_id=placed.order_id, minor=total - 1000) == "paid"
    assert left(company) == 100_000 and order_queries.owed(company) == ()


def test_a_statement_finds_an_order_on_account_by_its_code() -> None:
    company = with_terms(a_company())
    buyer = acts_for(company, "ola@kawa.example")
    placed = place(a_cart_of(buyer, company, (goods(), 1)), buyer)
    total = Order.objects.get().total_minor
    text = f"Date;Amount;Currency;Payer;Text\n2026-11-20;{total / 100:.2f};EUR;Kawa;{placed.code}\n"
    assert orders.import_statement(raw=text.encode(), name="nov.csv").booked == 1
    assert Order.objects.get().paid


def test_a_cancelled_order_owes_nothing() -> None:
    company = with_terms(a_company())
    buyer = acts_for(company, "ola@kawa.example")
    placed = place(a_cart_of(buyer, company, (goods(), 1)), buyer)
    orders.cancel_order(order_id=placed.order_id)
    assert left(company) == 100_000


def test_sixteen_orders_at_once_never_owe_more_than_the_limit() -> None:
    company = with_terms(a_company(), limit_minor=10_000)
    people = [acts_for(company, f"b{n}@kawa.example") for n in range(4)]
    lamp = goods()
    carts = [(a_cart_of(people[n % 4], company, (lamp, 1)), people[n % 4]) for n in range(16)]
    results = at_once([lambda token=token, who=who: place(token, who) for token, who in carts])
    placed = [each for each in results if isinstance(each, order_queries.Placed)]
    refused = [each for each in results if isinstance(each, companies.CreditLimitProblem | actions.MissingProblem)]
    total = Order.objects.first().total_minor  # type: ignore[union-attr]
    assert len(placed) == 10_000 // total and len(placed) + len(refused) == 16
    assert order_queries.owed_minor(company, "EUR") == len(placed) * total <= 10_000
    assert Payment.objects.count() == Order.objects.count() == len(placed)
    assert sum(Hold.objects.filter(state="held").values_list("quantity", flat=True)) == len(placed)


def test_nobody_else_is_offered_it_or_may_use_it() -> None:
    company = with_terms(a_company())
    buyer, stranger = acts_for(company, "ola@kawa.example"), acts_for(a_company("Other", "DE136695976"), "x@o.example")
    clerk = acts_for(company, "clerk@kawa.example", role="accountant")
    lamp = goods()
    token = a_cart_of(buyer, company, (lamp, 1))
    assert "on_account" in {each.code for each in methods_of(token, buyer)}
    for who in (None, stranger, clerk):
        assert "on_account" not in {each.code for each in methods_of(token, who)}
    with pytest.raises(actions.MissingProblem):
        place(token, None)
    with pytest.raises(companies.NotYoursProblem):
        actions.buy_for(token=token, customer_id=stranger, company_id=company)
    with pytest.raises(companies.NotYoursProblem):
        actions.buy_for(token=token, customer_id=clerk, company_id=company)


def methods_of(token: str, who: UUID | None) -> tuple[object, ...]:
    view = queries.checkout(token, "en", who)
    assert view
    return view.methods


def test_a_company_that_wants_a_number_on_its_orders_is_asked_for_one() -> None:
    company = with_terms(a_company(), po_required=True)
    buyer = acts_for(company, "ola@kawa.example")
    token = a_cart_of(buyer, company, (goods(), 1))
    actions.buy_for(token=token, customer_id=buyer, company_id=company, po_number="")
    with pytest.raises(actions.MissingProblem) as missing:
        place(token, buyer)
    assert missing.value.detail["missing"] == ["po_number"]


def test_terms_must_make_sense() -> None:
    company = a_company()
    for wrong in ({"limit_minor": -1}, {"net_days": 999}, {"currency": "XXX"}, {"company_id": new_id()}):
        terms = {"company_id": company, "net_days": 30, "limit_minor": 1, "currency": "EUR"} | wrong
        with pytest.raises(companies.TermsProblem):
            companies.set_terms(**terms)  # type: ignore[arg-type]
