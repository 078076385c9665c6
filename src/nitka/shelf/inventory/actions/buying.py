"""Suppliers, and what is ordered of them."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from nitka.ground import clock, locale
from nitka.people.contact import actions as contact
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import buying, levels
from nitka.shelf.inventory.models import (
    InboundShipment,
    PurchaseLine,
    PurchaseOrder,
    Supplier,
    SupplierItem,
)
from nitka.shelf.inventory.problems import BuyingProblem

State = PurchaseOrder.State


@transaction.atomic
def put_supplier(
    *, code: str, name: str, country: str, currency: str, email: str = "", language: str = "en", lead_days: int = 14,
    active: bool = True,
) -> UUID:  # fmt: skip
    """Make or change a supplier, found by its code. `lead_days` from the order to the goods on the shelf."""
    if not code or not name or len(country) != 2 or len(currency) != 3 or lead_days < 0:
        raise BuyingProblem(_("A supplier needs a code, a name, a country and a currency."))
    values = {
        "name": name, "country": country.upper(), "currency": currency.upper(), "email": email.strip().lower(),
        "language": language, "lead_days": lead_days, "active": active,
    }  # fmt: skip
    row, _made = Supplier.objects.update_or_create(code=code, defaults=values)
    return row.id


@transaction.atomic
def put_supplier_item(
    *, supplier: str, variant_id: UUID, cost_minor: int, supplier_sku: str = "", pack: int = 1, minimum: int = 1,
    preferred: bool = True,
) -> None:  # fmt: skip
    """Say what a variant costs at a supplier (minor units of its currency, a piece) and in which quantities it comes.

    One supplier of a variant is preferred: the machine orders of that one.
    """
    if cost_minor < 0 or pack < 1 or minimum < 1:
        raise BuyingProblem(_("A cost is not below zero, and a pack holds at least one piece."))
    row = _supplier(supplier)
    if preferred:
        SupplierItem.objects.filter(variant_id=variant_id, preferred=True).update(preferred=False)
    SupplierItem.objects.update_or_create(
        supplier=row, variant_id=variant_id,
        defaults={"cost_minor": cost_minor, "supplier_sku": supplier_sku, "pack": pack, "minimum": minimum,
                  "preferred": preferred},
    )  # fmt: skip


@transaction.atomic
def draft_purchase(
    *, supplier: str, location: str, lines: Mapping[UUID, int], note: str = "", by_machine: bool = False
) -> UUID:  # fmt: skip
    """Write a purchase order that is not sent yet: pieces by variant, at the supplier's known cost (else zero).

    The machine has one draft for each supplier and location, and writes over it.
    """
    row, place = _supplier(supplier), levels.place_of(location)
    _one_at_a_time()
    purchase = None
    if by_machine:
        purchase = PurchaseOrder.objects.filter(
            supplier=row, location_id=place, state=State.DRAFT, by_machine=True
        ).first()
    if purchase is None:
        last = PurchaseOrder.objects.aggregate(last=Max("number"))["last"] or 0
        purchase = PurchaseOrder.objects.create(
            number=last + 1, supplier=row, location_id=place, currency=row.currency, note=note, by_machine=by_machine
        )
    _write_lines(purchase, lines, {})
    return purchase.id


@transaction.atomic
def change_purchase(
    *, purchase_id: UUID, lines: Mapping[UUID, int], costs: Mapping[UUID, int] | None = None, note: str | None = None
) -> None:  # fmt: skip
    """Change what a draft orders: pieces by variant (none: the line goes) and the cost of a piece where it is known
    better. A machine's draft that a person changed is a person's."""
    purchase = _locked(purchase_id)
    if purchase.state != State.DRAFT:
        raise BuyingProblem(_("This order is at the supplier already. Cancel it, or order the rest anew."))
    _write_lines(purchase, lines, costs or {})
    purchase.note, purchase.by_machine = purchase.note if note is None else note, False
    purchase.save(update_fields=["note", "by_machine"])


@transaction.atomic
def send_purchase(*, purchase_id: UUID) -> None:
    """The order goes to the supplier, by mail where an address is known; the day it is expected follows from the lead
    time. Refuses an empty draft, and a second time."""
    purchase = _locked(purchase_id)
    view = buying.purchase_view(purchase)
    if purchase.state != State.DRAFT or not view.lines:
        raise BuyingProblem(_("Only a draft with at least one line can be sent."))
    purchase.state, purchase.sent_at, purchase.by_machine = State.SENT, clock.now(), False
    purchase.expected_on = clock.now().date() + timedelta(days=purchase.supplier.lead_days)
    purchase.save(update_fields=["state", "sent_at", "by_machine", "expected_on"])
    if purchase.supplier.email:
        _mail(buying.purchase_view(purchase))


@transaction.atomic
def cancel_purchase(*, purchase_id: UUID) -> None:
    """Nothing more of this order is expected. Refuses while goods are on their way, and what is closed."""
    purchase = _locked(purchase_id)
    if purchase.state not in (State.DRAFT, State.SENT):
        raise BuyingProblem(_("This purchase order is closed already."))
    if InboundShipment.objects.filter(purchase=purchase, state=InboundShipment.State.IN_TRANSIT).exists():
        raise BuyingProblem(_("Goods of this order are on their way; receive or close the shipment first."))
    got = PurchaseLine.objects.filter(purchase=purchase, received__gt=0).exists()
    purchase.state = State.CLOSED if got else State.CANCELLED
    purchase.save(update_fields=["state"])


def _supplier(code: str) -> Supplier:
    row = Supplier.objects.filter(code=code).first()
    if row is None:
        raise BuyingProblem(_("There is no supplier %(code)s.") % {"code": code})
    return row


def _locked(purchase_id: UUID) -> PurchaseOrder:
    rows = PurchaseOrder.objects.select_for_update(of=("self",)).select_related("supplier", "location")
    row = rows.filter(id=purchase_id).first()
    if row is None:
        raise BuyingProblem(_("There is no such purchase order."))
    return row


def _one_at_a_time() -> None:
    """Numbers follow each other, and the machine writes one draft."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('purchase orders', 0))")


def _write_lines(purchase: PurchaseOrder, lines: Mapping[UUID, int], costs: Mapping[UUID, int]) -> None:
    if any(pieces < 0 for pieces in lines.values()) or any(cost < 0 for cost in costs.values()):
        raise BuyingProblem(_("Pieces and costs are not below zero."))
    items = SupplierItem.objects.filter(supplier_id=purchase.supplier_id, variant_id__in=list(lines))
    known = dict(items.values_list("variant_id", "cost_minor"))
    known |= dict(PurchaseLine.objects.filter(purchase=purchase).values_list("variant_id", "cost_minor"))
    PurchaseLine.objects.filter(purchase=purchase).delete()
    PurchaseLine.objects.bulk_create(
        PurchaseLine(
            purchase=purchase, variant_id=variant_id, pieces=pieces,
            cost_minor=costs.get(variant_id, known.get(variant_id, 0)),
        )
        for variant_id, pieces in sorted(lines.items())
        if pieces
    )  # fmt: skip


def _mail(purchase: buying.PurchaseView) -> None:
    supplier = purchase.supplier
    variants = catalog.variants({line.variant_id for line in purchase.lines})
    items = SupplierItem.objects.filter(supplier_id=supplier.id, variant_id__in=variants)
    theirs = dict(items.values_list("variant_id", "supplier_sku"))
    with translation.override(supplier.language):
        rows = [
            {
                "sku": theirs.get(line.variant_id) or variants[line.variant_id].sku,
                "title": locale.pick(variants[line.variant_id].title, supplier.language),
                "pieces": line.pieces, "cost_minor": line.cost_minor,
            }
            for line in purchase.lines
        ]  # fmt: skip
        contact.send_mail(
            to=supplier.email, language=supplier.language, template="inventory/mail/purchase_order",
            context={"purchase": purchase, "rows": rows}, purpose="merchant",
        )  # fmt: skip
