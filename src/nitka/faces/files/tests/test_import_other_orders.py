"""Orders of other shapes: Shopify's export, a Brazilian table, a German one."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nitka.faces.files.importing import BadMapping, import_customers, import_orders
from nitka.faces.files.tests.history_files import RETAIL, UCI, table
from nitka.faces.files.tests.makers import open_shop
from nitka.ground.facts.models import FactRow
from nitka.people.customers import actions as customers
from nitka.people.customers.models import Address, Customer, Evidence, Link
from nitka.sale.orders.models import Order, OrderLine, OrderStep

pytestmark = pytest.mark.django_db

SHOPIFY = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Currency", "Subtotal",
    "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Created at", "Lineitem quantity",
    "Lineitem name", "Lineitem price", "Lineitem sku", "Billing Name", "Billing Address1", "Billing Zip",
    "Billing City", "Billing Country", "Cancelled at", "Refunded Amount",
)  # fmt: skip
ORDERS = [
    ("#1001", "Anna@Example.com", "paid", "2024-03-01 10:00:05 +0100", "fulfilled", "2024-03-02 08:00:00 +0100", "EUR",
     "36.00", "5.00", "0.00", "41.00", "SPRING", "4.00", "2024-03-01 10:00:00 +0100", 2, "Lamp", "15.00", "LAMP",
     "Anna Nowak", "Długa 1", "'80-827", "Gdańsk", "PL", "", "0.00"),
    ("#1001", "", "", "", "", "", "", "", "", "", "", "", "", "", 1, "Cup", "10.00", "CUP", "", "", "", "", "", "", ""),
    ("#1002", "bob@example.com", "refunded", "", "unfulfilled", "", "USD", "10.00", "0.00", "0.80", "10.80", "", "0.00",
     "2024-03-05 10:00:00 -0500", 1, "Cup", "10.00", "CUP", "Bob", "1 Main St", "10001", "New York", "US",
     "2024-03-06 10:00:00 -0500", "10.80"),
]  # fmt: skip
GERMAN = """
source = "kasse"
currency = "EUR"
zone = "Europe/Berlin"
dates = ["%d.%m.%Y %H:%M"]
decimal = ","
credit_prefixes = ["G-"]
[fields]
number = "Beleg"
at = "Datum"
customer = "Kunde"
name = "Kundenname"
email = "Mail"
sku = "Artikel"
quantity = "Menge"
unit_price = "Preis"
status = "Zustand"
[statuses]
geliefert = "delivered"
offen = "placed"
"""


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def mapping(folder: Path, text: str) -> Path:
    path = folder / "map.toml"
    path.write_text(text)
    return path


def test_shopifys_export_needs_no_mapping(tmp_path) -> None:
    report = import_orders(table(tmp_path, SHOPIFY, ORDERS)).as_json()
    assert report["totals"] == {"EUR": "41.00", "USD": "10.80"} and report["errors"] == [] and report["notes"] == []
    first = Order.objects.get(number="1001")
    assert (first.code, first.goods_minor, first.discount_minor, first.delivery_minor) == ("1001", 4000, 400, 500)
    assert (first.email, first.name, first.status, first.market) == (
        "Anna@Example.com",
        "Anna Nowak",
        "delivered",
        "eu",
    )
    assert first.billing_address["postcode"] == "80-827" and first.coupon_codes == ["SPRING"]
    assert OrderLine.objects.filter(order=first).count() == 2
    assert Customer.objects.get(id=first.customer_id).email == "anna@example.com"


def test_a_cancelled_order_with_tax_on_top_is_history_too(tmp_path) -> None:
    import_orders(table(tmp_path, SHOPIFY, ORDERS))
    order = Order.objects.get(number="1002")
    assert (order.status, order.tax_included, order.tax_minor, order.refunded_minor) == ("cancelled", False, 80, 1080)
    assert list(OrderStep.objects.filter(order=order).values_list("kind", flat=True)) == ["placed", "cancelled"]
    told = FactRow.objects.get(kind="orders.order_cancelled")
    assert told.at == datetime(2024, 3, 6, 15, tzinfo=UTC) and told.payload["refund_minor"] == 1080


def test_day_first_dates_decimal_commas_and_semicolons(tmp_path) -> None:
    rows = [
        ("R-1", "03.04.2025 14:30", "17", "Özgür Weiß", "oe@example.de", "X1", "3", "1.234,56", "geliefert"),
        ("G-1", "05.04.2025 09:00", "17", "Özgür Weiß", "oe@example.de", "X1", "-1", "1.234,56", ""),
        ("R-2", "06.04.2025 09:00", "18", "Ben", "", "X2", "2", "0,335", "verschollen"),
    ]
    columns = ("Beleg", "Datum", "Kunde", "Kundenname", "Mail", "Artikel", "Menge", "Preis", "Zustand")
    path = table(tmp_path, columns, rows, delimiter=";", encoding="cp1252")
    report = import_orders(path, mapping=mapping(tmp_path, GERMAN)).as_json()
    assert report["totals"] == {"EUR": "2469.79"} and report["cancellations"] == 1 and report["customers"] == 2
    assert "verschollen" in report["notes"][0]
    first = Order.objects.get(number="R-1")
    assert first.placed_at == datetime(2025, 4, 3, 12, 30, tzinfo=UTC) and first.name == "Özgür Weiß"
    assert OrderLine.objects.get(sku="X2").unit_text == "0.335"


def test_a_table_like_olists_in_another_currency(tmp_path) -> None:
    columns = ("order_id", "customer_unique_id", "order_status", "order_purchase_timestamp",
               "order_delivered_customer_date", "order_item_id", "product_id", "price", "freight_value")  # fmt: skip
    text = """
        source = "olist"
        currency = "BRL"
        zone = "America/Sao_Paulo"
        [fields]
        number = "order_id"
        at = "order_purchase_timestamp"
        delivered_at = "order_delivered_customer_date"
        customer = "customer_unique_id"
        status = "order_status"
        sku = "product_id"
        unit_price = "price"
        line_delivery = "freight_value"
    """
    key = "e481f51cbdc54678b7cc49136f2d6af7"
    row = (key, "7c396fd4", "delivered", "2017-10-02 10:56:33", "2017-10-10 21:25:13", 1, "87285b34", "29.99", "8.72")
    path = table(tmp_path, columns, [row, (*row[:5], 2, "99", "10.00", "1.28")])
    packed = tmp_path / "orders.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert import_orders(packed, mapping=mapping(tmp_path, text)).as_json()["totals"] == {"BRL": "49.99"}
    order = Order.objects.get(number=key)
    assert order.code == key.upper() and order.placed_at == datetime(2017, 10, 2, 13, 56, 33, tzinfo=UTC)
    assert FactRow.objects.get(kind="orders.order_delivered").at == datetime(2017, 10, 11, 0, 25, 13, tzinfo=UTC)


def test_columns_with_common_names_need_no_mapping(tmp_path) -> None:
    columns = ("Order ID", "Order Date", "Customer ID", "SKU", "Qty", "Unit Price", "Currency")
    report = import_orders(table(tmp_path, columns, [("A1", "2025-01-05", "9", "X", "2", "1.50", "NOK")]))
    assert report.as_json()["totals"] == {"NOK": "3.00"} and report.mapping == "plain"


def test_a_date_that_can_be_read_in_two_ways_is_asked_about(tmp_path) -> None:
    columns = ("Order ID", "Order Date", "SKU", "Qty", "Unit Price")
    report = import_orders(table(tmp_path, columns, [("A1", "01/02/2025", "X", "2", "1.50")]))
    assert report.orders == 0 and "dates" in report.errors[0].reason


@pytest.mark.parametrize(
    "wrong", ["[fields]\nnumber = 1", "source = ''", "[fields]\ncolour = 'x'", "currency = 'XYZ1'", "zone = 'Mars'"]
)
def test_a_wrong_mapping_is_refused(tmp_path, wrong) -> None:
    with pytest.raises(BadMapping):
        import_orders(table(tmp_path, UCI, RETAIL), mapping=mapping(tmp_path, wrong))


def test_customers_come_with_names_addresses_and_links(tmp_path) -> None:
    columns = ("Customer ID", "First Name", "Last Name", "Email", "Phone", "Default Address Address1",
               "Default Address City", "Default Address Zip", "Default Address Country Code", "Total Spent")  # fmt: skip
    rows = [
        ("'77", "Anna", "Nowak", "Anna@example.com", "+48 22 555 01 23", "Długa 1", "Gdańsk", "'80-827", "PL", "9"),
        ("'78", "Bob", "", "", "", "", "", "", "", "0"),
        ("'79", "Nobody", "", "no mail", "", "", "", "", "", "0"),
    ]
    path = table(tmp_path, columns, rows)
    report = import_customers(path)
    assert (report.created, report.updated, report.refused) == (2, 0, 1) and report.errors[0].line == 4
    anna = Customer.objects.get(email="anna@example.com")
    assert (anna.name, anna.phone) == ("Anna Nowak", "+48225550123")
    assert Address.objects.get(customer=anna).postcode == "80-827"
    assert Evidence.objects.filter(customer=anna, kind__in=["external", "email"]).count() == 2
    assert Link.objects.filter(reason="import").count() == 2
    again = import_customers(path)
    assert (again.created, again.updated, again.unchanged, Address.objects.count()) == (0, 0, 2, 1)


def test_rows_of_a_file_of_orders_that_name_nobody_are_no_trouble(tmp_path) -> None:
    report = import_customers(table(tmp_path, UCI, RETAIL))
    assert (report.created, report.refused, report.of_nobody, report.as_json()["rows_of_nobody"]) == (2, 0, 3, 3)
    assert "3 rows name no customer" in report.lines()
    nameless = table(tmp_path, ("customer id", "name"), [("", "Anna")], name="nameless.csv")
    assert import_customers(nameless).refused == 1, "somebody is told of, and nobody can say who"


def test_one_mapping_serves_orders_and_customers(tmp_path) -> None:
    both = mapping(
        tmp_path,
        """source = "old"
        [fields]
        number = "Bill"
        at = "When"
        customer = "Who"
        sku = "Article"
        quantity = "Pieces"
        unit_price = "Each"
        birthday = "Born"
        """,
    )
    path = table(tmp_path, ("Bill", "When", "Who", "Article", "Pieces", "Each", "Born"),
                 [("A1", "2024-03-01T10:00", "7", "LMP", "2", "10.50", "1980-05-06")])  # fmt: skip
    assert import_orders(path, mapping=both).created == 1
    assert import_customers(path, mapping=both).as_json()["customers"] == 1


def test_who_is_known_by_mail_is_not_made_twice_and_keeps_their_name(tmp_path) -> None:
    known = customers.recognise(email="anna@example.com", language="pl", market="pl", name="Anna")
    path = table(
        tmp_path, ("customer id", "email", "name", "phone"), [("5", "ANNA@example.com", "A. N.", "+48225550123")]
    )
    report = import_customers(path)
    assert (report.created, report.updated) == (0, 1)
    row = Customer.objects.get()
    assert (row.id, row.name, row.phone) == (known, "Anna", "+48225550123")


def test_customers_and_orders_of_one_system_meet_by_number(tmp_path) -> None:
    import_customers(table(tmp_path, ("customer id", "name"), [("17850", "Anna")], name="customers.csv"),
                     mapping=mapping(tmp_path, 'source = "online-retail"\n[fields]\ncustomer = "customer id"\nname = "name"'))  # fmt: skip
    import_orders(table(tmp_path, UCI, RETAIL))
    assert Customer.objects.get(id=Order.objects.get(number="536365").customer_id).name == "Anna"
