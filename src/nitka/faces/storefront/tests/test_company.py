"""A company at the pages of the shop: who buys, approvals, quotes answered in the back office, many lines, lists."""

import re
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nitka.faces.backoffice.tests import makers as office
from nitka.faces.storefront.quick_order import read_lines
from nitka.faces.storefront.tests.account_makers import sign_in
from nitka.people.contact.models import OutgoingMail
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people
from nitka.sale.checkout.tests import makers as carts
from nitka.sale.companies import queries as agreed
from nitka.sale.companies.models import Approval, Quote, ReorderList
from nitka.sale.companies.tests.makers import a_company, with_terms
from nitka.sale.orders import queries as orders
from nitka.sale.orders.models import Order
from nitka.shelf.catalog.models import Variant
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
FORM = {
    "email": "ola@kawa.example", "name": "Ola Kawa", "line1": "Hauptstraße 1", "postcode": "10115", "city": "Berlin",
    "country": "DE", "payment": "on_account", "po_number": "PO 7",
}  # fmt: skip


@pytest.fixture
def lamp() -> UUID:
    carts.open_shop()
    return carts.goods(stock=500)


@pytest.fixture
def company(lamp: UUID) -> UUID:
    return with_terms(a_company(), limit_minor=500_000, approval_over_minor=5000)


def somebody(company: UUID, email: str, role: str = "buyer") -> Client:
    client = Client()
    sign_in(client, email)
    known = people.customer_by_email(email)
    assert known
    customers.join_company(company_id=company, customer_id=known.id, role=role)
    return client


def mails(to: str) -> list[str]:
    run_jobs()
    return list(OutgoingMail.objects.filter(to=to).order_by("created_at").values_list("subject", flat=True))


def test_from_the_button_to_the_approver_and_back_to_the_order(company: UUID, lamp: UUID) -> None:
    ola, boss = somebody(company, "ola@kawa.example"), somebody(company, "boss@kawa.example", "approver")
    ola.cookies[settings.NITKA_CART_COOKIE] = carts.a_cart((lamp, 3))
    form = FORM | {"buys_for": str(company)}
    page = ola.post("/en/checkout/update", form).content.decode()
    assert "Somebody in your company must approve" in page and "Ask for approval" in page
    asked = ola.post("/en/checkout/ask", form | {"approval_words": "For the café"})
    approval = Approval.objects.get()
    assert asked.status_code == 303 and str(approval.id) in asked["Location"]
    assert any("Please approve an order" in each for each in mails("boss@kawa.example"))
    page = boss.get(asked["Location"]).content.decode()
    assert "For the café" in page and "Approve" in page
    assert 'value="approve"' not in ola.get(asked["Location"]).content.decode()
    assert ola.post(asked["Location"], {"deed": "approve"}).status_code == 409
    assert boss.post(asked["Location"], {"deed": "approve"}).status_code == 303
    assert any("is approved" in each for each in mails("ola@kawa.example"))
    placed = ola.post("/en/checkout/place", form | {"key": "one"})
    assert placed.status_code == 303, re.findall(r'role="alert".{0,400}', placed.content.decode(), re.S)
    order = Order.objects.get()
    assert (order.payment_method, order.company_id, order.po_number) == ("on_account", company, "PO 7")
    page = ola.get(placed["Location"]).content.decode()
    assert "Pay by" in page
    page = boss.get("/en/account/company").content.decode()
    assert order.code in page and "Open invoices" in page
    stranger = Client()
    sign_in(stranger, "x@example.com")
    assert stranger.get(asked["Location"]).status_code == 404


def test_a_quote_asked_for_in_the_shop_is_answered_in_the_office_and_taken(company: UUID, lamp: UUID) -> None:
    ola = somebody(company, "ola@kawa.example")
    sku = Variant.objects.get(id=lamp).sku
    put = ola.post("/en/quick-order", {"lines": f"{sku}; 120\nNOPE; 2\n???;x"}).content.decode()
    assert "120 pieces are in the cart" in put and "unknown number" in put and "NOPE; 2" in put
    assert "Ask for a price for all of it" in ola.get("/en/cart").content.decode()
    assert ola.get("/en/cart/ask-for-a-price").status_code == 200
    asked = ola.post("/en/cart/ask-for-a-price", {f"wish.{lamp}": "14,50", "words": "Ten cafés"})
    quote = agreed.quote(Quote.objects.get().id)
    assert quote and quote.lines[0].asked_minor == 1450 and quote.code in asked["Location"]
    back = office.signed_in()
    assert quote.code in back.get("/back/quotes/").content.decode()
    page = back.get(f"/back/quotes/{quote.code}/").content.decode()
    assert "Ten cafés" in page and 'value="14.50"' in page
    wrong = back.post(f"/back/quotes/{quote.code}/", {f"price.{quote.lines[0].id}": "x", "valid_until": "2999-01-01"})
    assert "Write a price for every line" in wrong.content.decode()
    answer = {f"price.{quote.lines[0].id}": "15", "valid_until": "2999-01-01", "answer": "Gladly"}
    assert back.post(f"/back/quotes/{quote.code}/", answer).status_code in (302, 303)
    assert any(f"Your price for {quote.code}" in each for each in mails("ola@kawa.example"))
    page = ola.get(asked["Location"]).content.decode()
    assert "Gladly" in page and "€1,800.00" in page
    taken = ola.post(asked["Location"], {"deed": "accept"})
    assert taken["Location"] == "/en/cart" and "€1,800.00" in ola.get("/en/cart").content.decode()
    stranger = somebody(a_company("Other", "X9"), "x@example.com")
    assert stranger.get(asked["Location"]).status_code == 404


def test_a_file_and_a_list(company: UUID, lamp: UUID) -> None:
    ola = somebody(company, "ola@kawa.example")
    sku = Variant.objects.get(id=lamp).sku
    upload = SimpleUploadedFile("order.csv", f"SKU,Pieces\r\n{sku},4\r\n".encode("utf-8-sig"))
    assert "4 pieces are in the cart" in ola.post("/en/quick-order", {"file": upload}).content.decode()
    assert ola.post("/en/account/lists", {"name": "Monday", "company": str(company)}).status_code == 303
    kept = ReorderList.objects.get()
    again = ola.post(f"/en/account/lists/{kept.id}", {"deed": "use"}).content.decode()
    assert "4 pieces are in the cart" in again
    other = somebody(a_company("Other", "X9"), "x@example.com")
    assert other.post(f"/en/account/lists/{kept.id}", {"deed": "drop"}).status_code == 404
    assert ola.post(f"/en/account/lists/{kept.id}", {"deed": "drop"}).status_code == 303
    assert not ReorderList.objects.exists()
    assert ola.post("/en/quick-order", {"lines": "   "}).status_code == 422


def test_lines_are_read_as_people_write_them() -> None:
    wanted, unread = read_lines('sku;pieces\nA-1; 2\nB 2\t3\n"C,1",4\nD 5\nE\nF;0\nG;-1\nH;1.5')
    assert [(each.sku, each.pieces) for each in wanted] == [("A-1", 2), ("B 2", 3), ("C,1", 4), ("D", 5), ("E", 1)]
    assert unread == ["F;0", "G;-1", "H;1.5"]


def test_the_staff_agree_terms_and_an_administrator_sets_limits(company: UUID) -> None:
    boss, ola = somebody(company, "boss@kawa.example", "admin"), somebody(company, "ola@kawa.example")
    back = office.signed_in()
    terms = {"net_days": "14", "limit": "1 234,50", "currency": "EUR", "approval": "", "po_required": "1"}
    assert back.post(f"/back/companies/{company}/terms", terms).status_code in (302, 303)
    made = agreed.terms(company)
    assert made and (made.net_days, made.limit_minor, made.po_required) == (14, 123_450, True)
    page = back.get(f"/back/companies/{company}/").content.decode()
    assert ("Credit limit" in page and "boss@kawa.example" in page.lower()) or "Boss" in page
    who = people.customer_by_email("ola@kawa.example")
    assert who
    sent = {"company": str(company), "customer": str(who.id), "limit": "70"}
    assert boss.post("/en/account/company/limit", sent).status_code == 303
    assert ola.post("/en/account/company/limit", sent | {"limit": "9999"}).status_code == 422
    assert boss.post("/en/account/company/limit", sent | {"limit": "x"}).status_code == 422
    assert [each.limit_minor for each in agreed.people(company) if each.customer_id == who.id] == [7000]
    limit = f"/back/companies/{company}/people/{who.id}"
    assert back.post(limit, {"limit": "", "may_approve": "1"}).status_code in (302, 303)
    assert orders.owed(company) == () and back.get("/back/quotes/?state=ordered").status_code == 200
    assert Client().get("/en/account/company").status_code == 302
