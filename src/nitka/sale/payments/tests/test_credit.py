"""Gift cards and store credit: a ledger of two sides that never goes below zero."""

import threading
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nitka.ground.ids import new_id
from nitka.sale.payments import actions, queries
from nitka.sale.payments.credit import ledger
from nitka.sale.payments.credit.models import CreditAccount, CreditEntry
from nitka.sale.payments.models import Payment, Refund
from nitka.sale.payments.tests.makers import a_captured_payment, view
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def a_card(minor: int = 5000, currency: str = "EUR") -> actions.IssuedCard:
    return actions.issue_gift_card(minor=minor, currency=currency, key=str(new_id()))


def left_on(account_id: UUID) -> int:
    found = queries.credit_account(account_id)
    assert found
    return found.balance_minor


def pay(account_id: UUID, minor: int, key: str = "") -> UUID:
    return actions.pay_with_credit(
        reference=new_id(), label="NK-TEST-01", account_id=account_id, minor=minor, key=key or str(new_id())
    )


def test_a_card_pays_and_keeps_the_rest() -> None:
    card = a_card()
    paid = view(pay(card.account_id, 1999))
    assert (paid.state, paid.captured_minor, paid.provider) == ("captured", 1999, "gift_card")
    assert left_on(card.account_id) == 3001
    assert queries.imbalances() == []


def test_a_card_that_is_too_small_pays_nothing() -> None:
    card = a_card(500)
    with pytest.raises(actions.CreditProblem) as refused:
        pay(card.account_id, 501)
    assert refused.value.detail == {"balance_minor": 500}
    assert left_on(card.account_id) == 500 and not Payment.objects.exists()


def test_the_same_key_pays_once_and_issues_once() -> None:
    card = a_card()
    assert pay(card.account_id, 1000, "k") == pay(card.account_id, 1000, "k")
    assert left_on(card.account_id) == 4000
    first = actions.issue_gift_card(minor=100, currency="EUR", key="g")
    again = actions.issue_gift_card(minor=100, currency="EUR", key="g")
    assert again.account_id == first.account_id and again.code == ""


@pytest.mark.parametrize("typed", ["as it is", "small", "no dashes", "spaces"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    card = a_card()
    code = {"as it is": card.code, "small": card.code.lower(), "no dashes": card.code.replace("-", ""),
            "spaces": card.code[3:].replace("-", " ")}[typed]  # fmt: skip
    assert queries.gift_card(code).id == card.account_id


def test_an_unknown_and_a_closed_card_answer_alike() -> None:
    card = a_card()
    assert actions.close_gift_card(account_id=card.account_id, reason="lost") == 5000
    answers = []
    for code in (card.code, "GC-0000-0000-0000-0000"):
        with pytest.raises(actions.UnknownGiftCardProblem) as refused:
            queries.gift_card(code)
        answers.append(refused.value.message)
    assert answers[0] == answers[1] and left_on(card.account_id) == 0
    assert queries.imbalances() == []


def test_the_code_itself_is_nowhere_in_the_table() -> None:
    card = a_card()
    row = CreditAccount.objects.filter(id=card.account_id).values().get()
    assert card.code not in str(row) and row["hint"] == card.code[-4:]


def test_a_refund_is_back_on_the_card_at_once() -> None:
    card = a_card()
    payment_id = pay(card.account_id, 2000)
    actions.refund(payment_id=payment_id, minor=500, key="a")
    actions.refund(payment_id=payment_id, minor=500, key="a")
    assert left_on(card.account_id) == 3500 and Refund.objects.get().state == "done"
    with pytest.raises(actions.RefundProblem):
        actions.refund(payment_id=payment_id, minor=1501, key="b")


def test_a_card_payment_can_be_refunded_as_store_credit() -> None:
    payment_id, anna = a_captured_payment(2000), new_id()
    account = actions.store_credit_account(anna, "EUR")
    actions.refund(payment_id=payment_id, minor=2000, key="a", into=account)
    run_jobs()
    assert left_on(account) == 2000 and view(payment_id).state == "refunded"
    (line,) = queries.credit_lines([account])[account]
    assert line.kind == "refund" and line.minor == 2000


def test_granted_credit_is_one_account_a_currency() -> None:
    anna = new_id()
    for number in range(2):
        actions.grant_credit(customer_id=anna, minor=700, currency="EUR", key=f"sorry {number}", reason="late")
    actions.grant_credit(customer_id=anna, minor=900, currency="PLN", key="pln")
    assert {each.currency: each.balance_minor for each in queries.credit_of(anna)} == {"EUR": 1400, "PLN": 900}


def test_a_plan_takes_cards_first_and_never_more_than_is_due() -> None:
    anna, card = new_id(), a_card(1000)
    actions.grant_credit(customer_id=anna, minor=5000, currency="EUR", key="k")
    parts = queries.credit_plan(cards=[card.account_id], customer_ids=[anna], currency="EUR", minor=1800)
    assert [(each.kind, each.minor) for each in parts] == [("gift_card", 1000), ("store_credit", 800)]
    assert queries.credit_plan(cards=[card.account_id], currency="PLN", minor=100) == ()


def test_the_database_refuses_a_transfer_that_does_not_balance() -> None:
    card = a_card()
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.move(key="bad", kind="issue", sides=[(card.account_id, 5)])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditEntry.objects.update(minor=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditAccount.objects.filter(id=card.account_id).update(balance_minor=-1)


@pytest.mark.django_db(transaction=True)
def test_a_gift_card_spent_eight_times_at_once_pays_once() -> None:
    for _round in range(5):
        card, results, gate = a_card(1000), [], threading.Barrier(8)

        def spend(
            account_id: UUID = card.account_id, gate: threading.Barrier = gate, out: list[object] = results
        ) -> None:
            gate.wait()
            try:
                out.append(pay(account_id, 700))
            except actions.CreditProblem as refused:
                out.append(refused)
            finally:
                connection.close()

        crowd = [threading.Thread(target=spend) for _each in range(8)]
        for each in crowd:
            each.start()
        for each in crowd:
            each.join()
        assert sum(isinstance(each, UUID) for each in results) == 1
        assert left_on(card.account_id) == 300 and queries.imbalances() == []


DEED = st.tuples(
    st.sampled_from(["spend", "refund", "issue", "close", "into"]), st.integers(0, 2), st.integers(1, 4000)
)


class TheBooksBalance(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(st.lists(DEED, max_size=14))
    def test_whatever_is_done_the_books_balance_and_nothing_is_below_zero(
        self, deeds: list[tuple[str, int, int]]
    ) -> None:
        accounts = [a_card(1500).account_id, a_card(3000).account_id]
        accounts.append(actions.grant_credit(customer_id=new_id(), minor=2000, currency="EUR", key=str(new_id())))
        paid: list[UUID] = []
        for deed, which, minor in deeds:
            try:
                self._do(deed, accounts[which], minor, paid)
            except (actions.CreditProblem, actions.RefundProblem):
                continue
        assert queries.imbalances() == []
        assert CreditEntry.objects.aggregate(all=Sum("minor"))["all"] == 0
        spent = sum(view(each).captured_minor - view(each).refunded_minor for each in paid)
        redeemed = CreditEntry.objects.filter(account__kind="redeemed").aggregate(all=Sum("minor"))["all"] or 0
        assert redeemed == spent
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def _do(self, deed: str, account: UUID, minor: int, paid: list[UUID]) -> None:
        if deed == "spend":
            paid.append(pay(account, minor))
        elif deed == "issue":
            actions.grant_credit(customer_id=new_id(), minor=minor, currency="EUR", key=str(new_id()))
        elif deed == "close":
            actions.close_gift_card(account_id=account, reason="test")
        elif paid:
            into = account if deed == "into" else None
            actions.refund(payment_id=paid[minor % len(paid)], minor=minor, key=str(new_id()), into=into)
