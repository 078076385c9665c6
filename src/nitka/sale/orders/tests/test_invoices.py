"""Papers: numbers without gaps, nothing changed afterwards, sums that add up, forms that other programs read."""

from decimal import Decimal
from io import BytesIO
from uuid import UUID
from xml.etree import ElementTree as Xml

import pytest
from django.db import IntegrityError, connection
from hypothesis import given
from hypothesis import strategies as st

from nitka.ground import money
from nitka.ground.ids import new_id
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries
from nitka.sale.orders.invoicing.document import DocumentTax, shares
from nitka.sale.orders.models import Invoice
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.content import actions as content
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory.tests.makers import a_location
from nitka.shelf.pricing.tests.makers import priced
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"
FIRM = {"legal_name": "Trad AS", "line1": "Storgata 1", "city": "Oslo", "postcode": "0155", "country": "NO",
        "vat_number": "NO999999999MVA"}  # fmt: skip


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def an_invoiced_order(**more: object) -> UUID:
    placed = an_order((goods(1999), 3), **more)  # type: ignore[arg-type]
    orders.issue_invoice(order_id=placed.order_id)
    return placed.order_id


def test_an_invoice_keeps_what_it_said_on_its_day() -> None:
    order_id = an_invoiced_order()
    before = queries.invoice_xml(order_id)
    content.set_shop(legal_name="New Name Ltd", line1="Elsewhere 9")
    assert queries.invoice_xml(order_id) == before
    assert b"New Name" not in before


@pytest.mark.parametrize("change", ["UPDATE orders_invoices SET total_minor = 1", "DELETE FROM orders_invoices"])
def test_the_database_refuses_to_change_a_paper(change: str) -> None:
    an_invoiced_order()
    with pytest.raises(IntegrityError, match="never changed"), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_refund_writes_a_credit_note_once() -> None:
    order_id = an_invoiced_order()
    orders.cancel_order(order_id=order_id)
    run_jobs()
    run_jobs()
    invoice, credit = queries.papers_of(order_id)
    assert (invoice.kind, credit.kind) == ("invoice", "credit_note")
    assert credit.total_minor == invoice.total_minor == 3 * 1999 + 490
    assert credit.number == f"CN-{invoice.number[:4]}/00001"
    first, second = (Invoice.objects.get(text=each.number).document["taxes"] for each in (invoice, credit))
    assert first == second


def test_a_credit_note_for_goods_names_them_and_takes_their_own_tax_back() -> None:
    book = priced(1070, handle="book", tax_class="books")[0]
    inventory.set_stock(levels=[(book, a_location(), 5)])
    placed = an_order((goods(1190), 1), (book, 2))
    orders.issue_invoice(order_id=placed.order_id)
    order = queries.order(placed.order_id)
    assert order
    line = next(each for each in order.lines if each.variant_id == book)
    orders.refund_order(order_id=order.id, minor=1070, key="one book", lines={line.id: 1})
    run_jobs()
    credit = Invoice.objects.get(kind="credit_note").document
    (taxed,) = credit["taxes"]
    assert Decimal(taxed["rate"]) == line.tax_rate != order.lines[0].tax_rate
    assert credit["lines"][0]["title"].startswith("1 × ")


def test_an_order_without_invoice_needs_no_credit_note() -> None:
    placed = an_order()
    orders.cancel_order(order_id=placed.order_id)
    run_jobs()
    assert queries.papers_of(placed.order_id) == ()


def test_no_more_than_the_invoice_is_credited() -> None:
    order_id = an_invoiced_order()
    total = queries.papers_of(order_id)[0].total_minor
    assert orders.issue_credit_note(order_id=order_id, minor=total + 500, key="a")
    assert orders.issue_credit_note(order_id=order_id, minor=1, key="b") is None
    assert orders.issue_credit_note(order_id=order_id, minor=total, key="a") == queries.papers_of(order_id)[1].number


def test_firms_number_their_own_papers() -> None:
    orders.put_legal_entity(code="oslo", markets=["no"], seller=FIRM, invoice_prefix="NO-", credit_prefix="NOC-")
    ours, theirs = an_invoiced_order(), an_order((goods(50_000, market="no", handle="vase"), 1), market="no")
    assert orders.issue_invoice(order_id=theirs.order_id).startswith("NO-2")
    assert queries.papers_of(theirs.order_id)[0].number.endswith("/00001")
    assert queries.papers_of(ours)[0].number.endswith("/00001")
    assert b"Trad AS" in queries.invoice_xml(theirs.order_id)


def test_two_firms_share_neither_a_market_nor_a_prefix() -> None:
    orders.put_legal_entity(code="oslo", markets=["no"], seller=FIRM, invoice_prefix="NO-", credit_prefix="NOC-")
    for markets, prefix in ((["no"], "X-"), (["us"], "NO-"), (["moon"], "M-"), (["us"], "")):
        with pytest.raises(orders.EntityProblem):
            orders.put_legal_entity(
                code="b", markets=markets, seller=FIRM, invoice_prefix=prefix, credit_prefix=f"{prefix}C"
            )


def test_the_pdf_bears_the_invoice_as_data() -> None:
    from pypdf import PdfReader

    order_id = an_invoiced_order()
    read = PdfReader(BytesIO(queries.invoice_pdf(order_id)))
    (inside,) = read.attachments["factur-x.xml"]
    assert Xml.fromstring(inside).findtext(f".//{RAM}GrandTotalAmount") == "64.87"
    assert "1,999" not in read.pages[0].extract_text() and "19.99" in read.pages[0].extract_text()
    assert b"pdfaid:part" in read.xmp_metadata.stream.get_data() if read.xmp_metadata else False


@pytest.mark.parametrize("market", ["eu", "us", "no"])
def test_structured_forms_add_up(market: str) -> None:
    """BR-CO-10, 13, 15 and 16 of EN 16931: sums of lines, charges, tax and what is due."""
    placed = an_order((goods(1999, market=market), 3), (goods(555, handle="b", market=market), 7), market=market)
    orders.issue_invoice(order_id=placed.order_id)
    root = Xml.fromstring(queries.invoice_xml(placed.order_id))

    def sums(name: str) -> list[Decimal]:
        return [Decimal(each.text or "") for each in root.iter(f"{CBC}{name}")]

    goods_net, *lines = sums("LineExtensionAmount")
    assert goods_net == sum(lines)
    (exclusive,), (inclusive,), (due,) = (
        sums(n) for n in ("TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount")
    )
    (charge,) = sums("ChargeTotalAmount")
    assert exclusive == goods_net + charge == sum(sums("TaxableAmount"))
    assert inclusive == exclusive + sums("TaxAmount")[0] == due + sums("PrepaidAmount")[0]
    for price, pieces, line, per in zip(
        sums("PriceAmount"), sums("InvoicedQuantity"), lines, sums("BaseQuantity"), strict=True
    ):
        assert price * pieces / per == line
    assert queries.invoice_xml(placed.order_id, form="cii").startswith(b"<?xml")


parts = st.lists(st.tuples(st.integers(1, 100_000), st.sampled_from(["5", "8", "23", "0"])), min_size=1, max_size=3,
                 unique_by=lambda part: part[1])  # fmt: skip


@given(parts, st.lists(st.integers(1, 50_000), min_size=1, max_size=6))
def test_credit_notes_for_all_of_an_invoice_add_up_to_it(rates: list[tuple[int, str]], refunds: list[int]) -> None:
    taxes = tuple(
        DocumentTax(rate, gross - tax, tax)
        for gross, rate in rates
        for tax in [money.tax_included(gross, Decimal(rate))]
    )
    left = sum(part.gross_minor for part in taxes)
    credited: list[DocumentTax] = []
    for wanted in [*refunds, left]:
        minor = min(wanted, left)
        if minor:
            made = shares(minor, taxes, tuple(credited))
            assert sum(part.gross_minor for part in made) == minor
            assert all(part.tax_minor >= 0 and part.base_minor >= 0 for part in made)
            credited += made
            left -= minor
    for part in taxes:
        mine = [each for each in credited if each.rate == part.rate]
        assert sum(each.base_minor for each in mine) == part.base_minor
        assert sum(each.tax_minor for each in mine) == part.tax_minor


def test_more_than_an_invoice_is_no_credit() -> None:
    with pytest.raises(ValueError, match="No more"):
        shares(101, (DocumentTax("0", 100, 0),), ())


def test_an_unknown_paper_is_said_so() -> None:
    order_id = an_invoiced_order()
    with pytest.raises(orders.NoInvoiceYetProblem):
        queries.invoice_pdf(order_id, "CN-1999/00001")
    with pytest.raises(orders.UnknownOrderProblem):
        queries.invoice_pdf(new_id())
