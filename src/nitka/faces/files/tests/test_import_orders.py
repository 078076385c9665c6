"""Orders from files of other systems."""

from datetime import UTC, datetime

import pytest

from nitka.faces.files.importing import BadMapping, UnreadableFile, import_orders
from nitka.faces.files.tests.history_files import RETAIL, UCI, parquet, state, table
from nitka.faces.files.tests.makers import MUG, csv_file, open_shop
from nitka.ground.facts.models import FactRow
from nitka.people.customers.models import Customer, Evidence
from nitka.sale.orders import actions as order_actions
from nitka.sale.orders import queries as orders
from nitka.sale.orders.models import Invoice, Order, OrderLine, OrderStep
from nitka.shelf.inventory import queries as inventory
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    open_shop()


@pytest.fixture(params=["csv", "parquet"])
def retail(request, tmp_path):
    return (table if request.param == "csv" else parquet)(tmp_path, UCI, RETAIL)


def test_every_invoice_comes_in_and_the_sum_is_the_files(retail) -> None:
    report = import_orders(retail).as_json()
    # 6 × 2.55 + 2 × 3.39 + 7 × 0.001 (0.01) − 27.50 + 11062.06 + 0
    assert report["totals"] == {"GBP": "11056.65"}
    assert (report["orders"], report["lines"], report["rows"], report["customers"]) == (5, 6, 6, 2)
    assert (report["sales"], report["cancellations"], report["adjustments"]) == (2, 1, 2)
    assert (report["anonymous_orders"], report["anonymous_lines"], report["errors"]) == (3, 3, [])
    assert sum(Order.objects.values_list("total_minor", flat=True)) == 1105665


def test_a_second_time_gives_the_same_state(retail) -> None:
    import_orders(retail)
    before, facts = state(), FactRow.objects.count()
    report = import_orders(retail)
    assert (report.created, report.updated, report.unchanged, report.customers_created) == (0, 0, 5, 0)
    assert state() == before and FactRow.objects.count() == facts and Customer.objects.count() == 2


def test_parquet_and_csv_give_the_same_state(tmp_path) -> None:
    import_orders(table(tmp_path, UCI, RETAIL))
    before = state()
    assert import_orders(parquet(tmp_path, UCI, RETAIL)).unchanged == 5 and state() == before


def test_a_line_keeps_its_sum_and_the_price_as_it_was_written(retail) -> None:
    import_orders(retail)
    line = OrderLine.objects.get(sku="PADS")
    assert (line.unit_text, line.unit_minor, line.quantity, line.total_minor) == ("0.001", 0, 7, 1)
    assert OrderLine.objects.get(sku="71053").title == "71053"


def test_an_invoice_with_two_moments_has_the_first_and_remembers_both(retail) -> None:
    import_orders(retail)
    order = Order.objects.get(number="536365")
    assert order.placed_at == datetime(2010, 12, 1, 8, 26, tzinfo=UTC)
    assert len(order.imported["moments"]) == 2 and order.imported["customer"] == "17850"


def test_kinds_are_told_apart(retail) -> None:
    import_orders(retail)
    assert dict(Order.objects.values_list("number", "status")) == {
        "536365": "delivered", "536366": "delivered", "C536379": "credited", "A563185": "adjusted",
        "536589": "adjusted",
    }  # fmt: skip
    assert dict(Order.objects.values_list("number", "country"))["536366"] == "IE"
    assert Order.objects.get(number="C536379").imported["country"] == "Channel Islands"


def test_facts_are_history_with_their_own_moments_and_nobody_is_written_to(retail) -> None:
    import_orders(retail)
    told = FactRow.objects.exclude(kind="customers.customer_came").values_list("kind", "at")
    assert sorted(told) == [
        ("orders.order_credited", datetime(2010, 12, 3, 9, 41, tzinfo=UTC)),
        ("orders.order_placed", datetime(2010, 12, 1, 8, 26, tzinfo=UTC)),
        ("orders.order_placed", datetime(2010, 12, 2, 9, 0, tzinfo=UTC)),
    ]
    assert run_jobs() == 0


def test_a_customer_is_known_by_the_number_and_their_orders_are_theirs(retail) -> None:
    import_orders(retail)
    owner = Evidence.objects.get(kind="external", value="online-retail:17850").customer_id
    assert [row.code for row in orders.orders_of_customer(owner)] == ["536365"]
    assert FactRow.objects.filter(whose=owner, kind="orders.order_placed").count() == 1


def test_goods_are_matched_by_sku_and_stock_stays(tmp_path, retail) -> None:
    from nitka.faces.files.importing import import_products
    from nitka.shelf.catalog import queries as catalog

    import_products(csv_file(tmp_path, MUG | {"Handle": "lamp", "Variant SKU": "LAMP"}), stock=3)
    import_orders(retail)
    lamp = catalog.variant_ids_by_sku(["LAMP"])["LAMP"]
    assert OrderLine.objects.get(sku="LAMP").variant_id == lamp
    assert OrderLine.objects.get(sku="71053").variant_id is None
    assert inventory.available([lamp]) == {lamp: 3}


def test_history_is_not_moved_on(retail) -> None:
    import_orders(retail)
    order = Order.objects.get(number="536365")
    view = orders.order(order.id)
    assert view and not (view.can_cancel or view.can_withdraw or view.has_invoice or view.expected)
    for deed in (order_actions.cancel_order, order_actions.pack_order, order_actions.issue_invoice,
                 order_actions.resend_mail):  # fmt: skip
        with pytest.raises(order_actions.HistoryProblem):
            deed(order_id=order.id)
    assert not Invoice.objects.exists()


def test_a_stranger_cannot_guess_it(retail) -> None:
    import_orders(retail)
    assert orders.order_for_stranger("536365", "") is None
    assert orders.orders_count("") == 0


def test_only_what_changed_in_the_file_changes(tmp_path) -> None:
    import_orders(table(tmp_path, UCI, RETAIL))
    changed = [RETAIL[0], (*RETAIL[1][:3], 3, *RETAIL[1][4:]), *RETAIL[2:]]
    facts = FactRow.objects.count()
    report = import_orders(table(tmp_path, UCI, changed))
    assert (report.created, report.updated, report.unchanged) == (0, 1, 4)
    order = Order.objects.get(number="536365")
    assert order.total_minor == 1530 + 1017 and OrderLine.objects.filter(order=order).count() == 2
    assert FactRow.objects.count() == facts and OrderStep.objects.filter(order=order).count() == 1


def test_rows_of_one_order_may_stand_anywhere(tmp_path) -> None:
    import_orders(table(tmp_path, UCI, [RETAIL[0], *RETAIL[2:], RETAIL[1]]))
    assert OrderLine.objects.filter(order__number="536365").count() == 2


def test_an_order_with_a_bad_row_is_left_out_and_the_rest_goes_in(tmp_path) -> None:
    bad = [
        ("1", "A", "a", "many", "2010-12-01 08:26:00", 1, 5, "France"),
        ("1", "B", "b", 1, "2010-12-01 08:26:00", 1, 5, "France"),
        ("2", "A", "a", 1, "yesterday", 1, 5, "France"),
        ("3", "A", "a", 1, "2010-12-01 08:26:00", "cheap", 5, "France"),
        ("4", "A", "a", 1.5, "2010-12-01 08:26:00", 1, 5, "France"),
        ("", "A", "a", 1, "2010-12-01 08:26:00", 1, 5, "France"),
        ("5", "A", "a", 1, "2010-12-01 08:26:00", "", 5, "France"),
        ("6", "A", "a", 1, "2010-12-01 08:26:00", "1e40", 5, "France"),
    ]
    report = import_orders(table(tmp_path, UCI, [*bad, *RETAIL]))
    assert report.orders == 5 and report.refused_orders == 6 and len(report.errors) == 7
    assert {error.line for error in report.errors} == {2, 4, 5, 6, 7, 8, 9}
    assert all(error.reason for error in report.errors) and report.as_json()["errors"][0]["item"] == ""


def test_a_dry_run_says_the_same_and_writes_nothing(retail) -> None:
    dry = import_orders(retail, dry_run=True).as_json()
    assert not Order.objects.exists() and not Customer.objects.exists() and not FactRow.objects.exists()
    wet = import_orders(retail).as_json()
    same = ("orders", "lines", "customers", "totals", "cancellations", "anonymous_orders", "errors")
    assert {name: dry[name] for name in same} == {name: wet[name] for name in same}


def test_a_number_that_is_taken_gets_a_code_of_ours_and_is_found_by_both(tmp_path, retail) -> None:
    import_orders(retail)
    other = tmp_path / "other.toml"
    other.write_text(
        '[fields]\nnumber = "InvoiceNo"\nat = "InvoiceDate"\nunit_price = "UnitPrice"\nsku = "StockCode"\n'
        'quantity = "Quantity"\n'
    )
    import_orders(retail, mapping=other)
    second = Order.objects.get(number="536365", source="other")
    assert second.code.startswith("NK-")
    assert {row.source for row in orders.order_rows(search="536365")} == {"other", "online-retail"}


@pytest.mark.parametrize("content", [b"", b"PAR1 and nothing more", b"a,b\n1,2\n", b"\x1f\x8b\x08 broken"])
def test_a_file_that_is_none_is_refused_as_a_whole(tmp_path, content) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(content)
    with pytest.raises((UnreadableFile, BadMapping)):
        import_orders(path)


def test_a_row_that_breaks_off_is_told_before_anything_is_written(tmp_path) -> None:
    path = table(tmp_path, UCI, RETAIL)
    path.write_text(path.read_text() + "536999,too,short\n")
    with pytest.raises(UnreadableFile, match="Line 8"):
        import_orders(path)
    assert not Order.objects.exists()
