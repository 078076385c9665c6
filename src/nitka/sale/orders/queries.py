"""Questions about orders."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare

from nitka.ground.changes import oldest_of, start_cursor
from nitka.ground.ids import read_code
from nitka.people.customers.queries import PostalAddress
from nitka.sale.orders import customs_papers, delays, papers, parties, policies, special, viewing
from nitka.sale.orders.history import HistoryKind, ImportedLine, ImportedOrder, ImportOutcome
from nitka.sale.orders.invoicing.entities import legal_entities
from nitka.sale.orders.links import order_link_token, read_token
from nitka.sale.orders.means import MeansChoice
from nitka.sale.orders.models import Invoice, Order, OrderLine
from nitka.sale.orders.news import topic as push_topic
from nitka.sale.orders.on_account import (
    Owed,
    order_rows_of_company,
    orders_of_company,
    owed,
    owed_minor,
    was_given_up,
)
from nitka.sale.orders.parcels import contents_of as parcel_contents
from nitka.sale.orders.parties import Party
from nitka.sale.orders.picking import orders_to_send, pick_list
from nitka.sale.orders.policies import PolicyView, Possible
from nitka.sale.orders.purchases import Purchase, buyers, purchases_of
from nitka.sale.orders.relining import Swap
from nitka.sale.orders.selfservice import (
    ChangeView,
    ItemChoice,
    Possibilities,
    changes_of,
    item_choices,
    means_of,
    policies_in_force,
    possible,
    swap_difference,
)
from nitka.sale.orders.special import Terms, all_terms, terms_of
from nitka.sale.orders.steps import NO_ORDER, NO_SALE, OPEN, SHOWN
from nitka.sale.orders.views import (
    DelayChoices,
    DraftLine,
    ExpectedStep,
    LineView,
    OrderDraft,
    OrderRow,
    OrderView,
    PaperRow,
    PaperView,
    PickLine,
    PickOrder,
    Placed,
    PromiseView,
    StepView,
    TaxView,
    WithdrawalView,
)
from nitka.sale.orders.words import status_text, step_text
from nitka.sale.payments import queries as payments

__all__ = [
    "NO_ORDER", "NO_SALE", "DelayChoices", "DraftLine", "ExpectedStep", "HistoryKind", "ImportOutcome",
    "ImportedLine", "ImportedOrder", "LineView", "OrderDraft", "OrderRow", "OrderView", "PaperRow", "PaperView",
    "PickLine", "PickOrder", "Placed", "PromiseView", "Purchase", "StepView", "TaxView", "WithdrawalView", "buyers",
    "cart_of", "cart_version_of", "choices_of_delay", "invoice_pdf", "invoice_xml", "is_awaiting",
    "is_placed_at_once", "legal_entities", "living_order_of_cart", "order", "order_by_code", "order_by_token",
    "order_for_stranger", "order_link_token", "order_of_key", "order_row", "order_rows", "orders_count",
    "orders_of_customer", "orders_since", "orders_to_send", "packing_slip_pdf", "papers_of", "papers_of_month",
    "parcel_contents", "pick_list", "pieces_of", "purchases_of", "sender", "start_cursor", "status_text",
    "step_text",
]  # fmt: skip

# What shoppers change themselves.
__all__ += [
    "ChangeView",
    "ItemChoice",
    "MeansChoice",
    "Party",
    "PolicyView",
    "Possibilities",
    "Possible",
    "Swap",
    "Terms",
    "all_terms",
    "changes_of",
    "forget",
    "item_choices",
    "means_of",
    "parties",
    "policies_in_force",
    "possible",
    "push_topic",
    "swap_difference",
    "terms_of",
]  # fmt: skip


# What companies owe.
__all__ += ["Owed", "order_rows_of_company", "orders_of_company", "owed", "owed_minor", "was_given_up"]

# Where an order crosses a border.
__all__ += ["customs_gaps", "customs_pdf"]


def customs_pdf(order_id: UUID, paper: Literal["cn22", "cn23", "invoice"] | None = None) -> bytes:
    """The customs declaration that the order's parcel needs (CN22 or CN23), or the paper that was asked for, as PDF."""
    return customs_papers.customs_pdf(order_id, paper)


def customs_gaps(order_id: UUID) -> tuple[str, ...] | None:
    """Names of the goods that lack what customs ask; None for an order that crosses no border."""
    return customs_papers.customs_gaps(order_id)


def order(order_id: UUID) -> OrderView | None:
    """One order with all that its page shows, in the active language; at most six queries."""
    row = Order.objects.filter(id=order_id).first()
    return viewing.view_of(row) if row else None


def order_by_code(code: str) -> OrderView | None:
    """The order of that code, however it was typed."""
    row = Order.objects.filter(code=read_code(code)).first()
    return viewing.view_of(row) if row else None


def order_by_token(token: str) -> OrderView | None:
    """The order that a link in a mail opens; None for a token that we did not sign."""
    order_id = read_token(token)
    return order(order_id) if order_id else None


def order_for_stranger(code: str, email: str) -> OrderView | None:
    """The order of that code and e-mail address. It takes as long for a wrong code as for a wrong address.

    The face that asks this limits how often one may try. An order that was brought from elsewhere is not opened by
    this: its code is its number there, which can be guessed.
    """
    row = Order.objects.filter(code=read_code(code), status__in=SHOWN, source="").first()
    expected = row.email if row else "nobody@example.invalid"
    same = constant_time_compare(expected.lower(), email.strip().lower())
    return viewing.view_of(row) if row and same else None


def orders_of_customer(*customer_ids: UUID) -> tuple[OrderRow, ...]:
    """The orders of a customer under all ids that are theirs, newest first. One query."""
    rows = Order.objects.filter(customer_id__in=customer_ids, status__in=SHOWN).order_by("-placed_at", "-id")[:200]
    return tuple(viewing.row_of(row) for row in rows)


def orders_count(email: str) -> int:
    """How many orders stand for that address, for coupons of a first order."""
    address = email.strip().lower()
    return Order.objects.filter(email=address, status__in=SHOWN).exclude(status__in=NO_SALE).count() if address else 0


def order_rows(
    *, search: str = "", status: Iterable[str] = (), paid: bool | None = None, market: str = "", country: str = "",
    payment_method: str = "", delivery_code: str = "", since: datetime | None = None, until: datetime | None = None,
) -> QuerySet[Order]:  # fmt: skip
    """Orders for tables of the back office, newest first; without carts that were never paid.

    `search` looks at code, number elsewhere, e-mail, name, telephone and SKU; `status` names one or more states.
    """
    rows = Order.objects.filter(status__in=list(status) or SHOWN).order_by("-placed_at", "-id")
    exact = {"market": market, "country": country, "payment_method": payment_method, "delivery_code": delivery_code}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if paid is not None:
        rows = rows.filter(paid=paid)
    if since:
        rows = rows.filter(placed_at__gte=since)
    if until:
        rows = rows.filter(placed_at__lt=until)
    return rows.filter(_matches(search.strip())) if search.strip() else rows


def _matches(text: str) -> Q:
    by_line = OrderLine.objects.filter(sku__iexact=text).values("order_id")
    return (
        Q(number__iexact=text) | Q(code__startswith=read_code(text)) | Q(code__endswith=text.upper())
        | Q(email__icontains=text) | Q(name__icontains=text) | Q(phone__endswith=text.replace(" ", ""))
        | Q(id__in=by_line)
    )  # fmt: skip


def codes_of(order_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The codes of these orders, by id. One query, none for no order."""
    wanted = {each for each in order_ids if each}
    return dict(Order.objects.filter(id__in=wanted).values_list("id", "code")) if wanted else {}


def review_rows() -> QuerySet[Order]:
    """Orders that a person must look at before they are packed, the oldest on top."""
    return Order.objects.filter(review="pending", status__in=OPEN).order_by("placed_at", "id")


def order_row(row: Order) -> OrderRow:
    """A row of `order_rows` as a value."""
    return viewing.row_of(row)


def orders_since(cursor: str) -> tuple[tuple[OrderRow, ...], str]:
    """Orders placed or changed since that cursor, each change once, and the next cursor. One query; never loses any.

    The cursor is a snapshot of PostgreSQL: the transactions that were done when it was taken. A row belongs to the
    answer if the transaction that wrote it was not done then and is now. So a slow transaction that commits after a
    quick one is still seen, which no timestamp and no sequence can promise. Raises ValueError for no cursor of ours.
    """
    xmin = oldest_of(cursor)
    sql = (
        "SELECT s.snap AS snap, o.* FROM (SELECT pg_current_snapshot()::text AS snap) s LEFT JOIN orders_orders o"
        " ON o.changed_in >= %s::xid8 AND NOT pg_visible_in_snapshot(o.changed_in, %s::pg_snapshot)"
        " AND o.status = ANY(%s) ORDER BY o.placed_at, o.id"
    )
    found = list(Order.objects.raw(sql, [str(xmin), cursor, list(SHOWN)]))
    after: str = found[0].snap  # type: ignore[attr-defined]
    return tuple(viewing.row_of(row) for row in found if row.code), after


def choices_of_delay(order_id: UUID) -> DelayChoices | None:
    """What the shopper may choose, where a later day took the place of the promised one; else None. Two queries."""
    row = Order.objects.filter(id=order_id).first()
    return delays.choices(row) if row else None


def sender() -> PostalAddress:
    """The shop, as it stands on a parcel."""
    return viewing.sender()


def order_of_key(key: str) -> UUID | None:
    """The order that was made with that idempotency key."""
    return Order.objects.filter(idempotency_key=key).values_list("id", flat=True).first()


def living_order_of_cart(cart_id: UUID) -> UUID | None:
    """The order of that cart that stands or waits for its card; None where every try failed."""
    return Order.objects.filter(cart_id=cart_id).values_list("id", flat=True).first()


def cart_of(order_id: UUID) -> UUID | None:
    """The cart that the order came from."""
    return Order.objects.filter(id=order_id).values_list("came_from_cart", flat=True).first()


def cart_version_of(order_id: UUID) -> int | None:
    """The version of the cart that the order was frozen from."""
    return Order.objects.filter(id=order_id).values_list("cart_version", flat=True).first()


def is_awaiting(order_id: UUID) -> bool:
    """Whether the order waits for its card."""
    return Order.objects.filter(id=order_id, status=Order.Status.AWAITING).exists()


def is_placed_at_once(draft: OrderDraft) -> bool:
    """Whether an order of this draft stands before its money is here; one without anything to pay does."""
    return draft.due_minor == 0 or payments.placed_at_once(draft.payment_method)


def pieces_of(order_id: UUID) -> dict[UUID, int]:
    """Variant → pieces that were bought; gifts are not among them."""
    rows = OrderLine.objects.filter(order_id=order_id, gift=False).values_list("variant_id", "quantity")
    return {variant: pieces for variant, pieces in rows if variant}


def invoice_pdf(order_id: UUID, number: str = "") -> bytes:
    """The invoice as PDF with its structured form inside (Factur-X, EN 16931), in the language of the order; with
    `number` that paper of the order, which may be a credit note. It is drawn from what was kept when it was issued.

    Issues the invoice where there is none yet. Raises NoInvoiceYetProblem, UnknownOrderProblem.
    """
    return papers.invoice_pdf(order_id, number)


def invoice_xml(order_id: UUID, number: str = "", form: str = "ubl") -> bytes:
    """The invoice (or the paper of that number) as XML: `ubl` for Peppol, `cii` as inside of Factur-X. Raises what
    `invoice_pdf` raises."""
    return papers.invoice_xml(order_id, number, form)


def papers_of_month(month: date, zone: str) -> tuple[PaperRow, ...]:
    """Invoices and credit notes issued in the month of that day on the clock of the zone, oldest first. The amounts of
    credit notes are below zero, so that sums are what was sold."""
    return papers.of_month(month, zone)


def papers_of(order_id: UUID) -> tuple[PaperView, ...]:
    """Invoice and credit notes of an order, oldest first."""
    rows = Invoice.objects.filter(order_id=order_id).order_by("issued_at", "id")
    return tuple(PaperView(row.kind, row.text, row.total_minor, row.issued_at) for row in rows)


def packing_slip_pdf(order_id: UUID) -> bytes:
    """What goes into the parcel, without prices, in the shopper's language."""
    return papers.packing_slip_pdf(order_id)


def forget() -> None:
    """Read the merchant's rules for orders anew at the next question."""
    policies.forget()
    special.forget()
