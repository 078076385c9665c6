"""Returns, exchanges, replacements and complaints as the API shows them: cases, as we call them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from nitka.faces.api.order_shapes import iso
from nitka.sale.returns.queries import CaseView, Possible, Reckoning, Wanted


class Pieces(Schema):
    line_id: UUID
    pieces: int = Field(ge=1, le=10_000)
    reason: str = Field("", max_length=20, description="One of `reasons` of the kind.")
    new_variant_id: UUID | None = Field(None, description="For an exchange.")


class Named(Schema):
    code: str
    name: str


class PossibleLine(Schema):
    line_id: UUID
    left: int = Field(description="Pieces that arrived and are not on their way back.")
    why_not: str
    until: str | None
    paid_minor: int


class PossibleKind(Schema):
    kind: str
    name: str
    possible: bool
    code: str = Field(description="The problem that a request would meet.")
    why_not: str
    until: str | None
    lines: list[PossibleLine]
    terms: list[str] = Field(description="The policy in sentences; show them before the click.")
    reasons: list[Named]
    refund_to: list[Named]
    needs_photo: bool
    once_only: bool


class Money(Schema):
    """What a case comes to, in minor units."""

    currency: str
    goods_minor: int
    restocking_minor: int
    label_minor: int
    delivery_minor: int
    over_ceiling_minor: int
    refund_minor: int
    to_pay_minor: int


class CaseLine(Schema):
    id: UUID
    line_id: UUID
    variant_id: UUID | None
    title: str
    option_text: str
    sku: str
    pieces: int
    reason: str
    reason_text: str
    paid_minor: int
    new_variant_id: UUID | None
    new_text: str
    received: int
    grade: str


class CaseStep(Schema):
    kind: str
    text: str
    at: str
    note: str


class Case(Schema):
    code: str
    order_code: str
    kind: str
    kind_text: str
    state: str
    state_text: str
    legal: bool = Field(description="A withdrawal by law.")
    words: str
    answer: str
    terms: list[str]
    currency: str
    goods_minor: int
    refund_minor: int
    refunded_minor: int
    refund_to: str
    to_pay_minor: int
    needs_goods: bool
    way_back: str
    has_label: bool
    can_cancel: bool
    can_send: bool
    tracking_number: str
    send_before: str | None
    requested_at: str
    lines: list[CaseLine]
    steps: list[CaseStep]
    photos: list[UUID]


def case(view: CaseView) -> Case:
    """One case."""
    plain = {name: getattr(view, name) for name in Case.model_fields if hasattr(view, name)}
    return Case(**{
        **plain, "terms": list(view.terms), "send_before": iso(view.send_before), "photos": list(view.photos),
        "requested_at": view.requested_at.isoformat(), "lines": [CaseLine.from_orm(line) for line in view.lines],
        "steps": [CaseStep(kind=each.kind, text=each.text, at=each.at.isoformat(), note=each.note)
                  for each in view.steps],
    })  # fmt: skip


def kinds(found: Possible) -> list[PossibleKind]:
    """What can be asked for."""
    return [
        PossibleKind(
            kind=each.kind, name=each.name, possible=each.possible, code=each.code, why_not=each.why_not,
            until=iso(each.until), terms=list(each.terms), reasons=_named(each.reasons),
            refund_to=_named(each.refund_to), needs_photo=each.needs_photo, once_only=each.once_only,
            lines=[
                PossibleLine(line_id=line.line_id, left=line.left, why_not=line.why_not, until=iso(line.until),
                             paid_minor=line.paid_minor)
                for line in each.lines
            ],
        )
        for each in found.kinds
    ]  # fmt: skip


def money(sums: Reckoning) -> Money:
    """What it comes to."""
    return Money(**{name: getattr(sums, name) for name in Money.model_fields})


def wanted(lines: Sequence[Pieces]) -> list[Wanted]:
    """As the verbs take them."""
    return [Wanted(each.line_id, each.pieces, each.reason, each.new_variant_id) for each in lines]


def _named(pairs: Any) -> list[Named]:
    return [Named(code=code, name=name) for code, name in pairs]
