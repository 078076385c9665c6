"""The money of a case. Page, agent, bot and verb ask this one function."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.ground import money
from nitka.sale.orders.queries import LineView, OrderView
from nitka.sale.returns.policies import Rule
from nitka.sale.returns.problems import KeptOutProblem
from nitka.sale.returns.views import LineSum, Reckoning, Wanted
from nitka.sale.returns.words import FAULTS
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.pricing.queries import Basket, BasketLine, Buyer


@dataclass(frozen=True, slots=True)
class Gone:
    """What of a line went back already, or is about to."""

    pieces: int = 0
    minor: int = 0


def paid_for(line: LineView, tax_included: bool) -> int:
    """What was paid for all pieces of a line: after discounts, with tax."""
    return line.total_minor if tax_included else line.total_minor + line.tax_minor


def share(line: LineView, pieces: int, gone: Gone, tax_included: bool) -> int:
    """What was paid for some pieces. All pieces of a line together are exactly what was paid, however they come."""
    paid = paid_for(line, tax_included)
    left, rest = paid - gone.minor, line.quantity - gone.pieces - pieces
    if rest <= 0:
        return max(0, left)
    return min(money.split(paid, [pieces, line.quantity - pieces])[0], max(0, left))


def reckon(
    order: OrderView, kind: str, wanted: Sequence[Wanted], rules: Mapping[UUID, Rule], gone: Mapping[UUID, Gone],
    *, legal: bool = False,
) -> Reckoning:  # fmt: skip
    """The sums of a case. `rules` and `gone` by line; `legal`: a withdrawal by law, of which nothing is taken."""
    lines = {line.id: line for line in order.lines}
    news = _new_prices(order, wanted, lines) if kind == "exchange" else {}
    sums = []
    for each in wanted:
        line = lines[each.line_id]
        paid = share(line, each.pieces, gone.get(line.id, Gone()), order.tax_included)
        free = legal or kind != "return" or each.reason in FAULTS
        percent = Decimal(0) if free else rules[line.id].restocking_percent
        new, difference = _difference(each, line, news, paid, order.tax_included)
        part = money.round_half_up(paid * percent / 100)
        sums.append(LineSum(line.id, each.pieces, paid, part, difference, new))
    return _summed(order, kind, wanted, tuple(sums), rules, gone, legal)


def _summed(
    order: OrderView, kind: str, wanted: Sequence[Wanted], sums: tuple[LineSum, ...], rules: Mapping[UUID, Rule],
    gone: Mapping[UUID, Gone], legal: bool,
) -> Reckoning:  # fmt: skip
    goods, restocking = sum(each.paid_minor for each in sums), sum(each.restocking_minor for each in sums)
    difference = sum(each.difference_minor for each in sums)
    used = [rules[each.line_id] for each in wanted if each.line_id in rules]
    label = _label_fee(order, wanted, rules) if kind == "return" and not legal else 0
    delivery = over = refund = 0
    ceiling: int | None = None
    if kind == "return":
        if legal or any(rule.refunds_delivery for rule in used):
            delivery = _delivery(order, wanted, gone)
        refund = max(0, goods - restocking - label + delivery)
        ceiling = None if legal else _ceiling(order.currency, used)
        over = 0 if ceiling is None else max(0, refund - ceiling)
        refund -= over
    elif kind == "exchange":
        refund = max(0, -difference)
    return Reckoning(
        currency=order.currency, lines=sums, goods_minor=goods if kind in ("return", "exchange") else 0,
        restocking_minor=restocking, label_minor=label, delivery_minor=delivery, over_ceiling_minor=over,
        ceiling_minor=ceiling, refund_minor=refund, difference_minor=difference,
    )  # fmt: skip


def _label_fee(order: OrderView, wanted: Sequence[Wanted], rules: Mapping[UUID, Rule]) -> int:
    """The dearest label of the case, and none where all of it is the shop's fault."""
    fees = [
        rules[each.line_id].label_fee.get(order.currency, 0)
        for each in wanted
        if each.reason not in FAULTS and rules[each.line_id].way_back == "shopper"
    ]
    return max(fees, default=0)


def _delivery(order: OrderView, wanted: Sequence[Wanted], gone: Mapping[UUID, Gone]) -> int:
    """What was paid beside the goods, where all of them go back at once (2011/83/EU, article 13)."""
    asked = {each.line_id: each.pieces for each in wanted}
    if any(each.pieces for each in gone.values()):
        return 0
    if any(asked.get(line.id, 0) < line.quantity for line in order.lines):
        return 0
    return max(0, order.total_minor - sum(paid_for(line, order.tax_included) for line in order.lines))


def _ceiling(currency: str, rules: Sequence[Rule]) -> int | None:
    limits = [rule.refund_ceiling[currency] for rule in rules if currency in rule.refund_ceiling]
    return min(limits, default=None)


def _new_prices(
    order: OrderView, wanted: Sequence[Wanted], lines: Mapping[UUID, LineView]
) -> dict[UUID, tuple[int, Decimal]]:
    """What a piece of the old and of the new variants costs today in the order's market, with the rate of its tax."""
    asked: dict[UUID, int] = {}
    for each in wanted:
        for variant_id in (lines[each.line_id].variant_id, each.new_variant_id):
            if variant_id:
                asked[variant_id] = max(asked.get(variant_id, 0), each.pieces)
    basket = Basket(
        lines=tuple(BasketLine(*pair) for pair in asked.items()), market=order.market, country=order.country
    )
    buyer = Buyer(customer_id=order.customer_id, country=order.country, market=order.market)
    quoted = pricing.quote(basket=basket, buyer=buyer)
    return {line.variant_id: (line.unit_minor, line.tax_rate) for line in quoted.lines}


def _difference(
    each: Wanted, line: LineView, today: Mapping[UUID, tuple[int, Decimal]], paid: int, tax_included: bool
) -> tuple[int, int]:
    """What the new pieces cost, and how much more that is than the old ones (never less than what was paid back).

    What costs the same today is exchanged without money, whatever was off when it was bought; else today's price of
    the new piece is held against the order's price of the old one.
    """
    if each.new_variant_id is None or not today:
        return 0, 0
    if each.new_variant_id not in today:
        raise KeptOutProblem(_("This variant is not sold where you ordered. Choose another one."))
    new, rate = today[each.new_variant_id]
    old_today = today.get(line.variant_id, (line.unit_minor, rate))[0] if line.variant_id else line.unit_minor
    net = each.pieces * (new - (old_today if old_today == new else line.unit_minor))
    more = net if tax_included else net + money.tax_added(net, rate)
    whole = each.pieces * new
    return whole if tax_included else whole + money.tax_added(whole, rate), max(-paid, more)
