"""The mails of a case: one function and one folder of templates each, in the reader's language."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import translation

from nitka.ground import clock, locale
from nitka.people.contact import actions as contact
from nitka.people.contact.actions import Attachment
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView
from nitka.sale.returns import labels, viewing
from nitka.sale.returns.models import Case
from nitka.sale.returns.views import CaseView
from nitka.sale.shipping import queries as shipping
from nitka.shelf.content import queries as content

FOLDER = "returns/mail"


def case_opened(case_id: UUID) -> None:
    """To the shopper: what was asked for, on what terms, and what happens next."""
    _to_shopper(case_id, "case_opened")


def case_approved(case_id: UUID) -> None:
    """To the shopper: yes, and how the goods come back."""
    _to_shopper(case_id, "case_approved")


def case_refused(case_id: UUID) -> None:
    """To the shopper: no, and why."""
    _to_shopper(case_id, "case_refused")


def trial_ends(case_id: UUID) -> None:
    """To the shopper: a home trial is over in two days; send it back, or keep it and do nothing."""
    _to_shopper(case_id, "trial_ends")


def case_received(case_id: UUID) -> None:
    """To the shopper: the parcel is here."""
    _to_shopper(case_id, "case_received")


def case_closed(case_id: UUID) -> None:
    """To the shopper: done, and what goes back where."""
    _to_shopper(case_id, "case_closed")


def case_cancelled(case_id: UUID) -> None:
    """To the shopper: it was called off."""
    _to_shopper(case_id, "case_cancelled")


def new_goods_sent(case_id: UUID) -> None:
    """To the shopper: the new pieces are on their way."""
    _to_shopper(case_id, "new_goods_sent")


def case_for_merchant(case_id: UUID) -> None:
    """To the shop: somebody asked for something; of a home trial nobody did, its way back was opened by the house."""
    row, order = _found(case_id)
    shop = content.shop()
    if not shop.email or row.trial:
        return
    language = shop.languages[0] if shop.languages else locale.FALLBACK
    with translation.override(language):
        contact.send_mail(
            to=shop.email, language=language, template=f"{FOLDER}/case_for_merchant",
            context=_context(row, order, language), purpose="merchant", reply_to=order.email,
        )  # fmt: skip


def _to_shopper(case_id: UUID, name: str) -> None:
    row, order = _found(case_id)
    with translation.override(order.language):
        contact.send_mail(
            to=order.email, language=order.language, template=f"{FOLDER}/{name}",
            context=_context(row, order, order.language), customer_id=order.customer_id,
            attachments=_papers(row) if name in ("case_opened", "case_approved") else (),
            reply_to=content.shop().email,
        )  # fmt: skip


def _papers(row: Case) -> tuple[Attachment, ...]:
    if row.state != Case.State.APPROVED or not row.needs_goods:
        return ()
    return (Attachment(f"{row.code}.pdf", "application/pdf", labels.slip_pdf(row)),)


def _found(case_id: UUID) -> tuple[Case, OrderView]:
    row = Case.objects.get(id=case_id)
    order = orders.order(row.order_id)
    assert order is not None  # a case keeps its order
    return row, order


def _context(row: Case, order: OrderView, language: str) -> dict[str, Any]:
    case = viewing.view_of(row, {line.id: line for line in order.lines})
    parcels = shipping.shipments_of(row.id) if row.new_shipment_id else ()
    return {
        "case": case, "order": order, "parcels": [each for each in parcels if each.id == row.new_shipment_id],
        "link": f"/{order.language}/order/{order.code}/returns/{row.code}?k={order.token}",
        "back_link": f"/back/returns/{row.code}/",
        "items": [_item(line) for line in case.lines],
        "send_before": locale.format_date(_last_day(row.send_before), language, "until") if row.send_before else "",
        "is_trial": row.trial, "told": lambda sentence: _told(sentence, case, order),
    }  # fmt: skip


def _told(sentence: str, case: CaseView, order: OrderView) -> str:
    """The sentence with its words; the kind of the case is written small unless it begins a sentence."""
    kind = case.kind_text
    values = {"kind": kind, "code": case.code, "order": order.code, "name": order.name, "state": case.state_text}
    return re.sub(rf"(?<=[^.։] ){re.escape(kind)}", kind[:1].lower() + kind[1:], sentence % values, count=1)


def _last_day(before: datetime) -> date:
    """The last day that is wholly before that moment, or holds it, on the shop's calendar."""
    return clock.local(before - timedelta(seconds=1), content.shop().zone).date()


def _item(line: Any) -> str:
    text = " · ".join(part for part in (f"{line.pieces} × {line.title}", line.option_text, line.reason_text) if part)
    return f"{text} → {line.new_text}" if line.new_text else text
