"""Orders of another system in the back office: seen like all others, and left alone."""

from datetime import UTC, datetime

import pytest

from nitka.faces.backoffice.tests import makers
from nitka.faces.backoffice.views import home
from nitka.ground import clock
from nitka.people.customers import actions as customers
from nitka.people.customers.actions import ImportedCustomer
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries as order_queries
from nitka.sale.orders.queries import HistoryKind, ImportedLine, ImportedOrder

pytestmark = pytest.mark.django_db
AT = datetime(2011, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def whose():
    makers.a_shop()
    (owner,) = customers.import_customers(source="old", drafts=[ImportedCustomer(number="17850", at=AT)]).ids
    pads = ImportedLine("PADS", "Pads", 7, "0.001", 0, 1)
    back = ImportedLine("PADS", "Pads", -7, "1.00", 100, -700)
    orders.import_orders(
        source="old",
        drafts=[
            ImportedOrder(number="536365", at=AT, lines=(pads,), currency="GBP", customer_id=owner, status="paid",
                          more={"customer": "17850", "country": "Channel Islands"}),
            ImportedOrder(number="C536366", at=AT, lines=(back,), currency="GBP", customer_id=owner,
                          kind=HistoryKind.CREDIT),
            ImportedOrder(number="536367", at=AT, lines=(pads,), currency="GBP"),
        ],
    )  # fmt: skip
    return owner


def test_the_list_shows_numbers_and_words_of_history(whose) -> None:
    page = makers.signed_in().get("/back/orders/").content.decode()
    assert all(number in page for number in ("536365", "C536366", "536367"))
    assert "Credit note" in page and "Nobody known" in page and "−£7.00" in page.replace("-", "−")


def test_nothing_is_to_be_packed(whose) -> None:
    client = makers.signed_in()
    assert "536365" not in client.get("/back/orders/?tab=pack").content.decode()
    page = client.get("/back/orders/536365/", follow=True).content.decode()
    assert "brought from another system" in page and "Channel Islands" in page and "0.001" in page
    assert "Cancel this order" not in page and "Packing slip" not in page and "0001" not in page


def test_a_credit_note_has_a_page(whose) -> None:
    page = makers.signed_in().get("/back/orders/C536366/", follow=True).content.decode()
    assert "Credit note written" in page


def test_the_customers_page_lists_them(whose) -> None:
    page = makers.signed_in().get(f"/back/customers/{whose}/", follow=True).content.decode()
    assert "536365" in page and "C536366" in page


def test_today_counts_what_was_ordered_and_sums_what_was_sold(whose) -> None:
    today, owner = clock.now(), makers.signed_in()
    line, back = ImportedLine("PADS", "Pads", 1, "10.00", 1000, 1000), ImportedLine("P", "P", -1, "3.00", 300, -300)
    kinds = {"5001": HistoryKind.SALE, "C5002": HistoryKind.CREDIT, "A5003": HistoryKind.ADJUSTMENT}
    drafts = [
        ImportedOrder(number=number, at=today, lines=(line if kind == HistoryKind.SALE else back,), currency="GBP",
                      customer_id=whose, kind=kind, status="paid" if kind == HistoryKind.SALE else "")
        for number, kind in kinds.items()
    ]  # fmt: skip
    orders.import_orders(source="old", drafts=drafts)
    html = owner.get("/back/").content.decode()
    assert "£7.00" in html and "£4.00" not in html, "a credit note takes away, an entry of the books does not"
    day = clock.today("Europe/Warsaw")
    (bar,) = [each for each in home.bars(order_queries.order_rows(), day, "Europe/Warsaw") if each.day == day]
    assert bar.orders == 1


def test_one_looks_for_the_number(whose) -> None:
    page = makers.signed_in().get("/back/orders/", {"q": "c536366"}).content.decode()
    assert "C536366" in page and "536367" not in page
