"""Other goods in the same order: the lines, and the sums that follow from them. The order is locked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from nitka.ground.ids import new_id
from nitka.ground.locale import pick
from nitka.sale.orders.models import Order, OrderLine
from nitka.shelf.catalog.queries import VariantView
from nitka.shelf.pricing import queries as pricing


@dataclass(frozen=True, slots=True)
class Swap:
    """So many pieces of a line become another variant."""

    line_id: UUID
    variant_id: UUID
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class PricedSwap:
    """A swap with the price that was told for it."""

    line_id: UUID
    variant_id: UUID
    pieces: int
    unit_minor: int
    list_minor: int

    def as_dict(self) -> dict[str, Any]:
        return {"line": str(self.line_id), "variant": str(self.variant_id), "pieces": self.pieces,
                "unit_minor": self.unit_minor, "list_minor": self.list_minor}  # fmt: skip

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "PricedSwap":
        return cls(UUID(kept["line"]), UUID(kept["variant"]), kept["pieces"], kept["unit_minor"], kept["list_minor"])


@dataclass(frozen=True, slots=True)
class Sums:
    """How the sums of an order move."""

    goods_minor: int = 0
    discount_minor: int = 0
    tax_minor: int = 0
    taxes: tuple[tuple[Decimal, int, int], ...] = ()

    def difference(self, tax_included: bool) -> int:
        """What the total moves by."""
        return self.goods_minor - self.discount_minor + (0 if tax_included else self.tax_minor)


def relined(order: Order, lines: Sequence[OrderLine], swaps: Iterable[PricedSwap]) -> tuple[list[OrderLine], Sums]:
    """The lines that come of it (unsaved; those without pieces are to go), and the move of the sums.

    What a line's discount took off a piece, it takes off the new piece too, but never more than that costs.
    """
    place = pricing.market(order.market)
    after: list[OrderLine] = []
    sums = Sums()
    for line in lines:
        mine = [swap for swap in swaps if swap.line_id == line.id]
        if not mine:
            continue
        kept = line.quantity - sum(swap.pieces for swap in mine)
        sums = _plus(sums, line, -1, order)
        off = line.discount_minor
        for number, swap in enumerate(mine):
            is_last = not kept and number == len(mine) - 1
            share = off if is_last else line.discount_minor * swap.pieces // line.quantity
            off -= share
            made = _resized(line, swap.pieces, swap.unit_minor, swap.list_minor, share, order, place)
            # Where nothing of the old goods is left, the first of the new ones take their row.
            made.id = line.id if not kept and number == 0 else new_id()
            made.variant_id = swap.variant_id
            after.append(made)
        if kept:
            after.append(_resized(line, kept, line.unit_minor, line.list_minor, off, order, place))
    for made in after:
        sums = _plus(sums, made, 1, order)
    return after, sums


def _resized(
    line: OrderLine, pieces: int, unit_minor: int, list_minor: int, discount_minor: int, order: Order, place: Any
) -> OrderLine:
    total = pieces * unit_minor - min(discount_minor, pieces * unit_minor)
    copy = {field.attname: getattr(line, field.attname) for field in OrderLine._meta.concrete_fields}
    tax = pricing.line_tax(total, pieces, line.tax_rate, tax_included=order.tax_included, rounding=place.rounding)
    return OrderLine(
        **{
            **copy, "quantity": pieces, "unit_minor": unit_minor, "list_minor": list_minor, "total_minor": total,
            "discount_minor": pieces * unit_minor - total, "tax_minor": tax,
        }
    )  # fmt: skip


def _plus(sums: Sums, line: OrderLine, sign: int, order: Order) -> Sums:
    base = line.total_minor - (line.tax_minor if order.tax_included else 0)
    return replace(
        sums, goods_minor=sums.goods_minor + sign * line.unit_minor * line.quantity,
        discount_minor=sums.discount_minor + sign * line.discount_minor,
        tax_minor=sums.tax_minor + sign * line.tax_minor,
        taxes=(*sums.taxes, (line.tax_rate, sign * base, sign * line.tax_minor)),
    )  # fmt: skip


def write(
    lines: Sequence[OrderLine], after: Sequence[OrderLine], views: Mapping[UUID, VariantView], language: str
) -> None:
    """Save what `relined` made: changed lines stay where they stand, new ones come behind."""
    before = {line.id: line.variant_id for line in lines}
    last = max(line.position for line in lines)
    for line in after:
        if line.variant_id and before.get(line.id) != line.variant_id:
            _name(line, views[line.variant_id], language)
        if line.id in before:
            line.save(force_update=True)
        else:
            last += 1
            line.position = last
            line.save(force_insert=True)


def _name(line: OrderLine, view: VariantView, language: str) -> None:
    line.sku, line.weight_g = view.sku, view.weight_g or 0
    line.title = pick(view.title, language)[:300]
    line.option_text = pick(view.option_text, language)[:300]
    line.picture = str(getattr(view.image, "src", "") or "")[:400] if view.image else ""


def with_taxes(taxes: Iterable[Mapping[str, Any]], moves: Iterable[tuple[Decimal, int, int]]) -> list[dict[str, Any]]:
    """The order's taxes by rate, moved; a rate that nothing is left of goes."""
    found = {Decimal(part["rate"]): (part["base_minor"], part["tax_minor"]) for part in taxes}
    for rate, base, tax in moves:
        before = found.get(rate, (0, 0))
        found[rate] = before[0] + base, before[1] + tax
    return [
        {"rate": str(rate), "base_minor": base, "tax_minor": tax}
        for rate, (base, tax) in sorted(found.items())
        if base or tax
    ]
