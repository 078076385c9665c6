"""What became of a file of orders or customers, for people and machines."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nitka.faces.files.troubles import Troubles
from nitka.ground import money


@dataclass(slots=True, kw_only=True)
class HistoryReport(Troubles):
    """Figures that both kinds of files have."""

    source: str = ""
    mapping: str = ""
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    seconds: float = 0.0
    dry_run: bool = False
    said: Counter[str] = field(default_factory=Counter)

    @property
    def notes(self) -> list[str]:
        """What a reader should know, each once, with how often it was so."""
        return [f"{text} (× {count})" if count > 1 else text for text, count in self.said.most_common()]

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return {
            "source": self.source, "mapping": self.mapping, "rows": self.rows, "created": self.created,
            "updated": self.updated, "unchanged": self.unchanged, "seconds": round(self.seconds, 2),
            "dry_run": self.dry_run, "refused": self.refused, "errors": self.plain_errors(), "notes": self.notes,
        }  # fmt: skip

    def tail(self) -> list[str]:
        """Counts, notes and troubles for people."""
        counts = _("%(created)s new, %(updated)s changed, %(unchanged)s as they were, in %(seconds)s s") % {
            "created": self.created, "updated": self.updated, "unchanged": self.unchanged,
            "seconds": f"{self.seconds:.1f}",
        }  # fmt: skip
        return [counts, *self.notes, *self.told()]


@dataclass(slots=True, kw_only=True)
class CustomersReport(HistoryReport):
    """What became of a file of customers."""

    people: set[UUID] = field(default_factory=set)
    of_nobody: int = 0

    def as_json(self) -> dict[str, Any]:
        # Called by name, for a dataclass with slots is another class than the one that `super` looks for.
        return {"customers": len(self.people), "rows_of_nobody": self.of_nobody, **HistoryReport.as_json(self)}

    def lines(self) -> list[str]:
        """The report for people."""
        head = _("Would import %(count)s customers") if self.dry_run else _("%(count)s customers are in")
        would = self.rows - self.of_nobody - self.refused
        nobody = ngettext("%(count)s row names no customer", "%(count)s rows name no customer", self.of_nobody)
        said = [nobody % {"count": self.of_nobody}] if self.of_nobody else []
        return [head % {"count": would if self.dry_run else len(self.people)}, *said, *self.tail()]


@dataclass(slots=True, kw_only=True)
class OrdersReport(HistoryReport):
    """What became of a file of orders. `orders` counts every invoice that is in, `cancellations` the credit notes
    among them and `adjustments` the entries of the books; sums are minor units by currency."""

    orders: int = 0
    lines_in: int = 0
    cancellations: int = 0
    adjustments: int = 0
    anonymous_orders: int = 0
    anonymous_lines: int = 0
    refused_orders: int = 0
    customers_created: int = 0
    people: set[Any] = field(default_factory=set)
    totals: Counter[tuple[str, str]] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        return {
            "orders": self.orders, "lines": self.lines_in, "customers": len(self.people),
            "customers_created": self.customers_created, "sales": self.orders - self.cancellations - self.adjustments,
            "cancellations": self.cancellations, "adjustments": self.adjustments,
            "anonymous_orders": self.anonymous_orders, "anonymous_lines": self.anonymous_lines,
            "refused_orders": self.refused_orders, "totals": self.sums(),
            "totals_of": {kind: self.sums(kind) for kind in ("sale", "credit", "adjustment")},
            **HistoryReport.as_json(self),
        }  # fmt: skip

    def sums(self, kind: str = "") -> dict[str, str]:
        """Currency → sum of totals as a decimal number, of one kind or of all."""
        minor: Counter[str] = Counter()
        for (currency, of_kind), amount in self.totals.items():
            if not kind or kind == of_kind:
                minor[currency] += amount
        return {currency: str(money.decimal(amount, currency)) for currency, amount in sorted(minor.items())}

    def lines(self) -> list[str]:
        """The report for people."""
        head = _("Would import %(orders)s orders with %(lines)s lines") if self.dry_run else _(
            "%(orders)s orders with %(lines)s lines are in")  # fmt: skip
        people = _("%(customers)s customers, %(anonymous)s orders of nobody known")
        kinds = _("%(cancellations)s of them are credit notes, %(adjustments)s entries of the books")
        values = {
            "orders": self.orders, "lines": self.lines_in, "customers": len(self.people),
            "anonymous": self.anonymous_orders, "cancellations": self.cancellations, "adjustments": self.adjustments,
        }  # fmt: skip
        sums = ", ".join(f"{amount} {currency}" for currency, amount in self.sums().items())
        return [head % values, kinds % values, people % values, _("Sum: %(sums)s") % {"sums": sums or "–"},
                *self.tail()]  # fmt: skip
