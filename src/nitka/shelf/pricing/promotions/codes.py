"""What was typed: which promotions it opens, and what became of each code."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from nitka.ground import locale
from nitka.shelf.pricing.arithmetic import Discount
from nitka.shelf.pricing.basket import Buyer, CouponVerdict
from nitka.shelf.pricing.promotions import rules
from nitka.shelf.pricing.promotions.benefits import Cut
from nitka.shelf.pricing.promotions.conditions import Unmet, language, unmet, words
from nitka.shelf.pricing.promotions.engine import Outcome, Sale
from nitka.shelf.pricing.promotions.rules import Book, Rule


def normalised(code: str) -> str:
    """A code as people type it, put right."""
    return "".join(code.split()).upper()


@dataclass(frozen=True, slots=True)
class Typed:
    """A code that exists: the promotion it opens, and whether others used it up."""

    promotion_id: UUID
    taken: bool


@dataclass(frozen=True, slots=True)
class Codes:
    """All codes of a cart. `used` is how often this buyer used what is limited for each buyer."""

    asked: tuple[str, ...]
    known: Mapping[str, Typed]
    used: Mapping[UUID, int]

    @property
    def opened(self) -> frozenset[UUID]:
        """The promotions that may count because of a code."""
        return frozenset(each.promotion_id for each in self.known.values() if not each.taken)

    def code_of(self, rule: Rule) -> str:
        """The code that opened it; empty for one that needs none."""
        codes = (code for code in self.asked if code in self.known and self.known[code].promotion_id == rule.id)
        return next((code for code in codes if not self.known[code].taken), "")


_READ = """
    SELECT c.code, c.promotion_id, c.most IS NOT NULL AND c.used - (
        SELECT count(*) FROM pricing_promotion_uses u
        WHERE u.code_id = c.id AND u.reference = ANY(%(undecided)s::uuid[])
    ) >= c.most, 0
    FROM pricing_promotion_codes c WHERE c.code = ANY(%(codes)s::text[])
    UNION ALL
    SELECT '', promotion_id, FALSE, count(*) FROM pricing_promotion_uses
    WHERE buyer_key = %(buyer)s AND promotion_id = ANY(%(limited)s::uuid[]) AND slot IS NOT NULL
        AND reference <> ALL(%(undecided)s::uuid[])
    GROUP BY promotion_id
"""


def read(codes: Iterable[str], buyer: Buyer, book: Book) -> Codes:
    """The codes with their promotions and uses. One query; none where nothing was typed and nothing limited counts."""
    asked = tuple(dict.fromkeys(code for code in map(normalised, codes) if code))
    limited = list(book.limited) if buyer.key else []
    if not asked and not limited:
        return Codes((), {}, {})
    with connection.cursor() as cursor:
        cursor.execute(
            _READ,
            {"codes": list(asked), "buyer": buyer.key, "limited": limited, "undecided": list(buyer.undecided)},
        )
        rows = cursor.fetchall()
    return Codes(
        asked,
        {code: Typed(promotion_id, taken) for code, promotion_id, taken, _uses in rows if code},
        {promotion_id: uses for code, promotion_id, _taken, uses in rows if not code},
    )


def verdicts(codes: Codes, book: Book, sale: Sale, outcome: Outcome) -> tuple[CouponVerdict, ...]:
    """What became of each code that was typed."""
    return tuple(_verdict(code, codes, book, sale, outcome) for code in codes.asked)


def _verdict(code: str, codes: Codes, book: Book, sale: Sale, outcome: Outcome) -> CouponVerdict:
    typed = codes.known.get(code)
    if typed is None:
        return CouponVerdict(code=code, applied=False, reason=_("We do not know this code. Please check its letters."))
    rule = book.rules.get(typed.promotion_id)
    if rule is None:
        return CouponVerdict(code=code, applied=False, reason=_("This code has ended."))
    counts = outcome.has(rule) and codes.code_of(rule) == code
    return CouponVerdict(
        code=code, applied=counts, reason="" if counts else _why_not(rule, typed, codes, sale, outcome),
        discount_minor=_saved(rule, outcome) if counts else 0, ends=rule.ends_at,
        label=locale.pick(rule.label, language()),
    )  # fmt: skip


def _why_not(rule: Rule, typed: Typed, codes: Codes, sale: Sale, outcome: Outcome) -> str:
    moment = sale.moment
    reason: Unmet = ("taken", None) if typed.taken else outcome.refused.get(rule.id, ("nothing", None))
    winner = outcome.beaten_by.get(rule.id)
    if winner is None or typed.taken:
        return words(reason, moment.currency, moment.zone)
    code = codes.code_of(winner)
    if not code:
        return words(("beaten", None), moment.currency, moment.zone)
    mine = sale.worth(rule, outcome.starts.get(rule.lane, sale.shelf.worth))
    text = _("One code counts for an order, and %(code)s saves you more.")
    if isinstance(mine, Cut) and mine.minor == _saved(winner, outcome):
        text = _("One code counts for an order, and %(code)s saves you as much.")
    return text % {"code": code}


def _saved(rule: Rule, outcome: Outcome) -> int:
    return sum(each.minor for each in (*outcome.given, *outcome.gifts) if each.rule.id == rule.id)


# What a shopper can do something about; a code that is out of reach is not offered.
_CURABLE = ("minimum", "pieces", "weekdays", "hours", "nothing")


def offers(codes: Codes, book: Book, sale: Sale, outcome: Outcome) -> tuple[CouponVerdict, ...]:
    """Public codes that would make the cart cheaper than it is, now or once what they lack is there."""
    found = []
    for rule in book.rules.values():
        if rule.shown_code and rule.id not in codes.opened and rule.shown_code not in codes.asked:
            reason = unmet(rule, sale.moment, sale.shelf)
            minor = _gain(rule, sale, outcome) if reason is None else _chance(rule, reason, sale, outcome)
            if minor is not None:
                found.append(_offer(rule, reason, minor, sale))
    return tuple(sorted(found, key=lambda each: (not each.usable, -each.discount_minor, each.code)))


def _offer(rule: Rule, reason: Unmet | None, minor: int, sale: Sale) -> CouponVerdict:
    return CouponVerdict(
        code=rule.shown_code, applied=False, discount_minor=0 if reason else minor, ends=rule.ends_at,
        reason=words(reason, sale.moment.currency, sale.moment.zone) if reason else "",
        label=locale.pick(rule.label, language()),
    )  # fmt: skip


def _gain(rule: Rule, sale: Sale, outcome: Outcome) -> int | None:
    """What its code would take off, where it would count; None where it would not."""
    winner = outcome.winners.get(rule.lane)
    alone = any(each.rule.exclusive for each in (*outcome.given, *outcome.gifts))
    if rule.benefit.kind == rules.DELIVERY:
        return None if winner or alone or rule.exclusive else 0
    start: Sequence[int] = outcome.starts.get(rule.lane, outcome.left)
    shelf = sale.shelf.without(outcome.locked.get(rule.lane, ()))
    mine = sale.worth(rule, sale.shelf.worth if rule.exclusive else outcome.left if winner is None else start, shelf)
    if not isinstance(mine, Cut):
        return None
    to_beat = outcome.saved if rule.exclusive or alone else winner.minor if winner else 0
    return mine.minor if mine.minor > to_beat else None


def _chance(rule: Rule, reason: Unmet, sale: Sale, outcome: Outcome) -> int | None:
    """Zero where the code could win once what it lacks is there; None where not even then."""
    if reason[0] not in _CURABLE:
        return None
    winner = outcome.winners.get(rule.lane)
    goods = max(sum(sale.shelf.worth), rule.conditions.minimum.get(sale.moment.currency, 0))
    if winner is None or not (_is_plain(rule) and _is_plain(winner.rule)):
        return 0
    currency = sale.moment.currency
    return 0 if _plain_of(rule, goods, currency) > _plain_of(winner.rule, goods, currency) else None


def _is_plain(rule: Rule) -> bool:
    """Whether it takes a part or an amount off all goods."""
    return rule.conditions.scope.is_all and rule.benefit.kind in (rules.PERCENT, rules.AMOUNT)


def _plain_of(rule: Rule, goods: int, currency: str) -> int:
    percent = rule.benefit.percent if rule.benefit.kind == rules.PERCENT else None
    return Discount(percent=percent, amount_minor=rule.benefit.amounts.get(currency)).of(goods)
