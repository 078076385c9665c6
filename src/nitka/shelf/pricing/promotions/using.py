"""That an order got promotions: limits and budgets are counted here, under whoever comes at the same time.

All who come lock in one order (uses, promotions, budgets, codes, each by key), so nobody waits in a circle.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from nitka.shelf.pricing import markets
from nitka.shelf.pricing.basket import AppliedPromotion, Quote
from nitka.shelf.pricing.problems import CouponProblem
from nitka.shelf.pricing.promotions import rules
from nitka.shelf.pricing.promotions.models import PromotionCode, PromotionUse
from nitka.shelf.pricing.promotions.rules import Rule


def use_promotions(*, reference: UUID, quote: Quote, buyer_key: str) -> None:
    """Note that the reference (an order) got the promotions of the quote, and count limits and budgets.

    No statement without promotions, one where nothing is limited. Does nothing the second time for the same reference.
    Raises CouponProblem where a code, limit or budget was used up meanwhile: ask for a new quote.
    """
    found = _by_id(quote.promotions)
    if found:
        _use(reference, found, quote.currency, buyer_key)


@transaction.atomic
def _use(reference: UUID, found: Mapping[UUID, AppliedPromotion], currency: str, buyer_key: str) -> None:
    known = rules.book().rules
    if any(promotion_id not in known for promotion_id in found):
        raise _used_up("")
    codes = _code_rows(each.code for each in found.values() if each.code)
    counted = {key: each for key, each in found.items() if _is_counted(known[key], codes.get(each.code))}
    if counted and PromotionUse.objects.filter(reference=reference).exists():
        return
    try:
        _write(reference, [each for _key, each in sorted(found.items())], known, codes, currency, buyer_key)
        _count([known[key] for key in sorted(counted)], counted, codes, currency)
    except CouponProblem:
        markets.forget()  # so that the next quote of this process knows
        raise


def _write(
    reference: UUID, found: Sequence[AppliedPromotion], known: Mapping[UUID, Rule],
    codes: Mapping[str, PromotionCode], currency: str, buyer_key: str,
) -> None:  # fmt: skip
    """The uses: in one statement, but for those that count for each buyer."""
    free = []
    for each in found:
        if each.code and each.code not in codes:
            raise _used_up(each.code)
        code = codes.get(each.code)
        use = PromotionUse(
            promotion_id=each.id, code=code, buyer_key=buyer_key, reference=reference, minor=each.minor,
            currency=currency,
        )  # fmt: skip
        if known[each.id].most_each:
            _take_slot(use, known[each.id].most_each or 1, each.code)
        else:
            free.append(use)
    PromotionUse.objects.bulk_create(free, ignore_conflicts=True)


def _by_id(promotions: Sequence[AppliedPromotion]) -> dict[UUID, AppliedPromotion]:
    found: dict[UUID, AppliedPromotion] = {}
    for each in promotions:
        before = found.get(each.id)
        minor = each.minor + (before.minor if before else 0)
        found[each.id] = AppliedPromotion(each.id, each.label, each.code, minor, each.kind)
    return found


def _is_counted(rule: Rule, code: PromotionCode | None) -> bool:
    return rule.counts or bool(rule.most_each) or (code is not None and code.most is not None)


def _code_rows(codes: Iterable[str]) -> Mapping[str, PromotionCode]:
    wanted = sorted(set(codes))
    return {row.code: row for row in PromotionCode.objects.filter(code__in=wanted)} if wanted else {}


_SLOT = """
    INSERT INTO pricing_promotion_uses
        (id, promotion_id, code_id, buyer_key, reference, minor, currency, slot, at)
    SELECT %(id)s, %(promotion)s, %(code)s, %(buyer)s, %(reference)s, %(minor)s, %(currency)s, free, %(at)s
    FROM generate_series(0, %(most)s - 1) free WHERE NOT EXISTS (
        SELECT 1 FROM pricing_promotion_uses u
        WHERE u.promotion_id = %(promotion)s AND u.buyer_key = %(buyer)s AND u.slot = free)
    ORDER BY free LIMIT 1
    ON CONFLICT DO NOTHING
"""


def _take_slot(use: PromotionUse, most: int, code: str) -> None:
    """Write a use that counts for its buyer. The constraint decides between two who come at once: the second waits for
    the first, and then looks for another slot."""
    if not use.buyer_key:
        raise CouponProblem(_("Tell us your e-mail address to use this code."), code=code)
    asked = {
        "promotion": use.promotion_id, "code": use.code_id, "buyer": use.buyer_key, "reference": use.reference,
        "minor": use.minor, "currency": use.currency, "most": most, "at": use.at, "id": use.id,
    }  # fmt: skip
    for _try in range(most):
        with connection.cursor() as cursor:
            cursor.execute(_SLOT, asked)
            if cursor.rowcount == 1:
                return
    raise CouponProblem(_("You have used this code already."), code=code)


def _count(
    counted: Sequence[Rule], found: Mapping[UUID, AppliedPromotion], codes: Mapping[str, PromotionCode], currency: str
) -> None:
    """Promotions first, then budgets, then codes: each by key."""
    for rule in counted:
        if rule.left is not None:
            _guarded(
                "UPDATE pricing_promotions SET used = used + 1 WHERE id = %s AND (most IS NULL OR used < most)",
                [rule.id], found[rule.id].code,
            )  # fmt: skip
    for rule in counted:
        if rule.budgets is not None:
            minor = found[rule.id].minor
            _guarded(
                "UPDATE pricing_promotion_budgets SET spent_minor = spent_minor + %s"
                " WHERE promotion_id = %s AND currency = %s AND spent_minor + %s <= most_minor",
                [minor, rule.id, currency, minor], found[rule.id].code,
            )  # fmt: skip
    for row in sorted((row for row in codes.values() if row.most is not None), key=lambda each: each.id):
        _guarded(
            "UPDATE pricing_promotion_codes SET used = used + 1 WHERE id = %s AND (most IS NULL OR used < most)",
            [row.id], row.code,
        )  # fmt: skip


def _guarded(statement: str, values: list[Any], code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        if cursor.rowcount != 1:
            raise _used_up(code)


def _used_up(code: str) -> CouponProblem:
    text = _("This code is used up.") if code else _("An offer in your cart has just run out. Look at the total again.")
    return CouponProblem(text, code=code)


@transaction.atomic
def give_back_promotions(*, reference: UUID) -> None:
    """The reference did not come to be: its codes, limits and budgets are free again. Does nothing the second time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM pricing_promotion_uses WHERE reference = %s RETURNING promotion_id, code_id, minor, currency",
            [reference],
        )
        gone = sorted(cursor.fetchall(), key=lambda row: row[0])
        for promotion_id, _code, _minor, _currency in gone:
            cursor.execute(
                "UPDATE pricing_promotions SET used = greatest(used - 1, 0) WHERE id = %s AND most IS NOT NULL",
                [promotion_id],
            )
        for promotion_id, _code, minor, currency in gone:
            cursor.execute(
                "UPDATE pricing_promotion_budgets SET spent_minor = greatest(spent_minor - %s, 0)"
                " WHERE promotion_id = %s AND currency = %s",
                [minor, promotion_id, currency],
            )
        for code_id in sorted(row[1] for row in gone if row[1]):
            cursor.execute(
                "UPDATE pricing_promotion_codes SET used = greatest(used - 1, 0) WHERE id = %s AND most IS NOT NULL",
                [code_id],
            )
