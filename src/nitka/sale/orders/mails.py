"""The mails of an order: one function and one folder of templates each. All are written in the reader's language."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from nitka.ground import locale
from nitka.people.contact import actions as contact
from nitka.people.contact.actions import Attachment
from nitka.sale.orders import parcels, viewing, words
from nitka.sale.orders.links import order_link_token
from nitka.sale.orders.models import Order, Withdrawal
from nitka.sale.orders.steps import OPEN
from nitka.sale.orders.views import LineView, OrderView
from nitka.sale.payments import queries as payments
from nitka.sale.shipping import queries as shipping
from nitka.shelf.content import queries as content

FOLDER = "orders/mail"


def order_placed(order_id: UUID) -> None:
    """To the shopper: what was ordered, when it comes, and how to pay where that is still to be done."""
    row = Order.objects.get(id=order_id)
    code = b""
    if row.payment_method == "bank_transfer" and not row.paid:
        code = payments.bank_qr_png(label=row.code, minor=row.due_minor, currency=row.currency)
    files = (Attachment("payment-code.png", "image/png", code),) if code else ()
    _to_shopper(row, "order_placed", {"has_code": bool(code)}, files)


def payment_received(order_id: UUID) -> None:
    """To the shopper: a transfer is here."""
    _to_shopper(Order.objects.get(id=order_id), "payment_received")


def order_packed(order_id: UUID) -> None:
    """To the shopper: the goods are in the box."""
    _to_shopper(Order.objects.get(id=order_id), "order_packed")


def order_shipped(order_id: UUID, shipment_id: UUID | None = None) -> None:
    """To the shopper: the parcel left, with its number; of a part also what is in it and what is still to come."""
    row = Order.objects.get(id=order_id)
    lines = viewing.lines_of(order_id)
    inside = dict(parcels.contents_of(order_id).get(shipment_id, ()))
    rest = [_piece(line.to_send, line) for line in lines if line.to_send]
    is_part = rest or sum(inside.values()) < sum(line.quantity for line in lines)
    sent = [_piece(inside[line.id], line) for line in lines if line.id in inside] if is_part else []
    _to_shopper(row, "order_shipped", {"sent": sent, "rest": rest, "shipment_id": shipment_id})


def order_delivered(order_id: UUID) -> None:
    """To the shopper: it arrived; what if something is wrong."""
    _to_shopper(Order.objects.get(id=order_id), "order_delivered")


def delivery_delayed(order_id: UUID, *, cause: str, promised_on: date) -> None:
    """To the shopper: the day will not be kept, why, the new one, and what they may choose."""
    row = Order.objects.get(id=order_id)
    with translation.override(row.language):
        context = {
            "cause": shipping.cause_text(cause), "has_left": row.status not in OPEN,
            "promised": locale.format_date(promised_on, row.language, "day"),
            "expected": _expected(viewing.view_of(row)),
            "choice_link": f"/{row.language}/order/{row.code}/delay?k={order_link_token(row.id)}",
        }  # fmt: skip
    _to_shopper(row, "delivery_delayed", context)


def order_cancelled(order_id: UUID, *, reason: str, refund_minor: int) -> None:
    """To the shopper: the order is off, why, and what goes back."""
    row = Order.objects.get(id=order_id)
    with translation.override(row.language):
        context = {
            "reason": words.cancel_reason(reason),
            "refund": _amount(refund_minor, row) if refund_minor else "",
            "note": _note_of_cancellation(order_id),
        }
    _to_shopper(row, "order_cancelled", context)


def order_shortened(order_id: UUID, *, minor: int) -> None:
    """To the shopper: pieces that will not come, and what goes back for them."""
    row = Order.objects.get(id=order_id)
    gone = [_piece(line.cancelled, line) for line in viewing.lines_of(order_id) if line.cancelled]
    note = next((step.note for step in reversed(viewing.steps_of(order_id)) if step.kind == "shortened"), "")
    _to_shopper(row, "order_shortened", {"gone": gone, "refund": _amount(minor, row), "note": note})


def order_changed(order_id: UUID, *, what: str, difference_minor: int) -> None:
    """To the shopper: what was changed of the order, and what that costs or gives back."""
    row = Order.objects.get(id=order_id)
    with translation.override(row.language):
        context = {
            "what": words.change_text(what), "paid": _amount(difference_minor, row) if difference_minor > 0 else "",
            "back": _amount(-difference_minor, row) if difference_minor < 0 else "", "is_paid": row.paid,
        }  # fmt: skip
    _to_shopper(row, "order_changed", context)


def payment_overdue(order_id: UUID) -> None:
    """To the shopper: the transfer is missing, and the day after which the order is cancelled."""
    row = Order.objects.get(id=order_id)
    until = _moment(row.hold_until, row.language) if row.hold_until else ""
    _to_shopper(row, "payment_overdue", {"until": until})


def withdrawal_received(withdrawal_id: UUID) -> None:
    """To the shopper: the confirmation on a durable medium that the law asks for, with content, day and time."""
    declared = Withdrawal.objects.select_related("order").get(id=withdrawal_id)
    row = declared.order
    moment = _moment(declared.declared_at, row.language)
    _to_shopper(row, "withdrawal_received", {"declared": _declared(declared), "name": declared.name, "moment": moment})


def new_order_for_merchant(order_id: UUID) -> None:
    """To the shop: an order came."""
    _to_merchant(Order.objects.get(id=order_id), "new_order_for_merchant")


def withdrawal_for_merchant(withdrawal_id: UUID) -> None:
    """To the shop: somebody withdrew."""
    declared = Withdrawal.objects.select_related("order").get(id=withdrawal_id)
    _to_merchant(declared.order, "withdrawal_for_merchant", {"declared": _declared(declared), "name": declared.name})


def _to_shopper(
    row: Order, name: str, context: dict[str, Any] | None = None, files: tuple[Attachment, ...] = ()
) -> None:
    with translation.override(row.language):
        known = _context(viewing.view_of(row), row.language)
        contact.send_mail(
            to=row.email, language=row.language, template=f"{FOLDER}/{name}", context={**known, **(context or {})},
            customer_id=row.customer_id, attachments=files, reply_to=content.shop().email,
        )  # fmt: skip


def _to_merchant(row: Order, name: str, context: dict[str, Any] | None = None) -> None:
    shop = content.shop()
    if not shop.email:
        return
    language = shop.languages[0] if shop.languages else locale.FALLBACK
    with translation.override(language):
        known = _context(viewing.view_of(row), language)
        contact.send_mail(
            to=shop.email, language=language, template=f"{FOLDER}/{name}", context={**known, **(context or {})},
            purpose="merchant", reply_to=row.email,
        )  # fmt: skip


def _context(order: OrderView, language: str) -> dict[str, Any]:
    return {
        "order": order,
        "link": f"/{order.language}/order/{order.code}?k={order.token}",
        "back_link": f"/back/orders/{order.code}",
        "items": [
            {"title": line.title, "option_text": line.option_text, "quantity": line.quantity, "picture": line.picture,
             "total": locale.format_money(line.total_minor + line.discount_minor, order.currency, language)}
            for line in order.lines
        ],
        "sums": sums(order, language),
        "arrives": arrival(order, language),
        "thread": thread(order, language),
        "address": address_lines(order, language),
        "is_bank": order.bank is not None,
    }  # fmt: skip


def sums(order: OrderView, language: str) -> list[dict[str, Any]]:
    """What adds up to the total, in words, in the active language."""

    def row(label: str, minor: int, strong: bool = False) -> dict[str, Any]:
        return {"label": label, "amount": locale.format_money(minor, order.currency, language), "strong": strong}

    rows = [row(_("Goods"), order.goods_minor)]
    if order.discount_minor:
        rows.append(row(_("Discount"), -order.discount_minor))
    rows.append(row(_("Delivery: %(name)s") % {"name": order.promise.name}, order.delivery_minor))
    if order.payment_fee_minor:
        rows.append(row(_("Fee: %(name)s") % {"name": order.payment_name}, order.payment_fee_minor))
    if not order.tax_included:
        rows.append(row(_("Tax"), order.tax_minor))
    rows.append(row(_("Total"), order.total_minor, strong=True))
    if order.credit_minor:
        rows.append(row(_("Gift card or store credit"), -order.credit_minor))
        rows.append(row(_("Left to pay"), order.due_minor, strong=True))
    if order.tax_included:
        rows += [
            row(_("of which VAT %(rate)s") % {"rate": locale.format_percent(part.rate, language)}, part.tax_minor)
            for part in order.taxes
        ]
    return rows


def arrival(order: OrderView, language: str) -> str:
    """The promised day or days in words."""
    first, last = (locale.format_date(day, language, "day") for day in (order.promise.day_from, order.promise.day_to))
    return last if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def thread(order: OrderView, language: str) -> list[dict[str, str]]:
    """Knots that are done and rings that are promised."""
    done = [{"label": step.text, "detail": _moment(step.at, language), "state": "done"} for step in order.steps]
    return done + [
        {"label": step.text, "detail": arrival(order, language) if step.on else "", "state": "promised"}
        for step in order.expected
    ]


def address_lines(order: OrderView, language: str) -> list[str]:
    """The address of delivery as it stands on the parcel."""
    to = order.shipping_address
    town = f"{to.postcode} {to.city}".strip()
    country = locale.cldr(language).territories.get(to.country, to.country)
    return [line for line in (to.name, to.company, to.line1, to.line2, town, to.region, country) if line]


def _expected(order: OrderView) -> str:
    """The new day, or its first and last: not every language can say that something is expected on such a range."""
    is_day = order.promise.day_from == order.promise.day_to
    words = _("We now expect it on %(day)s.") if is_day else _("Arrives %(day)s")
    return words % {"day": arrival(order, order.language)}


def _note_of_cancellation(order_id: UUID) -> str:
    steps = viewing.steps_of(order_id)
    return next((step.note for step in steps if step.kind == "cancelled"), "")


def _declared(declared: Withdrawal) -> list[str]:
    lines = viewing.lines_of(declared.order_id)
    return [
        _piece(declared.lines.get(str(line.id), line.quantity), line)
        for line in lines
        if not declared.lines or str(line.id) in declared.lines
    ]


def _piece(pieces: int, line: LineView) -> str:
    """What it is, with its colour or size: of two lamps only that tells which."""
    return f"{pieces} × {line.title}, {line.option_text}" if line.option_text else f"{pieces} × {line.title}"


def _moment(at: datetime, language: str) -> str:
    """To the minute, on the shop's clock."""
    return locale.format_moment(at.replace(second=0, microsecond=0), language, content.shop().zone)


def _amount(minor: int, row: Order) -> str:
    return locale.format_money(minor, row.currency, row.language)
