"""Kept promises: small cases by hand, and the real parcels of a marketplace, counted by DuckDB as well."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from nitka.ground.ids import new_id
from nitka.sale.shipping import queries
from nitka.sale.shipping.models import Shipment
from nitka.sale.shipping.queries import Kept

pytestmark = pytest.mark.django_db
YEAR = {"since": date(2026, 1, 1), "until": date(2026, 12, 31), "zone": "Europe/Warsaw", "today": date(2026, 9, 21)}


def parcel(promised: str, came: datetime | None, **more: object) -> None:
    values = {
        "reference": new_id(), "carrier": "a", "tracking_number": new_id().hex, "country": "PL", "option": "two_days",
        "promised_on": date.fromisoformat(promised), "shipped_at": datetime(2026, 9, 16, 12, tzinfo=UTC),
        "delivered_at": came, "state": "delivered" if came else "shipped",
    }  # fmt: skip
    Shipment.objects.create(**(values | more))


def test_a_promise_is_kept_until_midnight_of_the_shop_and_a_lost_parcel_breaks_it() -> None:
    parcel("2026-09-18", datetime(2026, 9, 18, 21, 59, tzinfo=UTC))  # 23:59 in Warsaw
    parcel("2026-09-18", datetime(2026, 9, 18, 22, 1, tzinfo=UTC))  # 00:01 of the next day
    parcel("2026-09-18", None)  # its day is over, and it has not come
    parcel("2026-09-21", None)  # its day is not over
    parcel("2026-09-18", datetime(2026, 9, 17, 9, tzinfo=UTC), carrier="b")
    parcel("2026-09-18", datetime(2026, 9, 17, 9, tzinfo=UTC), reverse=True)
    first, second, everything = queries.kept_by("carrier", **YEAR)
    assert first == Kept("a", 3, 1, 1, 1, Decimal("1.0"), Decimal("2.4"))
    assert (second.key, second.kept, second.percent) == ("b", 1, Decimal(100))
    assert (everything.key, everything.parcels, everything.kept, everything.percent) == ("", 4, 2, Decimal(50))


def test_no_parcels_are_no_division() -> None:
    (nothing,) = queries.kept_by("option", **YEAR)
    assert (nothing.parcels, nothing.percent) == (0, Decimal(0))


def test_the_numbers_of_olist_are_those_that_duckdb_counts(
    nitka_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import duckdb

    olist, bank = nitka_data / "olist", duckdb.connect()
    bank.execute(
        f"""CREATE TABLE o AS
        SELECT order_purchase_timestamp AS bought, order_delivered_customer_date AS came,
               order_estimated_delivery_date::DATE AS promised, customer_state AS place
        FROM read_csv('{olist}/olist_orders_dataset.csv.gz') AS bought_by
        JOIN read_csv('{olist}/olist_customers_dataset.csv.gz') AS people USING (customer_id)
        WHERE order_status = 'delivered' AND order_delivered_customer_date IS NOT NULL"""
    )
    rows = bank.execute("SELECT bought, came, promised, place FROM o").fetchall()
    Shipment.objects.bulk_create(
        (
            Shipment(id=UUID(int=n), reference=UUID(int=n), carrier="olist", tracking_number=str(n), country=place,
                     option="standard", promised_on=promised, shipped_at=bought.replace(tzinfo=UTC),
                     delivered_at=came.replace(tzinfo=UTC), state="delivered")
            for n, (bought, came, promised, place) in enumerate(rows, start=1)
        ),
        batch_size=5000,
    )  # fmt: skip
    asked = {"since": date(2016, 1, 1), "until": date(2019, 1, 1), "today": date(2019, 1, 1), "zone": "UTC"}
    started = datetime.now(tz=UTC)
    *by_place, total = queries.kept_by("country", **asked)
    took = datetime.now(tz=UTC) - started
    expected = dict(
        bank.execute("SELECT place, count(*) FILTER (WHERE came::DATE <= promised) FROM o GROUP BY place").fetchall()
    )
    assert {row.key: row.kept for row in by_place} == expected
    parcels, kept, late_days = bank.execute(
        """SELECT count(*), count(*) FILTER (WHERE came::DATE <= promised),
                  avg(came::DATE - promised) FILTER (WHERE came::DATE > promised) FROM o"""
    ).fetchone()  # type: ignore[misc]
    assert (total.parcels, total.kept, total.late) == (parcels, kept, parcels - kept)
    assert total.late_days == Decimal(str(round(late_days, 1)))
    assert took < timedelta(seconds=20)
    with capsys.disabled():
        print(f"\nolist: {total.parcels} parcels, {total.percent} % kept, late by {total.late_days} days, {took}")
