"""An order as customs see it: the parcel with what is in it, in plain English."""

from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.ground import clock, locale
from nitka.people.customers.queries import PostalAddress
from nitka.sale.orders import viewing
from nitka.sale.orders.models import Invoice, Order, OrderLine
from nitka.sale.orders.problems import UnknownOrderProblem
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping.queries import Consignment, DeclaredGoods
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content


def customs_pdf(order_id: UUID, paper: Literal["cn22", "cn23", "invoice"] | None = None) -> bytes:
    """See `queries.customs_pdf`."""
    return shipping.customs_pdf(consignment(order_id), paper)


def consignment(order_id: UUID) -> Consignment:
    """The goods of an order that are not cancelled, at what was paid for them without tax."""
    row = Order.objects.filter(id=order_id).first()
    if row is None:
        raise UnknownOrderProblem(_("There is no such order."))
    shop, terms = content.shop(), shipping.customs_terms(row.market)
    border = viewing.duties_of(row)
    lines = list(OrderLine.objects.filter(order=row, quantity__gt=0).order_by("position"))
    variants = catalog.variants([line.variant_id for line in lines if line.variant_id])
    invoice = Invoice.objects.filter(order=row, kind="invoice").order_by("issued_at").first()
    goods = []
    for line in lines:
        pieces = line.quantity - line.cancelled
        known = variants.get(line.variant_id) if line.variant_id else None
        if pieces > 0:
            net = line.total_minor - (line.tax_minor if row.tax_included else 0)
            english = locale.pick(known.title, "en") if known else line.title
            goods.append(
                DeclaredGoods(
                    name=(known.customs_name if known else "") or english, pieces=pieces,
                    weight_g=line.weight_g * pieces, worth_minor=net * pieces // line.quantity,
                    hs_code=known.hs_code if known else "", origin=known.origin_country if known else "",
                )
            )  # fmt: skip
    sender = PostalAddress(
        name=shop.legal_name or shop.name, line1=shop.line1, line2=shop.line2, postcode=shop.postcode, city=shop.city,
        region=shop.region, country=shop.country,
    )  # fmt: skip
    return Consignment(
        reference=row.code, sent_on=clock.local(clock.now(), shop.zone).date(), sender=sender,
        sender_vat=shop.vat_number, sender_phone=shop.phone,
        recipient=PostalAddress.from_dict(row.shipping_address), currency=row.currency, goods=tuple(goods),
        delivery_minor=row.delivery_minor - (border.charged_minor if border else 0),
        # As it was agreed, whatever the merchant has changed since.
        paid_by_shop=border.paid_by_shop if border else terms.paid_by_shop, number=terms.number,
        invoice_number=str(getattr(invoice, "text", "") or ""),
    )  # fmt: skip


def customs_gaps(order_id: UUID) -> tuple[str, ...] | None:
    """See `queries.customs_gaps`."""
    row = Order.objects.filter(id=order_id).values("country").first()
    if row is None or not shipping.crosses_border(origin=shipping.origin().country, country=row["country"]):
        return None
    return shipping.missing_for_customs(consignment(order_id))
