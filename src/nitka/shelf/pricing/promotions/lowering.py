"""What promotions take off the price of delivery, by the option that is chosen."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from nitka.ground import locale
from nitka.shelf.pricing.arithmetic import Discount
from nitka.shelf.pricing.basket import AppliedPromotion, DeliveryOff
from nitka.shelf.pricing.promotions.codes import Codes
from nitka.shelf.pricing.promotions.conditions import language
from nitka.shelf.pricing.promotions.rules import LaneView, Rule


def applied(rule: Rule, minor: int, codes: Codes, kind: str) -> AppliedPromotion:
    """A promotion that counts, as a quote says it."""
    return AppliedPromotion(rule.id, _label(rule), codes.code_of(rule) if rule.needs_code else "", minor, kind)


def offs(found: Iterable[tuple[LaneView, Rule]], currency: str, codes: Codes) -> tuple[DeliveryOff, ...]:
    """The delivery promotions of a cart, as values that a quote can carry."""
    return tuple(
        DeliveryOff(
            id=rule.id, label=_label(rule), code=codes.code_of(rule) if rule.needs_code else "", lane=lane.code,
            alone=lane.takes == "best", options=rule.benefit.options, percent=rule.benefit.percent,
            amount_minor=rule.benefit.amounts.get(currency, 0),
            left_minor=rule.budgets.get(currency, 0) if rule.budgets is not None else None,
        )
        for lane, rule in found
    )  # fmt: skip


def cuts(found: Sequence[DeliveryOff], option: str, minor: int) -> list[AppliedPromotion]:
    """What is taken off delivery by that option at that price, lane after lane."""
    taken: list[AppliedPromotion] = []
    for _lane, group in groupby(found, key=lambda each: each.lane):
        before = minor
        best: AppliedPromotion | None = None
        for off in group:
            one = _cut(off, option, before if off.alone else minor)
            if one is None:
                continue
            if not off.alone:
                taken.append(one)
                minor -= one.minor
            elif best is None or one.minor > best.minor:
                best = one
        if best:
            taken.append(best)
            minor -= best.minor
    return taken


def _cut(off: DeliveryOff, option: str, minor: int) -> AppliedPromotion | None:
    if off.options and option not in off.options:
        return None
    discount = Discount(percent=off.percent) if off.percent else Discount(amount_minor=off.amount_minor)
    saved = discount.of(minor)
    if saved <= 0 or (off.left_minor is not None and saved > off.left_minor):
        return None
    return AppliedPromotion(off.id, off.label, off.code, saved, "delivery")


def _label(rule: Rule) -> str:
    return locale.pick(rule.label, language()) or rule.name
