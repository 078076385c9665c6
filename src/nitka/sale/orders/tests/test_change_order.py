"""What shoppers change of an order until it is packed."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from nitka.ground import clock
from nitka.people.contact import queries as contact
from nitka.people.customers.actions import AddressProblem
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries, tasks
from nitka.sale.orders.actions.settle_change import GIVE_UP_AFTER
from nitka.sale.orders.change_models import OrderChange
from nitka.sale.orders.models import Order
from nitka.sale.orders.queries import Party, Swap, parties
from nitka.sale.orders.tests.makers import BERLIN, an_order
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.payments.models import Payment, Refund
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as stock
from nitka.shelf.inventory.tests.makers import a_location
from nitka.shelf.pricing.tests.makers import priced
from tests.crowd import at_once
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


@pytest.fixture
def lamps() -> list[UUID]:
    """Three variants of one lamp, for 19.99, 24.99 and 14.99, five of each."""
    made = priced(1999, 2499, 1499)
    inventory.set_stock(levels=[(each, a_location(), 5) for each in made])
    return made


def bought(lamps: list[UUID], pieces: int = 2, **more: Any) -> queries.OrderView:
    return view(an_order((lamps[0], pieces), **more).order_id)


def view(order_id: UUID) -> queries.OrderView:
    found = queries.order(order_id)
    assert found
    return found


def me(order: queries.OrderView) -> Party:
    assert order.customer_id
    return parties.customer(order.customer_id)


def swap(order: queries.OrderView, variant: UUID, pieces: int = 1, **more: Any) -> orders.ChangedAlreadyProblem | Any:
    return orders.change_items(
        order_id=order.id, swaps=[Swap(order.lines[0].id, variant, pieces)], **({"by": me(order)} | more)
    )


def a_card(order: queries.OrderView, token: str = "success") -> str:
    assert order.customer_id
    mean = payments.save_mean(customer_id=order.customer_id, provider="demo_card", token=f"{token}:1", last4="4242")
    return f"saved:{mean}"


def a_gift_card(order: queries.OrderView, minor: int) -> str:
    card = payments.issue_gift_card(minor=minor, currency="EUR", key=str(order.id), customer_id=order.customer_id)
    return f"credit:{card.account_id}"


def test_a_dearer_variant_is_paid_by_a_saved_means(lamps: list[UUID]) -> None:
    order = bought(lamps)
    done = swap(order, lamps[1], means_word=a_card(order))
    after = view(order.id)
    assert (done.state, done.difference_minor) == ("done", 500)
    assert after.total_minor == order.total_minor + 500
    assert [(line.variant_id, line.quantity, line.unit_minor) for line in after.lines] == [
        (lamps[0], 1, 1999), (lamps[1], 1, 2499),
    ]  # fmt: skip
    assert sum(line.tax_minor for line in after.lines) <= after.tax_minor
    assert sum(part.base_minor + part.tax_minor for part in after.taxes) == after.total_minor
    assert {each: stock.available(lamps)[each] for each in lamps[:2]} == {lamps[0]: 4, lamps[1]: 4}
    assert [step.text for step in after.steps][-1] == "Other variant chosen"
    run_jobs()
    row = contact.mailbox_rows("max@example.com").order_by("-created_at")[0]
    assert row.template.endswith("order_changed")


def test_a_cheaper_variant_sends_the_difference_back(lamps: list[UUID]) -> None:
    order = bought(lamps)
    assert swap(order, lamps[2], 2).difference_minor == -1000
    run_jobs()
    assert view(order.id).refunded_minor == 1000
    assert Refund.objects.get().minor == 1000
    assert [line.sku for line in view(order.id).lines] == ["lamp-2"]


def test_a_gift_card_pays_or_says_that_it_is_too_small(lamps: list[UUID]) -> None:
    order = bought(lamps)
    word = a_gift_card(order, 700)
    with pytest.raises(orders.TooLittleProblem):
        swap(order, lamps[1], 2, means_word=word)
    assert view(order.id).total_minor == order.total_minor
    swap(order, lamps[1], 1, means_word=word)
    account = payment_queries.credit_account(UUID(word.partition(":")[2]))
    assert account and account.balance_minor == 200
    assert Order.objects.get(id=order.id).credit_minor == 500


def test_an_order_that_is_not_paid_asks_for_another_amount(lamps: list[UUID]) -> None:
    order = bought(lamps, payment="bank_transfer")
    assert swap(order, lamps[1]).difference_minor == 500
    after = view(order.id)
    assert after.bank and after.bank.minor == order.total_minor + 500
    assert Payment.objects.get().minor == order.total_minor + 500


def test_a_declined_card_leaves_the_order_as_it_was(lamps: list[UUID]) -> None:
    order = bought(lamps)
    with pytest.raises(orders.PaymentDeclinedProblem):
        swap(order, lamps[1], means_word=a_card(order, "decline"))
    after = view(order.id)
    assert (after.total_minor, after.lines) == (order.total_minor, order.lines)
    assert stock.available(lamps)[lamps[1]] == 5
    assert swap(after, lamps[2]).state == "done"  # the failed one does not count


def test_a_card_that_answers_late_keeps_the_goods_and_is_let_go_of(lamps: list[UUID], monkeypatch: Any) -> None:
    order = bought(lamps)
    change = swap(order, lamps[1], means_word=a_card(order, "late"))
    assert change.state == "open"
    assert stock.available(lamps)[lamps[1]] == 4
    assert view(order.id).total_minor == order.total_minor
    OrderChange.objects.update(at=clock.now() - GIVE_UP_AFTER * 2)
    tasks.settle_changes.func() if hasattr(tasks.settle_changes, "func") else tasks.settle_changes()
    assert OrderChange.objects.get().state in ("done", "failed")
    left = stock.available(lamps)[lamps[1]]
    assert left == (4 if OrderChange.objects.get().state == "done" else 5)


def test_items_change_once_and_the_database_stands_behind_it(lamps: list[UUID]) -> None:
    order = bought(lamps)
    swap(order, lamps[2])
    with pytest.raises(orders.ChangedAlreadyProblem):
        swap(view(order.id), lamps[1], means_word=a_card(order))
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderChange.objects.create(order_id=order.id, kind="items", number=2, times=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderChange.objects.create(order_id=order.id, kind="items", number=1, times=1)


@pytest.mark.parametrize(
    ("what", "problem"),
    [("same", orders.SameVariantProblem), ("other", orders.OtherProductProblem), ("gone", orders.NotForSaleProblem),
     ("many", orders.LinesProblem)],
)  # fmt: skip
def test_it_refuses_what_is_no_other_variant(lamps: list[UUID], what: str, problem: type[Exception]) -> None:
    order = bought(lamps)
    inventory.set_stock(levels=[(lamps[1], a_location(), 0)])
    (chair,) = priced(500, handle="chair")
    target, pieces = {"same": (lamps[0], 1), "other": (chair, 1), "gone": (lamps[1], 1), "many": (lamps[2], 3)}[what]
    with pytest.raises(problem):
        swap(order, target, pieces, means_word="original")


def test_strangers_and_unconfirmed_proxies_are_refused(lamps: list[UUID]) -> None:
    order = bought(lamps)
    other = bought(lamps, 1, email="anna@example.com")
    for by in (me(other), parties.holder("forged"), Party()):
        with pytest.raises(orders.NotYoursProblem):
            swap(order, lamps[2], by=by)
        with pytest.raises(orders.NotYoursProblem):
            orders.cancel_order(order_id=order.id, by=by)
    assert order.customer_id
    for by in (parties.bot(order.customer_id), parties.agent("adam", order.customer_id)):
        with pytest.raises(orders.NotConfirmedProblem):
            orders.change_address(order_id=order.id, address=BERLIN, by=by)
        with pytest.raises(orders.NotConfirmedProblem):
            orders.cancel_order(order_id=order.id, by=by)
    assert swap(order, lamps[2], by=parties.bot(order.customer_id), confirmed=True).state == "done"


def test_the_holder_of_a_link_may_not_use_saved_means(lamps: list[UUID]) -> None:
    order = bought(lamps)
    with pytest.raises(orders.MeansProblem):
        swap(order, lamps[1], means_word=a_card(order), by=parties.holder(order.token))
    assert swap(order, lamps[2], by=parties.holder(order.token)).state == "done"


def test_nobody_pays_with_anothers_means(lamps: list[UUID]) -> None:
    order, other = bought(lamps), bought(lamps, 1, email="anna@example.com")
    for word in (a_card(other), a_gift_card(other, 9000), "saved:nonsense", "credit:"):
        with pytest.raises(orders.MeansProblem):
            orders.change_payment(order_id=order.id, means_word=word, by=me(order))


def test_the_whole_is_paid_another_way_and_what_paid_before_goes_back(lamps: list[UUID]) -> None:
    order = bought(lamps)
    word = a_gift_card(order, 9000)
    orders.change_payment(order_id=order.id, means_word=word, by=me(order))
    run_jobs()
    account = payment_queries.credit_account(UUID(word.partition(":")[2]))
    assert account and account.balance_minor == 9000 - order.total_minor
    assert view(order.id).refunded_minor == order.total_minor
    with pytest.raises(orders.PaidInPartsProblem):
        orders.change_payment(order_id=order.id, means_word=a_card(order), by=me(order))
    assert orders.cancel_order(order_id=order.id) == order.total_minor
    account = payment_queries.credit_account(account.id)
    assert account and account.balance_minor == 9000


def test_a_transfer_that_is_not_here_becomes_a_card(lamps: list[UUID]) -> None:
    order = bought(lamps, payment="bank_transfer")
    orders.change_payment(order_id=order.id, means_word=a_card(order), by=me(order))
    after = view(order.id)
    assert (after.paid, after.status, after.payment_method) == (True, "paid", "demo_card")


def test_another_address_in_the_same_country(lamps: list[UUID]) -> None:
    order = bought(lamps)
    there = replace(BERLIN, line1="Nebenstraße 2", postcode="50667", city="Köln")
    orders.change_address(order_id=order.id, address=there, by=me(order))
    assert view(order.id).shipping_address.city == "Köln"
    with pytest.raises(AddressProblem):
        orders.change_address(order_id=order.id, address=replace(there, postcode="1"), by=me(order))
    with pytest.raises(orders.DeliveryProblem):
        orders.change_address(
            order_id=order.id, address=replace(there, country="PL", postcode="80-001", city="Gdańsk"), by=me(order)
        )


def test_nothing_changes_once_it_is_packed(lamps: list[UUID]) -> None:
    order = bought(lamps)
    orders.pack_order(order_id=order.id)
    with pytest.raises(orders.TooLateToChangeProblem):
        swap(order, lamps[2])
    with pytest.raises(orders.TooLateToChangeProblem):
        orders.cancel_order(order_id=order.id, by=me(order))
    can = queries.possible(order.id)
    assert can and not can.any and "packed" in can.items.why_not
    assert orders.cancel_order(order_id=order.id) == order.total_minor  # the shop still can


def test_the_policy_is_data(lamps: list[UUID]) -> None:
    orders.put_policy(kind="cancel", reasons=["too slow"], reason_needed=True, until="shipped")
    orders.put_policy(kind="address", market="eu", allowed=False)
    order = bought(lamps)
    with pytest.raises(orders.ReasonProblem):
        orders.cancel_order(order_id=order.id, by=me(order), why="because")
    with pytest.raises(orders.TooLateToChangeProblem):
        orders.change_address(order_id=order.id, address=BERLIN, by=me(order))
    orders.pack_order(order_id=order.id)
    assert orders.cancel_order(order_id=order.id, by=me(order), why="too slow") == order.total_minor
    with pytest.raises(orders.OrderProblem):
        orders.put_policy(kind="cancel", reason_needed=True)


@pytest.mark.django_db(transaction=True)
def test_eight_changes_at_once_are_one() -> None:
    open_shop()
    made = priced(1999, 2499, 1499)
    inventory.set_stock(levels=[(each, a_location(), 20) for each in made])
    order = bought(made)
    results = at_once([lambda: swap(order, made[2])] * 8, threads=8)
    assert sum(not isinstance(each, Exception) for each in results) == 1
    assert all(isinstance(each, orders.ChangedAlreadyProblem | orders.SameVariantProblem | orders.LinesProblem)
               for each in results if isinstance(each, Exception)), results  # fmt: skip
    assert view(order.id).total_minor == order.total_minor - 500
    assert stock.available(made) == {made[0]: 19, made[1]: 20, made[2]: 19}
