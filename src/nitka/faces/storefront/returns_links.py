"""What the pages of an order show of what came after the sale."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from nitka.faces.storefront.order_thread import Knot
from nitka.ground import locale
from nitka.sale.orders.queries import OrderView
from nitka.sale.returns import queries as returns
from nitka.sale.returns.queries import CaseView

AFTER_SALE = ("shipped", "delivered", "part_shipped")


@dataclass(frozen=True)
class AfterSale:
    """What can be asked for now, and what was: (kind, where to ask), and (case, its page)."""

    kinds: tuple[tuple[Any, str], ...]
    cases: tuple[tuple[CaseView, str], ...]


def case_link(language: str, order: OrderView, case: str, *, name: str = "order_case", **query: Any) -> str:
    """An address of a case that opens it wherever it is followed from; `paper` and `photo` stand in its path."""
    path = [query.pop(part) for part in ("paper", "photo") if part in query]
    return f"{reverse(name, args=[language, order.code, case, *path])}?{urlencode({'k': order.token, **query})}"


def after_sale(order: OrderView, language: str) -> AfterSale:
    """For the order's page; no query before anything has left."""
    if order.status not in AFTER_SALE or order.source:
        return AfterSale((), ())
    offered = returns.what_is_possible(order).kinds if order.status == "delivered" else ()
    query = urlencode({"k": order.token})
    kinds = tuple(
        (each, f"{reverse('order_ask_for', args=[language, order.code, each.kind])}?{query}")
        for each in offered
        if each.possible
    )
    cases = returns.cases_of_order(order)
    return AfterSale(kinds, tuple((each, case_link(language, order, each.code)) for each in cases))


def with_cases(knots: list[Knot], after: AfterSale, language: str, zone: str) -> list[Knot]:
    """The order's thread with the knots of its cases where they belong in time."""
    theirs = [
        Knot(
            f"{step.text} ({case.code})", "done", locale.format_moment(step.at, language, zone),
            step.at.isoformat(timespec="minutes"), step.note if case.state != "requested" else "",
        )
        for case, _link in after.cases
        for step in case.steps
        if step.kind not in ("graded", "closed")
    ]  # fmt: skip
    if not theirs:
        return knots
    done = [knot for knot in knots if knot.state == "done"]
    return [*sorted([*done, *theirs], key=lambda knot: knot.at), *(knot for knot in knots if knot.state != "done")]
