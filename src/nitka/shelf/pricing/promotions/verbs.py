"""Making promotions and their codes."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.ids import ALPHABET, new_id
from nitka.shelf.pricing.problems import CouponProblem, PromotionProblem
from nitka.shelf.pricing.promotions import drafts, lanes, remembering, rules
from nitka.shelf.pricing.promotions.codes import normalised
from nitka.shelf.pricing.promotions.models import Lane, Promotion, PromotionBudget, PromotionCode, PromotionUse

MOST_CODES = 100_000


@transaction.atomic
def put_promotion(
    *, promotion_id: UUID | None = None, name: str, benefit: Mapping[str, Any],
    conditions: Mapping[str, Any] | None = None, label: Mapping[str, str] | None = None, lane: str = "",
    priority: int = 100, stops_lane: bool = False, exclusive: bool = False, code: str = "",
    code_most: int | None = None, needs_code: bool = False, public: bool = False, starts_at: datetime | None = None,
    ends_at: datetime | None = None, most: int | None = None, most_each: int | None = None,
    budgets: Mapping[str, int] | None = None, active: bool = True,
) -> UUID:  # fmt: skip
    """Make a promotion, or change the one of that id. `benefit` and `conditions` are data as `promotions.rules` reads
    them; amounts in minor units by currency. With `code` (or `needs_code`, for generated ones) it counts by a code
    only; `public` shows that code to everybody. Limits: `most` in all, `most_each` a buyer, `budgets` by currency.

    Raises PromotionProblem for what no promotion can be, CouponProblem for a code that another promotion has.
    """
    before = Promotion.objects.select_for_update().filter(id=promotion_id).first() if promotion_id else None
    if promotion_id and before is None:
        raise PromotionProblem(_("This promotion is gone."))
    kept_conditions, kept_benefit = drafts.checked_conditions(conditions or {}), drafts.checked_benefit(benefit)
    if kept_conditions.get("first_order"):
        most_each = 1  # so that two first orders at once do not both get it
    _refuse(name, starts_at, ends_at, most, most_each, _uses(before) if before and most is not None else 0)
    plain = normalised(code)
    values = {
        "name": name.strip()[:120], "label": {lang: text for lang, text in (label or {}).items() if text},
        "conditions": kept_conditions, "benefit": kept_benefit, "priority": priority, "stops_lane": stops_lane,
        "exclusive": exclusive, "needs_code": bool(plain) or needs_code, "public": public and bool(plain),
        "starts_at": starts_at, "ends_at": ends_at, "most": most, "most_each": most_each, "active": active,
        "changed_at": clock.now(),
        "lane_id": _lane(lane or lanes.default_of(kept_benefit["kind"], bool(plain) or needs_code)),
    }  # fmt: skip
    if before and most is not None:
        values["used"] = _uses(before)
    row, _made = Promotion.objects.update_or_create(id=promotion_id or new_id(), defaults=values)
    _keep_code(row, plain, code_most)
    _keep_budgets(row, drafts.checked_budgets(budgets))
    remembering.forget_now_and_later()
    return row.id


def _refuse(
    name: str, starts_at: datetime | None, ends_at: datetime | None, most: int | None, most_each: int | None, used: int
) -> None:
    if not name.strip():
        raise PromotionProblem(_("Give the promotion a name."), field="name")
    if starts_at and ends_at and ends_at <= starts_at:
        raise PromotionProblem(_("The end of a promotion comes after its start."), field="ends_at")
    if (most is not None and most < 1) or (most_each is not None and not 1 <= most_each <= 100):
        raise PromotionProblem(_("A limit is at least one; for each customer it is at most 100."), field="most")
    if most is not None and most < used:
        text = _("It was used %(n)d times already; the limit cannot be lower.")
        raise PromotionProblem(text % {"n": used}, field="most")


def _uses(row: Promotion) -> int:
    """How often it was used; where nothing was limited nobody counted."""
    return row.used if row.most is not None else PromotionUse.objects.filter(promotion=row).count()


def _lane(code: str) -> str:
    if not Lane.objects.filter(code=code).exists():
        lanes.set_up()
        if not Lane.objects.filter(code=code).exists():
            raise PromotionProblem(_("Choose one of the lanes."), field="lane")
    return code


@transaction.atomic
def put_lane(*, code: str, name: str, takes: str, position: int) -> None:
    """Make or change a lane. Raises PromotionProblem."""
    if takes not in Lane.Takes.values or not name.strip() or not code:
        raise PromotionProblem(_("A lane has a name, and a way in which its promotions are chosen."))
    Lane.objects.update_or_create(code=code, defaults={"name": name.strip()[:80], "takes": takes, "position": position})
    remembering.forget_now_and_later()


def _keep_code(row: Promotion, code: str, most: int | None) -> None:
    """The one code that people may share; generated ones stay beside it."""
    shown = PromotionCode.objects.filter(promotion=row, shown=True).first()
    if not code:
        if shown:
            PromotionCode.objects.filter(id=shown.id).delete()
        return
    if len(code) > 40:
        raise CouponProblem(_("A code has 1 to 40 letters and digits."), field="code")
    other = PromotionCode.objects.filter(code=code).exclude(promotion=row).first()
    if other:
        raise CouponProblem(_("Another promotion has this code."), field="code", code=code)
    if most is not None and shown and shown.code == code and most < shown.used:
        raise PromotionProblem(
            _("It was used %(n)d times already; the limit cannot be lower.") % {"n": shown.used}, field="code_most"
        )
    if shown and shown.code != code:
        PromotionCode.objects.filter(id=shown.id).delete()
    PromotionCode.objects.update_or_create(code=code, defaults={"promotion": row, "shown": True, "most": most})


def _keep_budgets(row: Promotion, budgets: Mapping[str, int]) -> None:
    known = {each.currency: each for each in PromotionBudget.objects.select_for_update().filter(promotion=row)}
    for currency, minor in sorted(budgets.items()):
        spent = known[currency].spent_minor if currency in known else _spent(row, currency)
        if minor < spent:
            raise PromotionProblem(_("More than that was given away already."), field="budgets")
        PromotionBudget.objects.update_or_create(
            promotion=row, currency=currency, defaults={"most_minor": minor, "spent_minor": spent}
        )
    PromotionBudget.objects.filter(promotion=row).exclude(currency__in=budgets).delete()


def _spent(row: Promotion, currency: str) -> int:
    uses = PromotionUse.objects.filter(promotion=row, currency=currency)
    return uses.aggregate(sum=Sum("minor"))["sum"] or 0


@transaction.atomic
def end_promotion(*, promotion_id: UUID) -> None:
    """Let a promotion count no more from now on. Does nothing where it has ended."""
    Promotion.objects.filter(id=promotion_id, active=True).update(active=False, changed_at=clock.now())
    remembering.forget_now_and_later()


@transaction.atomic
def generate_codes(
    *, promotion_id: UUID, number: int, prefix: str = "", uses: int = 1, batch: str = ""
) -> tuple[str, ...]:
    """Make that many codes that nobody can guess, each to be used so often. Returns them.

    Raises PromotionProblem for no promotion, none or more than 100,000 codes, or a prefix over 12 letters.
    """
    row = Promotion.objects.filter(id=promotion_id).first()
    head = normalised(prefix)
    if row is None:
        raise PromotionProblem(_("This promotion is gone."))
    if not 1 <= number <= MOST_CODES or uses < 1 or len(head) > 12:
        raise PromotionProblem(_("Make 1 to 100,000 codes at a time, each for one use or more."), field="number")
    made: list[str] = []
    while len(made) < number:
        # 40 random bits a code: with ten million codes in use, one guess in a hundred thousand hits.
        wanted = {head + "".join(secrets.choice(ALPHABET) for _letter in range(10)) for _n in range(number - len(made))}
        there = set(PromotionCode.objects.filter(code__in=wanted).values_list("code", flat=True))
        fresh = sorted(wanted - there)
        PromotionCode.objects.bulk_create(
            [PromotionCode(promotion=row, code=each, most=uses, batch=batch[:40]) for each in fresh], batch_size=2000
        )
        made += fresh
    if not row.needs_code:
        Promotion.objects.filter(id=row.id).update(needs_code=True, changed_at=clock.now())
    remembering.forget_now_and_later()
    return tuple(made)


@transaction.atomic
def put_coupon(
    *,
    code: str,
    kind: str,
    value: Decimal | int,
    currency: str = "",
    label: dict[str, str] | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    once_per_customer: bool = False,
    minimum_minor: int = 0,
    public: bool = False,
    active: bool = True,
) -> UUID:
    """Make or change the promotion of a code, the short way: per cent or minor units of `currency` off all goods.

    An amount and a minimum need a currency, and then the code works in that currency only. `public` codes are shown
    to shoppers. Raises CouponProblem for what no coupon can be.
    """
    plain = normalised(code)
    if not plain or len(plain) > 40:
        raise CouponProblem(_("A code has 1 to 40 letters and digits."))
    if kind not in (rules.PERCENT, rules.AMOUNT) or value <= 0 or (kind == rules.PERCENT and value > 100):
        raise CouponProblem(_("A coupon takes off a percentage up to 100, or an amount above zero."))
    if not currency and (kind == rules.AMOUNT or minimum_minor):
        raise CouponProblem(_("Say in which currency the amounts of this coupon are."))
    if minimum_minor < 0 or (starts_at and ends_at and ends_at <= starts_at):
        raise CouponProblem(_("The end of a coupon comes after its start, and its minimum is not below zero."))
    known = PromotionCode.objects.filter(code=plain).first()
    conditions: dict[str, Any] = {"currencies": [currency] if currency else []}
    if minimum_minor:
        conditions["minimum"] = {currency: minimum_minor}
    return put_promotion(
        promotion_id=known.promotion_id if known else None, name=plain, label=label, conditions=conditions,
        benefit={"kind": kind, "percent": value} if kind == rules.PERCENT
        else {"kind": kind, "amounts": {currency: int(value)}},
        code=plain, public=public, starts_at=starts_at, ends_at=ends_at, active=active,
        most_each=1 if once_per_customer else None,
    )  # fmt: skip
