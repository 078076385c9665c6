"""How orders hang on a person, and what of them stays: sums for the books, the invoice for as long as tax law asks."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import NOWHERE, Party, StandIns, belongs, erases, refers
from nitka.sale.orders.change_models import OrderChange
from nitka.sale.orders.models import Invoice, MoneyBack, Order, OrderLine, OrderStep, Withdrawal

# Orders in these states need no address any more, unless an invoice bears it.
OVER = (Order.Status.FAILED, Order.Status.CANCELLED)


@belongs("orders.Order", _("Orders"), secret=["idempotency_key"])
def orders(party: Party) -> QuerySet[Order]:
    """Those of the customer, and those of the address that belong to nobody."""
    found = Q(customer_id__in=party.ids) | Q(customer_id=None, email__in=party.emails)
    return Order.objects.filter(found).order_by("created_at", "id")


@refers
def order_ids(party: Party) -> Collection[UUID]:
    return list(orders(party).values_list("id", flat=True))


@erases("orders.Order")
def empty_orders(party: Party, stand_ins: StandIns) -> int:
    """Sums, lines and dates stay. Addresses stay where an invoice bears them or a parcel still has to find its way."""
    rows = Order.objects.filter(id__in=party.references)
    billed = Exists(Invoice.objects.filter(order=OuterRef("pk")))
    rows.filter(~billed, status__in=OVER).update(shipping_address={}, billing_address={})
    return rows.update(
        email=f"erased-{stand_ins.person.hex}@{NOWHERE}", name="", phone="", note="", told_us={}
    )  # fmt: skip


@belongs("orders.OrderLine", _("What you ordered"))
def lines(party: Party) -> QuerySet[OrderLine]:
    return OrderLine.objects.filter(order_id__in=party.references)


@belongs("orders.OrderStep", _("What happened to your orders"))
def steps(party: Party) -> QuerySet[OrderStep]:
    return OrderStep.objects.filter(order_id__in=party.references)


@belongs("orders.MoneyBack", _("Refunds of your orders"), secret=["key"])
def money_back(party: Party) -> QuerySet[MoneyBack]:
    return MoneyBack.objects.filter(order_id__in=party.references)


@belongs("orders.Invoice", _("Invoices"))
def invoices(party: Party) -> QuerySet[Invoice]:
    return Invoice.objects.filter(order_id__in=party.references)


@belongs("orders.Withdrawal", _("Withdrawals from contracts"))
def withdrawals(party: Party) -> QuerySet[Withdrawal]:
    return Withdrawal.objects.filter(order_id__in=party.references)


@belongs("orders.OrderChange", _("What you changed of your orders"))
def changes(party: Party) -> QuerySet[OrderChange]:
    return OrderChange.objects.filter(order_id__in=party.references)


@erases("orders.OrderChange")
def empty_changes(party: Party, stand_ins: StandIns) -> int:
    """The address as it was before goes; what was paid for which goods stays with the order."""
    return OrderChange.objects.filter(order_id__in=party.references).update(detail={})
