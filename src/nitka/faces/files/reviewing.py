"""Reviews of another system, brought from its file."""

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.faces.files import review_rows
from nitka.faces.files.history import opened_table
from nitka.faces.files.history_report import HistoryReport
from nitka.faces.files.parsing import RowError
from nitka.faces.files.review_rows import ReadReview
from nitka.people.customers import queries as customers
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.search import actions as search

BATCH = 1_000
Progress = Callable[[int, int], None]


@dataclass(slots=True, kw_only=True)
class ReviewsReport(HistoryReport):
    """What became of a file of reviews."""

    products: set[UUID] = field(default_factory=set)
    hidden: int = 0

    def as_json(self) -> dict[str, Any]:
        known = self.created + self.updated + self.unchanged
        return {"reviews": known, "products": len(self.products), **HistoryReport.as_json(self)}

    def lines(self) -> list[str]:
        """The report for people."""
        head = _("Would import %(count)s reviews") if self.dry_run else _("%(count)s reviews are in")
        count = self.rows - self.refused if self.dry_run else self.created + self.updated + self.unchanged
        return [head % {"count": count}, *self.tail()]


def import_reviews(
    path: Path, *, mapping: Path | None = None, language: str = "", look_first: bool = False, dry_run: bool = False,
    progress: Progress | None = None,
) -> ReviewsReport:  # fmt: skip
    """Import the reviews of a CSV or Parquet file; a second time changes nothing.

    Products are found by SKU of a variant, by handle, or by the SKU that all variants of one product begin with. A bad
    row is reported and the rest goes in. `look_first` puts them into the queue instead of on the pages. Raises
    UnreadableFile or BadMapping, and then nothing was written.
    """
    began = time.monotonic()
    table, settings = opened_table(path, "reviews", mapping)
    if language:
        settings = replace(settings, language=language)
    settings = review_rows.with_dates(table, settings)
    total = sum(1 for _row in table.rows())
    products = catalog.products_by_code(review_rows.codes(table, settings))
    report = ReviewsReport(dry_run=dry_run, mapping=settings.mapping.name, source=settings.mapping.source)
    for batch in itertools.batched(review_rows.read(table, settings, products), BATCH):
        _put([each for each in batch if _sound(each, report)], look_first, report)
        report.rows += len(batch)
        if progress:
            progress(report.rows, total)
    if hidden := report.hidden:
        report.said[_("A review that was not public there waits for a look here.")] += hidden
    if not dry_run:
        search.rebuild(product_ids=sorted(report.products))
    report.seconds = time.monotonic() - began
    return report


def _sound(each: ReadReview | RowError, report: ReviewsReport) -> bool:
    if isinstance(each, RowError):
        report.error(each)
        return False
    report.hidden += each.draft.state == "waiting"
    return True


def _put(batch: Sequence[Any], look_first: bool, report: ReviewsReport) -> None:
    if report.dry_run or not batch:
        return
    drafts = []
    for each in batch:
        known = customers.customer_by_email(review_rows.email_of(each)) if each.email else None
        state = "waiting" if look_first else each.draft.state
        drafts.append(replace(each.draft, customer_id=known.id if known else None, state=state))
    done = reviews.put_reviews(drafts=drafts, source=report.source)
    twice = len(drafts) - done.created - done.updated - done.unchanged - len(done.refused)
    if twice:
        report.said[_("A review stands in the file twice, word for word.")] += twice
    report.created, report.updated = report.created + done.created, report.updated + done.updated
    report.unchanged += done.unchanged + twice
    report.products |= set(done.product_ids)
    for key, reason in done.refused:
        report.error(RowError(0, key, reason))
