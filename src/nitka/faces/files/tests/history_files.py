"""Files of orders and customers for tests, in the shapes of several systems."""

import csv
from pathlib import Path
from typing import Any

from nitka.sale.orders.models import Order, OrderLine

UCI = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")
# A sale over two lines and two moments; another of a stranger; a credit note; a bad debt; broken goods written off.
RETAIL = [
    ("536365", "LAMP", "WHITE LAMP", 6, "2010-12-01 08:26:00", 2.55, 17850, "United Kingdom"),
    ("536365", "71053", None, 2, "2010-12-01 08:27:00", 3.39, 17850, "United Kingdom"),
    ("536366", "PADS", "PADS TO MATCH ALL CUSHIONS", 7, "2010-12-02 09:00:00", 0.001, None, "EIRE"),
    ("C536379", "D", "Discount", -1, "2010-12-03 09:41:00", 27.5, 14527, "Channel Islands"),
    ("A563185", "B", "Adjust bad debt", 1, "2011-08-12 14:50:00", 11062.06, None, "United Kingdom"),
    ("536589", "21777", "damages", -10, "2010-12-01 16:50:00", 0.0, None, "United Kingdom"),
]


def table(folder: Path, columns: tuple[str, ...], rows: list[tuple[Any, ...]], *, name: str = "orders.csv",
          delimiter: str = ",", encoding: str = "utf-8") -> Path:  # fmt: skip
    """A CSV file."""
    path = folder / name
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def parquet(folder: Path, columns: tuple[str, ...], rows: list[tuple[Any, ...]], *, name: str = "orders.pq") -> Path:
    """The same as Parquet, with the types that PostgreSQL's people would choose."""
    import duckdb

    path = folder / name
    made = duckdb.connect(":memory:")
    made.execute("CREATE TABLE t (a text, b text, c text, d bigint, e timestamp, f double, g bigint, h text)")
    made.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    names = ", ".join(f'{letter} AS "{column}"' for letter, column in zip("abcdefgh", columns, strict=True))
    made.execute(f"COPY (SELECT {names} FROM t) TO '{path}' (FORMAT parquet)")
    return path


def state() -> list[tuple[Any, ...]]:
    """All that an import leaves, but for ids."""
    orders = Order.objects.order_by("number").values_list("number", "code", "status", "total_minor", "fingerprint")
    lines = OrderLine.objects.order_by("order__number", "position").values_list("sku", "quantity", "total_minor")
    return [*orders, *lines]
