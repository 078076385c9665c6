"""Customers and orders of another system, brought from its files: read, checked, and handed to the doors."""

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from nitka.faces.files import customer_rows, order_rows
from nitka.faces.files.history_report import CustomersReport, OrdersReport
from nitka.faces.files.order_rows import Numbers, ReadOrder, Settings
from nitka.faces.files.parsing import RowError
from nitka.faces.files.problems import BadMapping, UnreadableFile
from nitka.faces.files.table_mapping import TableMapping, detect, fits, load
from nitka.faces.files.tables import Table, open_table
from nitka.ground.locale import FALLBACK
from nitka.ground.problem import Problem
from nitka.people.customers import actions as customers
from nitka.people.customers.actions import ImportedCustomer
from nitka.sale.orders import actions as orders
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing

__all__ = ["BadMapping", "UnreadableFile", "import_customers", "import_orders"]

BATCH = 1_000
Progress = Callable[[int, int], None]


def import_orders(
    path: Path, *, mapping: Path | None = None, dry_run: bool = False, progress: Progress | None = None
) -> OrdersReport:
    """Import the orders of a CSV or Parquet file with their customers, as history; a second time changes nothing.

    Orders are matched by their number, customers by theirs or by e-mail. An order with a bad row is reported and left
    out, and the rest goes in: an order that lacks a line would be a lie. Raises UnreadableFile or BadMapping, and then
    nothing was written.
    """
    began = time.monotonic()
    table, settings = opened_table(path, "orders", mapping)
    numbers = order_rows.survey(table, settings)
    if not numbers.rows:
        raise UnreadableFile(_("The file names no order."))
    report = OrdersReport(dry_run=dry_run, mapping=settings.mapping.name, source=settings.mapping.source)
    for line in numbers.nameless:
        report.error(RowError(line, "", _("The row has no number of an order.")))
    _bring_orders(table, settings, numbers, report, progress or (lambda done, total: None))
    report.seconds = time.monotonic() - began
    return report


def import_customers(
    path: Path, *, mapping: Path | None = None, dry_run: bool = False, progress: Progress | None = None
) -> CustomersReport:
    """Import the customers of a CSV or Parquet file; a second time changes nothing.

    They are matched by their number in that system, then by e-mail. What is known already stays, what is empty is
    filled. Raises UnreadableFile or BadMapping, and then nothing was written.
    """
    began = time.monotonic()
    table, settings = opened_table(path, "customers", mapping)
    total = sum(1 for _row in table.rows())
    report = CustomersReport(dry_run=dry_run, mapping=settings.mapping.name, source=settings.mapping.source)
    for batch in itertools.batched(customer_rows.read(table, settings), BATCH):
        _put_customers([each for each in batch if _sound(each, report)], settings, report)
        report.rows += len(batch)
        if progress:
            progress(report.rows, total)
    report.unchanged = len(report.people) - report.created - report.updated
    report.seconds = time.monotonic() - began
    return report


def opened_table(path: Path, kind: str, mapping: Path | None) -> tuple[Table, Settings]:
    """The table in that file and how it is to be read. Raises UnreadableFile or BadMapping."""
    table = open_table(path)
    found = load(mapping, kind) if mapping else detect(kind, table.columns)
    if not fits(found, kind, table.columns):
        raise BadMapping(_("The file lacks columns that the mapping %(name)s needs.") % {"name": found.name})
    return table, _settings(found)


def _settings(mapping: TableMapping) -> Settings:
    shop = content.shop()
    markets: dict[str, str] = {}
    for each in pricing.markets():
        markets.setdefault(each.currency, each.code)
    return Settings(
        mapping=mapping, currency=mapping.currency or shop.currency,
        language=mapping.language or (shop.languages[0] if shop.languages else FALLBACK), zone=shop.zone,
        markets=markets,
    )  # fmt: skip


def _bring_orders(
    table: Table, settings: Settings, numbers: Numbers, report: OrdersReport, progress: Progress
) -> None:  # fmt: skip
    total = sum(numbers.rows.values())
    for batch in itertools.batched(order_rows.read(table, settings, numbers), BATCH):
        for each in batch:
            report.rows += each.rows
            report.said.update(each.notes)
            report.refused_orders += each.draft is None
            for error in each.errors:
                report.error(error)
        _put_orders([each for each in batch if each.draft is not None], settings, report)
        progress(report.rows, total)


def _put_orders(batch: Sequence[ReadOrder], settings: Settings, report: OrdersReport) -> None:
    """One transaction; where it is refused, one for each order, so that one's trouble is not another's."""
    if not batch:
        return
    try:
        if not report.dry_run:
            with transaction.atomic():
                _put_orders_now(batch, settings, report)
    except (OperationalError, InterfaceError):
        raise  # the database went away; what is in is in, and a second run goes on from there
    except (Problem, DatabaseError, ValueError) as trouble:
        if len(batch) > 1:
            for each in batch:
                _put_orders([each], settings, report)
            return
        reason = trouble.message if isinstance(trouble, Problem) else type(trouble).__name__
        report.refused_orders += 1
        report.error(RowError(batch[0].line, batch[0].number, reason))
        return
    for each in batch:
        _count(each, report)


def _put_orders_now(batch: Sequence[ReadOrder], settings: Settings, report: OrdersReport) -> None:
    source = settings.mapping.source
    people = [each.customer for each in batch if each.customer]
    found = customers.import_customers(source=source, drafts=people)
    whose = dict(zip(map(id, people), found.ids, strict=True))
    drafts = [replace(each.draft, customer_id=whose.get(id(each.customer))) for each in batch if each.draft is not None]
    outcome = orders.import_orders(source=source, drafts=drafts)
    report.customers_created += found.created
    report.created += outcome.created
    report.updated += outcome.updated
    report.unchanged += outcome.unchanged


def _count(each: ReadOrder, report: OrdersReport) -> None:
    assert each.draft is not None
    report.orders += 1
    report.lines_in += len(each.draft.lines)
    report.cancellations += each.draft.kind == "credit"
    report.adjustments += each.draft.kind == "adjustment"
    report.anonymous_orders += each.customer is None
    report.anonymous_lines += each.anonymous_rows
    report.totals[each.draft.currency, str(each.draft.kind)] += each.draft.total_minor
    if each.customer:
        report.people.add(each.customer.number or each.customer.email.casefold())


def _sound(each: ImportedCustomer | RowError | None, report: CustomersReport) -> bool:
    if each is None:
        report.of_nobody += 1
        return False
    if isinstance(each, RowError):
        report.error(each)
        return False
    return True


def _put_customers(
    batch: Sequence[ImportedCustomer | RowError | None], settings: Settings, report: CustomersReport
) -> None:  # fmt: skip
    drafts = [each for each in batch if isinstance(each, ImportedCustomer)]
    if report.dry_run or not drafts:
        return
    outcome = customers.import_customers(source=settings.mapping.source, drafts=drafts)
    known: set[UUID] = {customer_id for customer_id in outcome.ids if customer_id}
    report.people |= known
    report.created += outcome.created
    report.updated += outcome.updated
