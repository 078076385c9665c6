"""Trying promotions on a cart that nobody has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.shelf.pricing.basket import Basket, Buyer, Quote
from nitka.shelf.pricing.promotions import conditions, drafts, lanes, rules
from nitka.shelf.pricing.promotions.rules import Rule
from nitka.shelf.pricing.quoting import Worked, worked_out


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one promotion: what it took off, or why not."""

    id: UUID
    name: str
    applied: bool
    minor: int
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The quote of a sample cart, and what became of every promotion that runs; `draft_id` is the one being made."""

    quote: Quote
    tried: tuple[Tried, ...]
    draft_id: UUID | None = None


def preview(
    *, basket: Basket, buyer: Buyer, at: datetime | None = None, draft: Mapping[str, Any] | None = None
) -> Preview:
    """What a cart would cost at that moment (now) with all promotions that run; `draft` (as for `put_promotion`) takes
    part as if it was saved, its code typed. Changes nothing. Raises PromotionProblem for a draft that makes no sense.
    """
    book, draft_id = rules.book(), None
    if draft is not None:
        rule = _drafted(draft)
        draft_id = rule.id
        rest = [each for each in book.rules.values() if each.id != rule.id]
        book = rules.book_of(book.lanes or lanes.standard(), [*rest, rule])
    worked = worked_out(basket, buyer, book, at or clock.now())
    tried = tuple(_tried(rule, worked) for rule in book.rules.values())
    return Preview(worked.quote, tuple(sorted(tried, key=lambda each: (not each.applied, each.name))), draft_id)


def _drafted(draft: Mapping[str, Any]) -> Rule:
    benefit, wanted = drafts.checked_benefit(draft["benefit"]), drafts.checked_conditions(draft.get("conditions") or {})
    budgets = drafts.checked_budgets(draft.get("budgets"))
    return Rule(
        id=draft.get("promotion_id") or new_id(), name=draft.get("name") or "", label=draft.get("label") or {},
        conditions=rules.Conditions.read(wanted), benefit=rules.Benefit.read(benefit),
        lane=draft.get("lane") or lanes.default_of(benefit["kind"], bool(draft.get("code") or draft.get("needs_code"))),
        priority=int(draft.get("priority") or 100), stops_lane=bool(draft.get("stops_lane")),
        exclusive=bool(draft.get("exclusive")), starts_at=draft.get("starts_at"), ends_at=draft.get("ends_at"),
        left=draft.get("most"), most_each=draft.get("most_each"), budgets=budgets or None,
    )  # fmt: skip


def _tried(rule: Rule, worked: Worked) -> Tried:
    outcome, moment = worked.outcome, worked.sale.moment
    if outcome.has(rule):
        minor = sum(each.minor for each in worked.quote.promotions if each.id == rule.id)
        return Tried(rule.id, rule.name, True, minor, "")
    if rule.needs_code and rule.id not in worked.codes.opened:
        return Tried(rule.id, rule.name, False, 0, _("Its code was not typed."))
    if winner := outcome.beaten_by.get(rule.id):
        return Tried(rule.id, rule.name, False, 0, _("%(name)s counts instead.") % {"name": winner.name})
    reason = outcome.refused.get(rule.id, ("nothing", None))
    return Tried(rule.id, rule.name, False, 0, conditions.words(reason, moment.currency, moment.zone))
