"""Our shop back in their shape, read from our tables: what is compared is what the shop really holds."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from nitka.people.customers import queries as people
from nitka.sale.orders.change_models import OrderChange
from nitka.sale.orders.models import Order, OrderLine, OrderStep
from nitka.sale.payments import queries as payments
from nitka.sale.payments.models import Payment, Refund
from nitka.sale.returns.models import Case, CaseLine
from nitka.shelf.catalog import queries as catalog
from tests.conformance import retail_state
from tests.conformance.retail_import import Known

Data = dict[str, Any]
PENDING = ("placed", "paid")


class Exporter:
    """Reads orders and users as the file would write them."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.users = {ours: theirs for theirs, ours in known.customers.items()}
        self.skus: dict[UUID, str] = {ours: theirs for theirs, ours in known.variants.items()}
        self.products = {ours: theirs for theirs, ours in known.products.items()}
        self.options = dict(self._options())

    def _options(self) -> Iterable[tuple[str, dict[str, str]]]:
        """Item → its options in the catalogue's own words."""
        sources = {each.id: each for each in catalog.product_source(list(self.products))}
        for source in sources.values():
            names = {option["code"]: option["name"]["en"] for option in source.options}
            values = {
                (option["code"], value["code"]): value["name"]["en"]
                for option in source.options
                for value in option["values"]
            }
            for variant in source.variants:
                yield variant.sku, {names[code]: values[code, value] for code, value in variant.options.items()}

    def orders(self, order_ids: Iterable[str]) -> Data:
        """These orders, by their ids."""
        wanted = {self.known.orders[each]: each for each in order_ids}
        parts = _Parts(list(wanted))
        return {wanted[row.id]: self._order(row, parts) for row in Order.objects.filter(id__in=list(wanted))}

    def _order(self, row: Order, parts: "_Parts") -> Data:
        assert row.customer_id
        user_id = self.users[row.customer_id]
        theirs = self.known.their_means(user_id)
        changes, cases = parts.changes[row.id], parts.cases[row.id]
        state: Data = {
            "user_id": user_id, "status": _status(row, changes, cases), "address": _address(row.shipping_address),
            "items": sorted(
                [line.sku, self.products[line.product_id], line.unit_minor, self._words(line)]
                for line in parts.lines[row.id] for _piece in range(line.quantity) if line.product_id
            ),
            "payment_history": sorted(_history(row, parts, theirs)),
        }  # fmt: skip
        why = parts.why.get(row.id)
        if why:
            state["cancel_reason"] = why
        for case in cases:
            state |= self._case(case, parts, theirs)
        return state

    def _words(self, line: OrderLine) -> str:
        return json.dumps(self.options[self.skus[line.variant_id]], sort_keys=True) if line.variant_id else ""

    def _case(self, case: Case, parts: "_Parts", theirs: dict[str, str]) -> Data:
        """What a return or an exchange that was asked for adds."""
        lines = parts.case_lines[case.id]
        sku = {line.id: line.sku for line in parts.lines[case.order_id]}
        old = sorted(sku[line.line_id] for line in lines for _piece in range(line.pieces))
        if case.kind == "return":
            return {"return_items": old, "return_payment_method_id": _named(case.refund_to, parts, case, theirs)}
        new = sorted(self.skus[line.new_variant_id] for line in lines for _piece in range(line.pieces))
        return {
            "exchange_items": old, "exchange_new_items": new, "exchange_price_difference": case.difference_minor,
            "exchange_payment_method_id": _named(case.mean or case.refund_to, parts, case, theirs),
        }  # fmt: skip

    def users_state(self, user_ids: Iterable[str]) -> Data:
        """These users, by their ids."""
        return {each: self._user(each) for each in user_ids}

    def _user(self, user_id: str) -> Data:
        customer = people.customer(self.known.customers[user_id])
        assert customer
        homes = people.addresses_of(customer.id)
        return {
            "name": customer.name, "email": customer.email, "address": _address(homes[0].address.as_dict()),
            "payment_methods": {theirs: _wallet(word) for theirs, word in self.known.means[user_id].items()},
        }  # fmt: skip


class _Parts:
    """All rows of some orders, in a few queries."""

    def __init__(self, ids: list[UUID]) -> None:
        self.lines, self.changes = _by_order(OrderLine, ids), _by_order(OrderChange, ids, state="done")
        self.cases: dict[UUID, list[Case]] = defaultdict(list)
        for case in Case.objects.filter(order_id__in=ids).exclude(state__in=["refused", "cancelled"]):
            self.cases[case.order_id].append(case)
        self.case_lines: dict[UUID, list[CaseLine]] = defaultdict(list)
        for line in CaseLine.objects.filter(case__order_id__in=ids):
            self.case_lines[line.case_id].append(line)
        self.payments: dict[UUID, list[Payment]] = defaultdict(list)
        for payment in Payment.objects.filter(reference__in=ids, captured_minor__gt=0).order_by("created_at", "id"):
            self.payments[payment.reference].append(payment)
        self.refunds: dict[UUID, list[Refund]] = defaultdict(list)
        for refund in Refund.objects.filter(payment__reference__in=ids).select_related("payment"):
            self.refunds[refund.payment.reference].append(refund)
        steps = OrderStep.objects.filter(order_id__in=ids, kind="cancelled")
        self.why = {step.order_id: step.detail.get("why", "") for step in steps}


def _by_order(model: Any, ids: list[UUID], **more: Any) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in model.objects.filter(order_id__in=ids, **more):
        found[row.order_id].append(row)
    return found


def _status(row: Order, changes: list[OrderChange], cases: list[Case]) -> str:
    if row.status in PENDING:
        return "pending (item modified)" if any(each.kind == "items" for each in changes) else "pending"
    if row.status == "delivered" and cases:
        return {"return": "return requested", "exchange": "exchange requested"}.get(cases[0].kind, cases[0].kind)
    return "processed" if row.status in ("packed", "shipped") else row.status


def _address(values: Data) -> Data:
    return retail_state.address(
        {"address1": values.get("line1", ""), "address2": values.get("line2", ""), "city": values.get("city", ""),
         "state": values.get("region", ""), "country": values.get("country", ""), "zip": values.get("postcode", "")}
    )  # fmt: skip


def word_of(payment: Payment) -> str:
    """Our word for the means that paid."""
    return f"credit:{payment.choice}" if payment.provider == "gift_card" else f"saved:{payment.mean_id}"


def _history(row: Order, parts: _Parts, theirs: dict[str, str]) -> Iterable[list[Any]]:
    for payment in parts.payments[row.id]:
        yield ["payment", payment.captured_minor, theirs[word_of(payment)]]
    by_key = {f"change:{change.id}": change for change in parts.changes[row.id]}
    for refund in parts.refunds[row.id]:
        word = f"credit:{refund.into_id}" if refund.into_id else word_of(refund.payment)
        if refund.state == Refund.State.BY_HAND and refund.key in by_key:
            word = by_key[refund.key].means
        yield ["refund", refund.minor, theirs[word]]
    for change in parts.changes[row.id]:
        if change.kind == "items" and change.difference_minor == 0:
            yield ["refund", 0, theirs[change.means]]


def _named(word: str, parts: _Parts, case: Case, theirs: dict[str, str]) -> str:
    """Their id of the means of a case, however it says it."""
    if word == "original":
        return theirs[word_of(parts.payments[case.order_id][0])]
    kind, _colon, rest = word.partition(":")
    return theirs.get(f"credit:{rest}" if kind == "gift_card" else word, word)


def _wallet(word: str) -> list[Any]:
    kind, _colon, id_ = word.partition(":")
    if kind == "credit":
        account = payments.credit_account(UUID(id_))
        return ["gift_card", account.balance_minor if account else None]
    mean = payments.saved_mean(UUID(id_))
    brand = mean.brand if mean else ""
    return ["paypal" if brand == "paypal" else "credit_card", None]


# What a task must leave as it was, whatever it did to its own orders and users: one sum over each table.
_REST = """
SELECT coalesce(sum(hashtextextended(o::text, 0)::numeric), 0) FROM orders_orders o WHERE NOT id = ANY(%(orders)s)
UNION ALL
SELECT coalesce(sum(hashtextextended(l::text, 0)::numeric), 0) FROM orders_lines l WHERE NOT order_id = ANY(%(orders)s)
UNION ALL
SELECT coalesce(sum(hashtextextended(p::text, 0)::numeric), 0) FROM payments_payments p
WHERE NOT reference = ANY(%(orders)s)
UNION ALL
SELECT coalesce(sum(hashtextextended(a::text, 0)::numeric), 0) FROM customers_addresses a
WHERE NOT customer_id = ANY(%(people)s)
UNION ALL
SELECT coalesce(sum(hashtextextended(c::text, 0)::numeric), 0) FROM payments_credit_accounts c
WHERE NOT customer_id = ANY(%(people)s)
"""


def rest(known: Known, order_ids: Iterable[str], user_ids: Iterable[str]) -> tuple[Any, ...]:
    """A print of all that does not belong to these orders and users."""
    values = {
        "orders": [known.orders[each] for each in order_ids], "people": [known.customers[each] for each in user_ids],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_REST, values)
        return tuple(row[0] for row in cursor.fetchall())
