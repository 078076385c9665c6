"""Limits and approvals, quotes from asking to ordering, and many lines at once."""

from datetime import timedelta
from uuid import UUID

import pytest

from nitka.ground import clock
from nitka.sale.checkout import actions, queries
from nitka.sale.checkout.models import Cart, CartLine
from nitka.sale.checkout.tests.makers import goods, open_shop, ready_cart, sell
from nitka.sale.companies import actions as companies
from nitka.sale.companies import queries as agreed
from nitka.sale.companies.tests.makers import a_company, acts_for, with_terms
from nitka.sale.orders import queries as order_queries
from nitka.sale.orders.models import Order, OrderLine
from nitka.shelf.catalog.models import Variant
from nitka.shelf.pricing import actions as pricing
from tests.crowd import at_once

BACK = "/en/order/{code}"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


@pytest.fixture
def company() -> UUID:
    return with_terms(a_company(), approval_over_minor=5000)


@pytest.fixture
def ola(company: UUID) -> UUID:
    return acts_for(company, "ola@kawa.example")


@pytest.fixture
def boss(company: UUID) -> UUID:
    return acts_for(company, "boss@kawa.example", role="approver")


def place(token: str, customer_id: UUID | None, key: str = "k") -> order_queries.Placed:
    return actions.place(token=token, key=key, return_url=BACK, customer_id=customer_id)


def test_what_goes_over_the_limit_waits_for_another_person_and_is_ordered_then(
    company: UUID, ola: UUID, boss: UUID
) -> None:
    lamp = goods()
    token = ready_cart((lamp, 3), payment="on_account", choice="")
    with pytest.raises(companies.ApprovalNeededProblem):
        place(token, ola)
    approval = actions.ask_for_approval(token=token, customer_id=ola, words="For the new room")
    assert actions.ask_for_approval(token=token, customer_id=ola) == approval
    for stranger in (
        ola,
        acts_for(company, "eva@kawa.example"),
        acts_for(a_company("B", "X1"), "b@b.example", "admin"),
    ):
        with pytest.raises(companies.NotYoursProblem):
            companies.decide_approval(approval_id=approval, by=stranger, approve=True)
    companies.decide_approval(approval_id=approval, by=boss, approve=True, answer="Fine")
    view = queries.checkout(token, "en", ola)
    assert view and not view.needs_approval and view.approval and view.approval.answer == "Fine"
    placed = place(token, ola)
    assert placed.status == "placed"
    made = agreed.approval(approval)
    assert made and made.state == "used"


def test_other_goods_than_were_approved_are_asked_for_anew(company: UUID, ola: UUID, boss: UUID) -> None:
    lamp = goods()
    token = ready_cart((lamp, 3))
    first = actions.ask_for_approval(token=token, customer_id=ola)
    companies.decide_approval(approval_id=first, by=boss, approve=True)
    actions.add_to_cart(token=token, variant_id=lamp, quantity=1, market="eu")
    with pytest.raises(companies.ApprovalNeededProblem):
        place(token, ola)
    second = actions.ask_for_approval(token=token, customer_id=ola)
    assert second != first
    companies.decide_approval(approval_id=second, by=boss, approve=False, answer="Too many")
    with pytest.raises(companies.ApprovalNeededProblem):
        place(token, ola)
    with pytest.raises(companies.ApprovalProblem):
        companies.decide_approval(approval_id=second, by=boss, approve=True)


def test_an_approved_order_whose_card_is_declined_may_be_tried_again(company: UUID, ola: UUID, boss: UUID) -> None:
    from nitka.sale.orders.actions import PaymentDeclinedProblem

    token = ready_cart((goods(), 3), choice="decline")
    approval = actions.ask_for_approval(token=token, customer_id=ola)
    companies.decide_approval(approval_id=approval, by=boss, approve=True)
    with pytest.raises(PaymentDeclinedProblem):
        place(token, ola)
    actions.choose_payment(token=token, method="demo_card", choice="success")
    assert place(token, ola, key="another").status == "paid"


def test_a_limit_of_ones_own_counts_before_that_of_the_company(company: UUID, ola: UUID, boss: UUID) -> None:
    chief = acts_for(company, "chief@kawa.example", role="admin")
    companies.set_member_rule(company_id=company, customer_id=ola, limit_minor=50_000, may_approve=False, by=chief)
    with pytest.raises(companies.NotYoursProblem):
        companies.set_member_rule(company_id=company, customer_id=boss, limit_minor=1, may_approve=True, by=ola)
    assert place(ready_cart((goods(), 3)), ola).status == "paid"
    companies.set_member_rule(company_id=company, customer_id=boss, limit_minor=1000, may_approve=True)
    limits = {each.customer_id: each.limit_minor for each in agreed.people(company)}
    assert limits == {ola: 50_000, boss: 1000, chief: None}


def test_for_oneself_no_limit_of_the_company_counts(company: UUID, ola: UUID) -> None:
    token = ready_cart((goods(), 3))
    actions.buy_for(token=token, customer_id=ola, company_id=None)
    assert place(token, ola).status == "paid"
    assert Order.objects.get().company_id is None


def answered(company: UUID, ola: UUID, lamp: UUID, pieces: int = 120, price: int = 1500) -> agreed.QuoteView:
    token = actions.put_many(
        token=None, wanted=[actions.Wanted("", pieces, lamp)], market="eu", customer_id=ola
    ).token  # fmt: skip
    code = actions.ask_for_quote(token=token, customer_id=ola, wishes={lamp: 1400}, words="For our ten cafés")
    quote = agreed.quote_by_code(code)
    assert quote and quote.lines[0].asked_minor == 1400 and quote.lines[0].list_minor == 1999
    companies.answer_quote(
        quote_id=quote.id, prices={quote.lines[0].id: price}, valid_until=clock.today("UTC") + timedelta(days=10)
    )
    quote = agreed.quote(quote.id)
    assert quote
    return quote


def filled(token: str, payment: str = "demo_card") -> None:
    from nitka.sale.checkout.tests.makers import BERLIN

    actions.fill_in(
        token=token, email="ola@kawa.example", shipping_address=BERLIN, payment=payment, payment_choice="success"
    )


def test_a_quote_from_asking_to_ordering_and_only_once(company: UUID, ola: UUID) -> None:
    companies.set_member_rule(company_id=company, customer_id=ola, limit_minor=10**7, may_approve=False)
    pricing.put_coupon(code="TEN", kind="percent", value=10)
    lamp = goods(stock=500)
    quote = answered(company, ola, lamp)
    ref = actions.accept_quote(token=None, customer_id=ola, quote=quote)
    with pytest.raises(actions.CodeProblem):
        actions.apply_coupon(token=ref.token, code="TEN")  # no code lowers what was agreed
    filled(ref.token)
    view = queries.checkout(ref.token, "en", ola)
    assert view and view.cart.lines[0].unit_minor == 1500 and view.cart.goods_minor == 120 * 1500
    assert view.cart.discount_minor == 0
    assert place(ref.token, ola).status == "paid"
    line = OrderLine.objects.get()
    assert (line.quantity, line.unit_minor) == (120, 1500)
    after = agreed.quote(quote.id)
    assert after and after.state == "ordered" and after.order_id == Order.objects.get().id
    with pytest.raises(companies.QuoteProblem):
        actions.accept_quote(token=None, customer_id=ola, quote=quote)


def test_fewer_pieces_than_were_agreed_cost_the_price_of_the_list(company: UUID, ola: UUID) -> None:
    lamp = goods(stock=500)
    ref = actions.accept_quote(token=None, customer_id=ola, quote=answered(company, ola, lamp))
    line = CartLine.objects.get(cart_id=ref.cart_id)
    actions.change_line(token=ref.token, line_id=line.id, quantity=119)
    assert queries.cart(ref.token, "en").lines[0].unit_minor == 1999
    actions.add_to_cart(token=ref.token, variant_id=lamp, quantity=1, market="eu")
    assert CartLine.objects.get(id=line.id).quantity == 119


def test_a_quote_that_ran_out_gives_no_price_and_is_closed(company: UUID, ola: UUID) -> None:
    lamp = goods(stock=500)
    quote = answered(company, ola, lamp)
    ref = actions.accept_quote(token=None, customer_id=ola, quote=quote)
    with clock.freeze(clock.now() + timedelta(days=12)):
        assert queries.cart(ref.token, "en").lines[0].unit_minor == 1999
        assert companies.expire_quotes() == 1 and companies.expire_quotes() == 0
        with pytest.raises(companies.QuoteProblem):
            actions.accept_quote(token=None, customer_id=ola, quote=quote)
        closed = agreed.quote(quote.id)
        assert closed and closed.state == "expired"


def test_another_company_cannot_take_a_quote(company: UUID, ola: UUID) -> None:
    quote = answered(company, ola, goods(stock=500))
    stranger = acts_for(a_company("Other", "X2"), "x@o.example")
    with pytest.raises(companies.NotYoursProblem):
        actions.accept_quote(token=None, customer_id=stranger, quote=quote)


def test_a_quote_in_two_carts_at_once_is_one_order(company: UUID, ola: UUID) -> None:
    companies.set_member_rule(company_id=company, customer_id=ola, limit_minor=10**7, may_approve=False)
    quote = answered(company, ola, goods(stock=500))
    tokens = [actions.accept_quote(token=None, customer_id=ola, quote=quote).token for _n in range(4)]
    for token in tokens:
        filled(token)
    at_once([lambda token=token: place(token, ola) for token in tokens])
    assert OrderLine.objects.filter(unit_minor=1500).count() == 1


def test_a_list_of_skus_says_what_became_of_every_line(ola: UUID) -> None:
    first, second = sell(1000, 2000, stock=5)
    skus = dict(Variant.objects.values_list("id", "sku"))
    wanted = [
        actions.Wanted(skus[first].lower(), 2), actions.Wanted("NO-SUCH", 3), actions.Wanted(skus[second], 9),
        actions.Wanted(skus[first].lower(), 1),
    ]  # fmt: skip
    put = actions.put_many(token=None, wanted=wanted, market="eu", customer_id=ola)
    assert [(each.pieces, each.put, each.state) for each in put.lines] == [
        (3, 3, "ok"), (3, 0, "unknown"), (9, 5, "short")
    ]  # fmt: skip
    again = actions.put_many(token=put.token, wanted=wanted[2:3], market="eu", customer_id=ola)
    assert again.lines[0].state == "sold_out" and queries.cart_badge(put.token).count == 8
    assert Cart.objects.count() == 1
    nothing = actions.put_many(token=None, wanted=[actions.Wanted("X", 1)], market="eu")
    assert nothing.token == "" and Cart.objects.count() == 1


def test_lists_belong_to_who_made_them_or_to_the_company(company: UUID, ola: UUID, boss: UUID) -> None:
    lamp = goods()
    ours = companies.keep_list(customer_id=ola, company_id=company, name="Monday", lines={lamp: 4})
    mine = companies.keep_list(customer_id=ola, company_id=None, name="Mine", lines={lamp: 1})
    assert [each.name for each in agreed.lists_of(boss, (company,))] == ["Monday"]
    assert agreed.list_for(mine, boss, (company,)) is None
    companies.keep_list(customer_id=boss, company_id=company, name="Tuesday", lines={lamp: 5}, list_id=ours)
    changed = agreed.list_for(ours, ola, (company,))
    assert changed and changed.name == "Tuesday" and changed.pieces == 5
    companies.drop_list(list_id=ours)
    with pytest.raises(companies.ListProblem):
        companies.keep_list(customer_id=ola, company_id=company, name=" ", lines={lamp: 1})
