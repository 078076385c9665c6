"""The way back on paper: the carrier's label where we pay for it, and always a slip with a code for our scanner."""

import io
from pathlib import Path

import segno
from django.utils import translation

from nitka.ground.web.pages import render_text
from nitka.ground.web.papers import draw
from nitka.people.customers.queries import PostalAddress
from nitka.sale.orders import queries as orders
from nitka.sale.returns import viewing
from nitka.sale.returns.models import Case
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping import queries as shipping_queries
from nitka.shelf.content import queries as content

_STYLE = Path(__file__).parent / "jinja2" / "returns" / "papers" / "slip.css"
LEAST_GRAMS = 100


def announce(case: Case) -> None:
    """Write down the parcel that shall come back, and have its label made by a task: carriers are asked outside of
    transactions. Nothing where the shopper pays for the way back without our label, nothing comes back, or no carrier
    here makes labels: then the slip does."""
    from nitka.sale.returns.tasks import make_label

    if not case.needs_goods or not _is_ours(case) or case.label_shipment_id:
        return
    order = orders.order(case.order_id)
    if order is None or not content.shop().is_set_up:
        return
    went = next(iter(order.shipments), None)
    carrier = shipping_queries.labelling(went.carrier if went else "")
    if not carrier:
        return
    shipment_id = shipping.announce(
        reference=case.id, carrier=carrier,
        sender=order.shipping_address, recipient=shop_address(), weight_g=_weight(case), note=case.code, reverse=True,
    )  # fmt: skip
    Case.objects.filter(id=case.id).update(label_shipment_id=shipment_id)
    case.label_shipment_id = shipment_id
    make_label.later(case_id=str(case.id), lock=f"label:{case.id}")


def label_pdf(case: Case) -> bytes | None:
    """The carrier's label, once it was made."""
    return shipping_queries.label_pdf(case.label_shipment_id) if case.label_shipment_id else None


def trouble(case: Case) -> str:
    """Why the carrier makes no label for this way back, in the carrier's words."""
    return shipping_queries.label_trouble(case.label_shipment_id) if case.label_shipment_id else ""


def slip_pdf(case: Case) -> bytes:
    """What lies in the parcel: what comes back, whose it is, and the code that our scanner reads."""
    order = orders.order(case.order_id)
    assert order is not None  # a case keeps its order
    with translation.override(order.language):
        context = {
            "case": viewing.view_of(case), "order": order, "shop": content.shop(), "language": order.language,
            "to": content.shop().address_lines(order.language), "qr": qr_svg(case.code), "units": "metric",
        }  # fmt: skip
        html = render_text("returns/papers/slip.html", context)
    return draw(html, style=_STYLE)


def qr_svg(code: str) -> str:
    """The case's code as a picture that a scanner at the counter reads."""
    out = io.BytesIO()
    segno.make(code, error="m", micro=False).save(
        out, kind="svg", scale=5, border=3, xmldecl=False, svgns=True, omitsize=False, light="#fff", dark="#000"
    )
    return out.getvalue().decode()


def shop_address() -> PostalAddress:
    """Where parcels come back to."""
    shop = content.shop()
    return PostalAddress(
        name=shop.name, company=shop.legal_name, line1=shop.line1, line2=shop.line2, postcode=shop.postcode,
        city=shop.city, region=shop.region, country=shop.country, phone=shop.phone,
    )  # fmt: skip


def _is_ours(case: Case) -> bool:
    return case.terms.get("way_back") == "shop" or case.label_minor > 0


def _weight(case: Case) -> int:
    order = orders.order(case.order_id)
    grams = {line.id: line.weight_g for line in order.lines} if order else {}
    return max(LEAST_GRAMS, sum(grams.get(row.line_id, 0) * row.pieces for row in viewing.rows_of(case.id)))
