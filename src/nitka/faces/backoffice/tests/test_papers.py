"""Invoices in the back office: the month, its table, each paper; and the firms whose papers they are."""

import pytest
from django.test import Client

from nitka.faces.backoffice.tests.makers import signed_in
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.shipping.tests.makers import open_shop
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
FIRM = {"code": "oslo", "market": ["no"], "legal_name": "Trad AS", "line1": "Storgata 1", "city": "Oslo",
        "country": "NO", "invoice_prefix": "NO-", "credit_prefix": "NOC-"}  # fmt: skip


@pytest.fixture
def owner() -> Client:
    open_shop()
    return signed_in("owner")


def refunded() -> str:
    placed = an_order((goods(), 2))
    orders.issue_invoice(order_id=placed.order_id)
    orders.cancel_order(order_id=placed.order_id)
    run_jobs()
    return placed.code


def test_the_month_sums_invoices_less_credit_notes(owner: Client) -> None:
    code = refunded()
    text = owner.get("/back/papers/").text
    assert code in text and "CN-2" in text and "€0.00" in text
    table = b"".join(owner.get("/back/papers/papers.csv").streaming_content).decode()  # type: ignore[arg-type]
    assert "-44.88" in table and "44.88" in table
    assert "No papers in this month" in owner.get("/back/papers/?month=1999-01").text


def test_each_paper_is_there_as_pdf_and_xml(owner: Client) -> None:
    code = refunded()
    order = queries.order_by_code(code)
    assert order
    for paper in queries.papers_of(order.id):
        assert owner.get(f"/back/orders/{code}/paper.pdf", {"number": paper.number}).content.startswith(b"%PDF")
        assert paper.number.encode() in owner.get(f"/back/orders/{code}/paper.xml", {"number": paper.number}).content
        assert paper.number in owner.get(f"/back/orders/{code}/").text
    assert owner.get(f"/back/orders/{code}/paper.pdf", {"number": "X-1"}).status_code == 404


def test_the_merchant_names_a_firm_for_a_market(owner: Client) -> None:
    assert owner.post("/back/settings/firms/new/", FIRM | {"invoice_prefix": ""}).status_code == 200
    assert owner.post("/back/settings/firms/new/", FIRM).status_code == 303
    assert "NO-2026/00001" in owner.get("/back/settings/firms/").text
    assert owner.post("/back/settings/firms/oslo/", FIRM | {"legal_name": "Tråd AS"}).status_code == 303
    assert "Tråd AS" in owner.get("/back/settings/firms/oslo/").text
    assert owner.post("/back/settings/firms/oslo/", {"deed": "remove"}).status_code == 303
    assert queries.legal_entities() == ()


def test_the_warehouse_does_not_change_firms() -> None:
    open_shop()
    assert signed_in("warehouse").get("/back/settings/firms/").status_code == 403
