"""The thread of an order: what happened, what was promised, and what is late."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from nitka.faces.storefront.checkout_words import arrives
from nitka.ground import clock, locale
from nitka.sale.orders.queries import ExpectedStep, OrderView, StepView
from nitka.sale.shipping.queries import ShipmentView


@dataclass(frozen=True)
class Knot:
    """One knot: `state` is done, now, promised or danger."""

    title: str
    state: str
    when: str = ""
    at: str = ""
    text: str = ""
    parcels: tuple[ShipmentView, ...] = ()


def knots(order: OrderView, language: str, zone: str) -> list[Knot]:
    """All knots, oldest first."""
    done = [_happened(step, order, language, zone) for step in order.steps]
    late = clock.today(zone) > order.promise.day_to
    return [*done, *(_to_come(step, order, language, zone, late) for step in order.expected)]


def headline(order: OrderView, language: str, zone: str) -> str:
    """The one sentence that a shopper opens the page for."""
    if order.status == "awaiting":
        waits = order.payment and (order.payment.has_page or order.payment.resume_url)
        return _("Your order waits for its payment") if waits else _("Your payment is being confirmed")
    if order.status == "failed":
        return _("This order was not placed")
    if order.status == "cancelled":
        return _("This order was cancelled")
    delivered = next((step.at for step in order.steps if step.kind == "delivered"), None)
    if delivered:
        return _("Delivered on %(day)s") % {"day": locale.format_date(clock.local(delivered, zone).date(), language)}
    if order.bank and not order.due_on:
        return _("Thank you! We are waiting for your transfer")
    if clock.today(zone) > order.promise.day_to:
        return _("This parcel is late. We are sorry, and we are on it")
    return arrives(order.promise.day_from, order.promise.day_to, language)


def _happened(step: StepView, order: OrderView, language: str, zone: str) -> Knot:
    parcels = order.shipments if step.kind == "shipped" else ()
    return Knot(step.text, "done", locale.format_moment(step.at, language, zone), _iso(step.at), step.note, parcels)


def _to_come(step: ExpectedStep, order: OrderView, language: str, zone: str, late: bool) -> Knot:
    if step.kind == "delivered":
        return _promised(step, order, language, late)
    if step.kind == "paid" and order.hold_until and order.bank:
        until = locale.format_date(clock.local(order.hold_until, zone).date(), language)
        return Knot(step.text, "promised", text=_("We keep the goods for you until %(day)s.") % {"day": until})
    return Knot(step.text, "promised")


def _promised(step: ExpectedStep, order: OrderView, language: str, late: bool) -> Knot:
    if step.on is None:
        return Knot(step.text, "promised", text=_("The days are counted from when your money is here."))
    day = step.on
    if late:
        text = _("Promised for %(day)s.") % {"day": locale.format_date(day, language)}
        return Knot(step.text, "danger", at=_iso(day), text=text)
    if order.promise.cause and order.promise.choice != "change":
        text = _("Promised for %(day)s.") % {"day": locale.format_date(order.promise.given_day, language)}
        return Knot(step.text, "danger", when=_days(order, language), at=_iso(day), text=text)
    return Knot(step.text, "promised", when=_days(order, language), at=_iso(day))


def _days(order: OrderView, language: str) -> str:
    first, last = order.promise.day_from, order.promise.day_to
    if first == last:
        return locale.format_date(last, language)
    return _("between %(first)s and %(last)s") % {
        "first": locale.format_date(first, language), "last": locale.format_date(last, language),
    }  # fmt: skip


def _iso(moment: date | datetime) -> str:
    return moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()
