"""Gift cards, credit, statements, refunds by hand and the review queue, as the staff see them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nitka.faces.backoffice.tests.makers import a_shop, an_order, goods_on_shelf, signed_in
from nitka.people.contact import queries as contact
from nitka.sale.orders import actions as orders
from nitka.sale.orders.models import Order
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.sale.payments.credit.models import CreditAccount
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
PAGES = [
    "/back/gift-cards/",
    "/back/money/statements/",
    "/back/money/refunds/",
    "/back/review/",
    "/back/settings/risk/",
]


@pytest.fixture
def owner() -> Client:
    a_shop()
    return signed_in()


def after(client: Client, path: str, sent: dict[str, object]) -> str:
    """The page that a form leads to."""
    return client.get(client.post(path, sent)["Location"]).content.decode()


def by_transfer() -> Order:
    an_order(goods_on_shelf(handle=f"goods-{Order.objects.count()}")[0])
    return Order.objects.latest("created_at")


@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_for_the_owner_and_not_for_the_warehouse(owner: Client, path: str) -> None:
    assert owner.get(path).status_code == 200
    if path != "/back/review/":
        assert signed_in(role="warehouse").get(path).status_code == 403
    assert Client().get(path).status_code == 302


def test_a_gift_card_is_made_and_mailed(owner: Client) -> None:
    sent = {"amount": "25,50", "currency": "EUR", "recipient": "Max@Example.com", "language": "nb", "words": "Happy!",
            "key": "k"}  # fmt: skip
    for _each in range(2):
        assert owner.post("/back/gift-cards/", sent).status_code in (302, 303)
    card = CreditAccount.objects.get(kind="gift_card")
    assert card.balance_minor == 2550
    run_jobs()
    (mail,) = contact.mailbox_rows("max@example.com")
    assert "GC-" in mail.text and "Happy!" in mail.text and mail.language == "nb"
    page = owner.get(f"/back/gift-cards/{card.id}/").content.decode()
    assert "GC-" not in page and card.hint in page
    assert owner.get(f"/back/gift-cards/?q={card.hint}").content.decode().count(card.hint) > 1


def test_a_card_without_recipient_shows_its_code_once_and_can_be_called_back(owner: Client) -> None:
    page = after(owner, "/back/gift-cards/", {"amount": "10", "currency": "EUR", "key": "k"})
    code = page.split("only now: ")[1][:22]
    card = money.gift_card(code)
    path = f"/back/gift-cards/{card.id}/"
    assert code not in owner.get(path).content.decode()
    owner.post(path, {"reason": ""})
    assert money.gift_card(code).balance_minor == 1000
    owner.post(path, {"reason": "lost"})
    with pytest.raises(payments.UnknownGiftCardProblem):
        money.gift_card(code)


def test_a_customer_is_given_credit_once(owner: Client) -> None:
    order = an_order(goods_on_shelf()[0])
    customer_id = Order.objects.get(code=order.code).customer_id
    assert customer_id
    path = f"/back/customers/{customer_id}/credit"
    assert owner.get(path).status_code == 200
    for _each in range(2):
        owner.post(path, {"amount": "5", "currency": "EUR", "reason": "late parcel", "key": "k"})
    (credit,) = money.credit_of(customer_id)
    assert credit.balance_minor == 500 and "late parcel" in owner.get(path).content.decode()


def test_a_statement_is_brought_in_and_a_line_assigned(owner: Client) -> None:
    first, second = by_transfer(), by_transfer()
    rows = f"date,amount,currency,reference,payer\n2026-11-20,{first.total_minor / 100:.2f},PLN,{first.code},Anna\n"
    rows += f"2026-11-20,{second.total_minor / 100:.2f},PLN,thanks,Somebody\n"
    file = SimpleUploadedFile("nov.csv", rows.encode())
    page = after(owner, "/back/money/statements/", {"file": file, "currency": "EUR"})
    first.refresh_from_db()
    assert first.paid and "Somebody" in page and second.code in page
    line = money.line_rows("open").get()
    owner.post(f"/back/money/statements/{line.id}/assign", {"code": second.code})
    second.refresh_from_db()
    assert second.paid and second.code in owner.get("/back/money/statements/?state=booked").content.decode()


def test_a_bad_statement_says_why(owner: Client) -> None:
    page = after(owner, "/back/money/statements/", {"file": SimpleUploadedFile("x.xml", b"<html/>")})
    assert "no bank statement" in page


def test_a_refund_by_hand_is_ticked_off(owner: Client) -> None:
    order = by_transfer()
    orders.confirm_bank_payment(order_id=order.id)
    orders.refund_order(order_id=order.id, minor=100, key="k")
    run_jobs()
    refund = money.by_hand_rows().get()
    assert order.code in owner.get("/back/money/refunds/").content.decode()
    owner.post(f"/back/money/refunds/{refund.id}/sent", {"code": order.code})
    assert not money.by_hand_rows().exists()


def test_an_order_in_the_queue_is_cleared_or_refused(owner: Client) -> None:
    first, second = by_transfer(), by_transfer()
    Order.objects.update(review="pending")
    page = owner.get("/back/review/").content.decode()
    assert first.code in page and second.code in page
    owner.post(f"/back/review/{first.code}/clear")
    owner.post(f"/back/review/{second.code}/refuse", {"note": "We could not reach you."})
    assert set(Order.objects.values_list("review", "status")) == {("cleared", "placed"), ("refused", "cancelled")}


def test_the_rules_are_changed_by_their_form(owner: Client) -> None:
    owner.post("/back/settings/risk/", {"active.on": "1", "score.disposable": "75", "active.disposable": "1"})
    rules = {rule.code: rule for rule in money.risk_rules()}
    assert rules["disposable"].score == 75 and rules["disposable"].active and not rules["email"].active
    assert rules["email"].most == 5
    assert 'value="600.00"' in owner.get("/back/settings/risk/").text
    owner.post("/back/settings/risk/", {"most.first_order": "750,50"})
    assert {rule.code: rule.most for rule in money.risk_rules()}["first_order"] == 75_050
    owner.post("/back/settings/risk/", {"score.email": "-1"})
    assert {rule.code: rule.score for rule in money.risk_rules()}["email"] == 25
