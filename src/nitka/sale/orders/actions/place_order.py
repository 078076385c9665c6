"""Placing an order: rows in one transaction, then the gateway, then the settling.

Where a process dies: before the commit nothing happened; after it the sweeper asks the gateway, which knows the payment
by its key, and settles or lets go. So there is no order without an answer and no charge without an order.
"""

from collections import Counter
from dataclasses import asdict
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.ids import new_code, new_id
from nitka.sale.orders import placing, promising, risking, sourcing, special
from nitka.sale.orders.actions.settle import settle_with
from nitka.sale.orders.links import order_link_token
from nitka.sale.orders.models import Order, OrderLine
from nitka.sale.orders.problems import OrderProblem, UnknownOrderProblem
from nitka.sale.orders.steps import Status
from nitka.sale.orders.views import OrderDraft, Placed
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.payments.queries import Next, Verdict
from nitka.shelf.content import queries as content
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as pricing_queries


def place_order(*, draft: OrderDraft, idempotency_key: str, return_url: str) -> Placed:
    """Place an order and begin its payment; the same key gives the same answer and one charge.

    `accept_order` and `start_payment` in one; call it outside of a transaction. Raises OutOfStock, CouponProblem,
    PaymentDeclinedProblem (everything held is free again), GatewayUnreachedProblem (try again with the same key).
    """
    order_id = accept_order(draft=draft, key=idempotency_key)
    return start_payment(order_id=order_id, return_url=return_url)


@transaction.atomic
def accept_order(*, draft: OrderDraft, key: str) -> UUID:
    """Write the order, hold its goods, use its promotions, open its payment: all or nothing, no network.

    An order by bank transfer or cash on delivery is placed by this; one by card awaits its money. The same key gives
    the same order. Raises OutOfStock, CouponProblem, CreditProblem, RiskRefusedProblem (note it once the
    transaction is rolled back), OrderProblem where the cart has an order already.
    """
    try:
        attempt, verdict = risking.judged(draft)
    except payments.RiskRefusedProblem:
        known = Order.objects.filter(idempotency_key=key or None).values_list("id", flat=True).first()
        if known:
            return known
        raise
    order, is_fresh = _insert(draft, key, verdict)
    if not is_fresh:
        return order.id
    risking.noted(order, attempt, verdict)
    OrderLine.objects.bulk_create(_lines(order.id, draft))
    # A gift may be of a variant that is also bought.
    wanted = Counter[UUID]()
    for line in draft.quote.lines:
        wanted[line.variant_id] += line.quantity
    special.refuse_too_many_samples(order, wanted)
    places = sourcing.preferred(wanted, draft.country)
    inventory.hold_first(reference=order.id, lines=wanted, until=order.hold_until, prefer=places)
    pricing.use_promotions(reference=order.id, quote=draft.quote, buyer_key=pricing_queries.buyer_key(draft.email))
    _pay_by_credit(order, draft)
    if order.due_minor and order.payment_id:
        payments.open_payment(
            payment_id=order.payment_id, reference=order.id, label=order.code, provider=draft.payment_method,
            minor=order.due_minor, currency=order.currency, key=f"{order.id}", choice=draft.payment_choice,
            challenge=verdict.action in ("challenge", "review"),
        )  # fmt: skip
    if order.due_minor == 0 or payment_queries.placed_at_once(draft.payment_method):
        placing.place(order, paid=order.due_minor == 0, pieces=sum(wanted.values()))
    return order.id


def start_payment(*, order_id: UUID, return_url: str) -> Placed:
    """Ask the gateway to begin, and settle what it answers at once. Repeatable: the charge is made once.

    `{code}` and `{token}` in `return_url` are filled in. Outside of a transaction. Raises PaymentDeclinedProblem,
    GatewayUnreachedProblem.
    """
    row = Order.objects.filter(id=order_id).first()
    if row is None:
        raise UnknownOrderProblem(_("There is no such order."))
    token = order_link_token(row.id)
    if row.status == Status.FAILED:
        return settle_with(row, None)
    if row.status != Status.AWAITING or row.payment_id is None:
        return Placed(row.id, row.code, _standing(row), token, row.status)
    url = return_url.replace("{code}", row.code).replace("{token}", token)
    begun = payments.start(payment_id=row.payment_id, return_url=url)
    if begun.outcome and begun.outcome.state in ("authorised", "captured", "failed"):
        return settle_with(row, begun.outcome, answer=begun)
    if begun.kind == "done":
        return settle_with(row, payments.ask(payment_id=row.payment_id), answer=begun)
    return Placed(row.id, row.code, begun, token, row.status)


def _pay_by_credit(order: Order, draft: OrderDraft) -> None:
    """Gift cards and store credit pay first, in this very transaction; in the order of their ids, as all who lock them.

    Where they pay all of it, the first of them is the main payment.
    """
    main = None if order.due_minor else order.payment_id
    for part in sorted(draft.credit, key=lambda part: part.account_id):
        payments.pay_with_credit(
            reference=order.id, label=order.code, account_id=part.account_id, minor=part.minor,
            key=f"{order.id}:{part.account_id}", payment_id=main,
        )  # fmt: skip
        main = None


def _standing(row: Order) -> Next | None:
    return Next(kind="instructions", text=row.code) if row.payment_method == "bank_transfer" and not row.paid else None


def _insert(draft: OrderDraft, key: str, verdict: Verdict) -> tuple[Order, bool]:
    for _attempt in range(5):
        order = _row(draft, key, verdict)
        try:
            with transaction.atomic():
                order.save(force_insert=True)
            return order, True
        except IntegrityError as clash:
            constraint = getattr(getattr(clash.__cause__, "diag", None), "constraint_name", "") or ""
            if "idempotency_key" in constraint:
                return Order.objects.get(idempotency_key=key), False
            if "cart_id" in constraint:
                raise OrderProblem(_("This cart was ordered already.")) from clash
            if "code" not in constraint:
                raise
    raise OrderProblem(_("No order code was free. Try again."))


def _row(draft: OrderDraft, key: str, verdict: Verdict) -> Order:
    quote, delivery = draft.quote, draft.delivery
    until = payment_queries.hold_for(draft.payment_method) if draft.due_minor else None
    return Order(
        id=new_id(), code=new_code("NK"), idempotency_key=key or None, cart_id=draft.cart_id,
        came_from_cart=draft.cart_id, cart_version=draft.cart_version, customer_id=draft.customer_id,
        email=draft.email, name=draft.shipping_address.name or draft.billing_address.name,
        phone=draft.shipping_address.phone, language=draft.language, market=draft.market, country=draft.country,
        shipping_address=draft.shipping_address.as_dict(), billing_address=draft.billing_address.as_dict(),
        told_us=draft.told_us, note=draft.note, currency=quote.currency, tax_included=quote.tax_included,
        goods_minor=quote.goods_minor, discount_minor=quote.discount_minor,
        delivery_minor=quote.delivery_minor - draft.payment_fee_minor, payment_fee_minor=draft.payment_fee_minor,
        tax_minor=quote.tax_minor, delivery_tax_minor=quote.delivery_tax_minor, total_minor=quote.total_minor,
        taxes=[{**asdict(part), "rate": str(part.rate)} for part in quote.taxes],
        tax_kind=quote.tax_kind, tax_note=quote.tax_note, vat_number=quote.vat_number,
        coupon_codes=list(draft.coupon_codes),
        promotions=[{**asdict(each), "id": str(each.id)} for each in quote.promotions],
        delivery_code=delivery.code, promise=promising.kept(delivery),
        payment_method=draft.payment_method, payment_choice=draft.payment_choice,
        credit_minor=draft.credit_minor, review="pending" if verdict.action == "review" else "",
        risk_score=min(verdict.score, 9999),
        duties=asdict(draft.duties) if draft.duties else {},
        company_id=draft.company_id, po_number=draft.po_number, due_on=_due_on(draft),
        payment_id=new_id() if quote.total_minor else None, hold_until=clock.now() + until if until else None,
    )  # fmt: skip


def _due_on(draft: OrderDraft) -> date | None:
    """The day by which a company pays, counted from today in the shop's zone."""
    if draft.net_days is None or not draft.due_minor:
        return None
    return clock.local(clock.now(), content.shop().zone).date() + timedelta(days=draft.net_days)


def _lines(order_id: UUID, draft: OrderDraft) -> list[OrderLine]:
    copied = {line.variant_id: line for line in draft.lines}
    return [
        OrderLine(
            order_id=order_id, position=place, variant_id=line.variant_id,
            product_id=copied[line.variant_id].product_id, sku=copied[line.variant_id].sku,
            title=copied[line.variant_id].title, option_text=copied[line.variant_id].option_text,
            picture=copied[line.variant_id].picture, weight_g=copied[line.variant_id].weight_g,
            quantity=line.quantity, unit_minor=line.unit_minor, list_minor=line.list_minor,
            discount_minor=line.discount_minor, total_minor=line.total_minor, tax_rate=line.tax_rate,
            tax_minor=line.tax_minor, trial_until=special.trial_until(line.variant_id, draft.delivery.promise.day_to),
            gift=line.gift,
        )
        for place, line in enumerate(draft.quote.lines, start=1)
    ]  # fmt: skip
