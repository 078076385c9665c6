"""The end of a case: money, and the last knot."""

from django.db.models import Sum

from nitka.ground.facts.actions import tell
from nitka.sale.returns import refunding, steps
from nitka.sale.returns.facts import CaseClosed
from nitka.sale.returns.models import Case, CaseLine, Kind
from nitka.sale.returns.steps import State


def sum_up(case: Case) -> int:
    """What goes back, of the lines as they came: the sums of the case follow, and it is returned."""
    if case.kind != Kind.RETURN:
        return case.refund_minor
    rows = CaseLine.objects.filter(case=case, counts=True).order_by()
    sums = rows.aggregate(goods=Sum("paid_minor"), restocking=Sum("restocking_minor"))
    goods, restocking = sums["goods"] or 0, sums["restocking"] or 0
    whole = goods == case.goods_minor
    delivery = case.delivery_minor if whole else 0
    refund = max(0, goods - restocking - (case.label_minor if goods else 0) + delivery)
    if case.ceiling_minor is not None:
        refund = min(refund, case.ceiling_minor)
    steps.write(case, goods_minor=goods, restocking_minor=restocking, delivery_minor=delivery, refund_minor=refund)
    return refund


def send_money(case: Case, minor: int, *, actor: str) -> None:
    """Set it off, and note it."""
    refunding.send_back(case, minor=minor, actor=actor)
    steps.note(case, "refunded", actor=actor, detail={"minor": minor, "to": case.refund_to})
    steps.write(case, refunded_minor=minor)


def close(case: Case, *, actor: str) -> None:
    """All is done. What was replaced may come back another time: the shopper has a whole piece again."""
    if case.kind == Kind.REPLACEMENT:
        steps.let_go(case)
    steps.note(case, "closed", actor=actor)
    steps.write(case, state=State.CLOSED, send_before=None)
    tell(
        CaseClosed(
            order_id=case.order_id, case_id=case.id, code=case.code, order_code=case.order_code,
            customer_id=case.customer_id, case_kind=case.kind, currency=case.currency,
            refunded_minor=case.refunded_minor, to=case.refund_to.split(":")[0],
        )
    )  # fmt: skip


def close_if_done(case: Case, *, actor: str) -> None:
    """An exchange is done when the old pieces were looked at and the new ones have left; a replacement when the new
    ones have left, and the old are here where we wanted them."""
    if case.new_shipment_id is None or (case.needs_goods and case.state != State.GRADED):
        return
    if case.refund_minor and not case.refunded_minor:
        send_money(case, case.refund_minor, actor=actor)
    close(case, actor=actor)
