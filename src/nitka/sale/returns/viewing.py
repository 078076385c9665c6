"""From rows to values."""

from collections.abc import Iterable
from uuid import UUID

from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import LineView
from nitka.sale.returns import words
from nitka.sale.returns.models import Case, CaseLine, CasePhoto, CaseStep
from nitka.sale.returns.views import CaseLineView, CaseStepView, CaseView


def view_of(row: Case, bought: dict[UUID, LineView] | None = None) -> CaseView:
    """All of a case."""
    return next(iter(views_of([row], bought)))


def views_of(rows: Iterable[Case], bought: dict[UUID, LineView] | None = None) -> list[CaseView]:
    """All of some cases of one order: three queries, and the order's lines where they are not handed over."""
    cases = list(rows)
    if not cases:
        return []
    if bought is None:
        order = orders.order(cases[0].order_id)
        bought = {line.id: line for line in order.lines} if order else {}
    ids = [case.id for case in cases]
    lines = list(CaseLine.objects.filter(case_id__in=ids).order_by("id"))
    steps = list(CaseStep.objects.filter(case_id__in=ids).order_by("at", "id"))
    photos = list(CasePhoto.objects.filter(case_id__in=ids).order_by("id").values_list("case_id", "id"))
    return [
        _view(
            case, tuple(_line(row, bought.get(row.line_id)) for row in lines if row.case_id == case.id),
            tuple(_step(row, case.kind) for row in steps if row.case_id == case.id),
            tuple(photo for of, photo in photos if of == case.id),
        )
        for case in cases
    ]  # fmt: skip


def rows_of(case_id: UUID) -> list[CaseLine]:
    """The pieces of a case."""
    return list(CaseLine.objects.filter(case_id=case_id).order_by("id"))


def _view(
    row: Case, lines: tuple[CaseLineView, ...], steps: tuple[CaseStepView, ...], photos: tuple[UUID, ...]
) -> CaseView:
    return CaseView(
        id=row.id, code=row.code, kind=row.kind, kind_text=words.kind_text(row.kind), state=row.state,
        state_text=words.state_text(row.state, row.kind), order_id=row.order_id, order_code=row.order_code,
        customer_id=row.customer_id, legal=row.withdrawal_id is not None, words=row.words, answer=row.answer,
        terms=tuple(row.terms.get("said", ())), currency=row.currency, goods_minor=row.goods_minor,
        restocking_minor=row.restocking_minor, label_minor=row.label_minor, delivery_minor=row.delivery_minor,
        refund_minor=row.refund_minor, difference_minor=row.difference_minor, difference_paid=row.difference_paid,
        refund_to=row.refund_to, refund_to_text=words.refund_to_text(row.refund_to), refunded_minor=row.refunded_minor,
        payment_id=row.payment_id, needs_goods=row.needs_goods, way_back=row.terms.get("way_back", "shop"),
        tracking_number=row.tracking_number, label_shipment_id=row.label_shipment_id,
        new_shipment_id=row.new_shipment_id, send_before=row.send_before, requested_at=row.requested_at,
        lines=lines, steps=steps, photos=photos,
    )  # fmt: skip


def _line(row: CaseLine, bought: LineView | None) -> CaseLineView:
    return CaseLineView(
        row.id, row.line_id, row.variant_id, bought.title if bought else "", bought.option_text if bought else "",
        bought.picture if bought else "", bought.sku if bought else "", row.pieces, row.reason,
        words.reason_text(row.reason) if row.reason else "", row.paid_minor, row.new_variant_id, row.new_text,
        row.new_minor, row.received, row.grade, words.grade_text(row.grade) if row.grade else "",
    )  # fmt: skip


def _step(row: CaseStep, kind: str) -> CaseStepView:
    return CaseStepView(
        row.kind, words.step_text(row.kind, kind), row.at, row.actor, words.note_text(row.note), row.detail
    )
