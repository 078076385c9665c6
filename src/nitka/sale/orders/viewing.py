"""From rows to values."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.dateparse import parse_date, parse_datetime

from nitka.ground import clock
from nitka.people.customers.queries import PostalAddress
from nitka.sale.orders import words
from nitka.sale.orders.links import order_link_token
from nitka.sale.orders.models import Order, OrderLine, OrderStep, Withdrawal
from nitka.sale.orders.steps import OPEN, TO_SEND, Status
from nitka.sale.orders.views import (
    ExpectedStep,
    LineView,
    OrderRow,
    OrderView,
    PromiseView,
    StepView,
    TaxView,
    WithdrawalView,
)
from nitka.sale.payments import queries as payments
from nitka.sale.payments.queries import BankInstructions, PaymentView, RefundView
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping.queries import Duties, PointView
from nitka.shelf.content import queries as content
from nitka.shelf.pricing.queries import AppliedPromotion

WITHDRAWAL_DAYS = 14
HAS_LEFT = {"shipped", "part_shipped"}


def view_of(row: Order) -> OrderView:
    """All of an order. Payment is looked up only while it is not here, parcels only once there are any."""
    steps = steps_of(row.id)
    kinds = {step.kind for step in steps}
    until = withdraw_until(steps)
    promise = promise_of(row)
    return OrderView(
        id=row.id, code=row.code, token=order_link_token(row.id), status=row.status,
        status_text=words.status_text(row.status, paid=row.paid or not _pays_before(row)), paid=row.paid,
        customer_id=row.customer_id, email=row.email, name=row.name, phone=row.phone, language=row.language,
        market=row.market, country=row.country, shipping_address=PostalAddress.from_dict(row.shipping_address),
        billing_address=PostalAddress.from_dict(row.billing_address), note=row.note, told_us=row.told_us,
        currency=row.currency, tax_included=row.tax_included, goods_minor=row.goods_minor,
        discount_minor=row.discount_minor, delivery_minor=row.delivery_minor,
        payment_fee_minor=row.payment_fee_minor, tax_minor=row.tax_minor, total_minor=row.total_minor,
        credit_minor=row.credit_minor,
        refunded_minor=row.refunded_minor, taxes=taxes_of(row), coupon_codes=tuple(row.coupon_codes), promise=promise,
        payment_method=row.payment_method, payment_name=payments.method_name(row.payment_method),
        payment=_payment(row), refunds=_refunds(row), bank=_bank(row), hold_until=row.hold_until,
        created_at=row.created_at, placed_at=row.placed_at, lines=lines_of(row.id), steps=steps,
        expected=_expected(row, kinds, promise), shipments=shipping.shipments_of(row.id) if kinds & HAS_LEFT else (),
        withdrawals=_withdrawals(row.id) if "withdrawn" in kinds else (),
        can_cancel=row.status in OPEN and not row.source, can_withdraw=may_withdraw(row, until), withdraw_until=until,
        has_invoice=not row.source and (row.paid or bool(kinds & HAS_LEFT)), source=row.source, number=row.number,
        imported=row.imported, review=row.review, duties=duties_of(row),
        promotions=tuple(AppliedPromotion(**{**each, "id": UUID(each["id"])}) for each in row.promotions),
        company_id=row.company_id, po_number=row.po_number, due_on=row.due_on,
    )  # fmt: skip


def duties_of(row: Order) -> Duties | None:
    """What the shopper was told of the border when they ordered."""
    return Duties(**row.duties) if row.duties else None


def row_of(row: Order) -> OrderRow:
    """An order in a list."""
    return OrderRow(
        row.id, row.code, row.status, words.status_text(row.status, paid=row.paid or not _pays_before(row)), row.paid,
        row.name, row.email, row.country, row.market, row.currency, row.total_minor, row.payment_method,
        row.delivery_code, parse_date(row.promise.get("day_to", "")), row.placed_at, row.source,
    )  # fmt: skip


def lines_of(order_id: UUID) -> tuple[LineView, ...]:
    """The lines in their order."""
    fields = LineView.__dataclass_fields__
    rows = OrderLine.objects.filter(order_id=order_id).order_by("position").values_list(*fields)
    return tuple(LineView(*row) for row in rows)


def steps_of(order_id: UUID) -> tuple[StepView, ...]:
    """What happened, oldest first."""
    rows = OrderStep.objects.filter(order_id=order_id).order_by("at", "id")
    return tuple(StepView(row.kind, _text_of(row), row.at, row.actor, row.note, row.detail) for row in rows)


def _text_of(row: OrderStep) -> str:
    return words.change_text(row.detail.get("what", "")) if row.kind == "changed" else words.step_text(row.kind)


def taxes_of(row: Order) -> tuple[TaxView, ...]:
    return tuple(TaxView(Decimal(part["rate"]), part["base_minor"], part["tax_minor"]) for part in row.taxes)


def promise_of(row: Order) -> PromiseView:
    """The promise as it was stored with the order."""
    kept = row.promise
    before = kept.get("order_before") or ""
    computed = parse_datetime(kept.get("computed_at", "")) or row.created_at
    first, last = (parse_date(kept.get(name, "")) or date.min for name in ("day_from", "day_to"))
    return PromiseView(
        kept.get("code", ""), kept.get("name", ""), first, last, parse_datetime(before) if before else None,
        kept.get("source", ""), computed, kept.get("cause", ""), parse_date(kept.get("promised", "")),
        kept.get("choice", ""), PointView(**kept["point"]) if kept.get("point") else None,
    )  # fmt: skip


def sender() -> PostalAddress:
    """The shop, as it stands on a parcel."""
    shop = content.shop()
    return PostalAddress(
        name=shop.legal_name or shop.name, line1=shop.line1, line2=shop.line2, postcode=shop.postcode, city=shop.city,
        region=shop.region, country=shop.country, phone=shop.phone,
    )  # fmt: skip


def withdraw_until(steps: tuple[StepView, ...]) -> datetime | None:
    """The end of the fourteenth day after delivery in the shop's zone, or of the Monday after where that is a weekend.

    None while nothing was delivered: until then one may always withdraw. (Directive 2011/83/EU, articles 9 and 11a,
    and Regulation 1182/71, article 3.)
    """
    delivered = next((step.at for step in steps if step.kind == "delivered"), None)
    if delivered is None:
        return None
    zone = content.shop().zone
    day = clock.local(delivered, zone).date() + timedelta(days=WITHDRAWAL_DAYS)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return clock.at_local(day + timedelta(days=1), time(0), zone)


def may_withdraw(row: Order, until: datetime | None) -> bool:
    """From the placing until the time is over; there is nothing to withdraw from where the order was cancelled."""
    stands = row.status in (*TO_SEND, Status.SHIPPED, Status.DELIVERED)
    return stands and not row.source and (until is None or clock.now() < until)


def _pays_before(row: Order) -> bool:
    return row.payment_method not in payments.PAID_LATER and not row.secured


def _payment(row: Order) -> PaymentView | None:
    return payments.payment(row.payment_id) if row.payment_id and not row.paid else None


def _refunds(row: Order) -> tuple[RefundView, ...]:
    may_have_any = row.payment_id and (row.status == Status.CANCELLED or row.refunded_minor)
    return payments.refunds_of(row.id) if may_have_any else ()


def _bank(row: Order) -> BankInstructions | None:
    waits = row.payment_method == "bank_transfer" and row.status in OPEN
    owes = row.payment_method == "on_account" and row.status not in (Status.CANCELLED, Status.FAILED)
    if row.paid or not (waits or (owes and content.shop().iban)):
        return None
    return payments.bank_instructions(label=row.code, minor=row.due_minor, currency=row.currency)


def _withdrawals(order_id: UUID) -> tuple[WithdrawalView, ...]:
    rows = Withdrawal.objects.filter(order_id=order_id).order_by("declared_at")
    return tuple(WithdrawalView(row.id, row.name, row.lines, row.declared_at) for row in rows)


def _expected(row: Order, done: set[str], promise: PromiseView) -> tuple[ExpectedStep, ...]:
    """What is still to come, in its order."""
    if row.source or row.status in (Status.CANCELLED, Status.FAILED, Status.DELIVERED):
        return ()
    way = ["paid", "packed", "shipped", "delivered"] if _pays_before(row) else ["packed", "shipped", "delivered"]
    furthest = max((way.index(kind) for kind in done if kind in way), default=-1)
    # Until the money is here there is no day to promise: the days are counted from then.
    day = promise.day_to if row.paid or not _pays_before(row) else None
    return tuple(
        ExpectedStep(kind, words.step_text(kind), day if kind == "delivered" else None) for kind in way[furthest + 1 :]
    )
