"""What each kind of promotion takes off: plain numbers, never more than there is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nitka.ground import money
from nitka.shelf.pricing.arithmetic import Discount
from nitka.shelf.pricing.promotions import rules
from nitka.shelf.pricing.promotions.rules import Rule, Scope
from nitka.shelf.pricing.promotions.shelf import Shelf

MOST_BUNDLES = 99
_ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Cut:
    """What is taken off: in all, and from which items. Without `parts` it is split by what they cost now."""

    minor: int
    places: Sequence[int]
    parts: Sequence[int] | None = None

    def split(self, left: Sequence[int]) -> Sequence[tuple[int, int]]:
        """Place and part, by largest remainder, summing exactly to the whole."""
        parts = self.parts if self.parts is not None else money.split(self.minor, [left[each] for each in self.places])
        return [(place, part) for place, part in zip(self.places, parts, strict=True) if part]


NOTHING = Cut(0, ())


def cut(rule: Rule, shelf: Shelf, left: Sequence[int], currency: str) -> Cut:
    """What the promotion takes off goods that cost `left` now."""
    places = shelf.match(rule.conditions.scope)
    work = _WORK.get(rule.benefit.kind)
    return _payable(work(rule, shelf, left, places, currency), left, currency) if work and places else NOTHING


def _payable(found: Cut, left: Sequence[int], currency: str) -> Cut:
    """The cut in amounts that can be paid, so that what is left of each item can be, too."""
    least = money.coin(currency)
    there = [left[each] for each in found.places]
    if least == 1 or not found.minor or any(each % least for each in there):
        return found
    parts = found.parts if found.parts is not None else money.split(found.minor, there)
    coins = [part // least for part in parts]
    more = min(money.in_coins(found.minor, currency), sum(there)) // least - sum(coins)
    nearest = sorted(range(len(parts)), key=lambda each: -(parts[each] % least))
    while more:
        for each in nearest:
            if more and coins[each] * least < there[each]:
                coins[each], more = coins[each] + 1, more - 1
    return Cut(sum(coins) * least, found.places, [each * least for each in coins])


def _percent(rule: Rule, shelf: Shelf, left: Sequence[int], places: Sequence[int], currency: str) -> Cut:
    minor = Discount(percent=rule.benefit.percent).of(sum(left[each] for each in places))
    return Cut(min(minor, rule.benefit.most.get(currency, minor)), places)


def _amount(rule: Rule, shelf: Shelf, left: Sequence[int], places: Sequence[int], currency: str) -> Cut:
    amount = rule.benefit.amounts.get(currency, 0)
    return Cut(Discount(amount_minor=amount).of(sum(left[each] for each in places)), places)


def _fixed_price(rule: Rule, shelf: Shelf, left: Sequence[int], places: Sequence[int], currency: str) -> Cut:
    price = rule.benefit.amounts.get(currency)
    if price is None:
        return NOTHING
    parts = [max(0, left[each] - price * shelf.items[each].quantity) for each in places]
    return Cut(sum(parts), places, parts)


def _buy_get(rule: Rule, shelf: Shelf, left: Sequence[int], places: Sequence[int], currency: str) -> Cut:
    """The cheapest pieces are the ones that are given."""
    benefit = rule.benefit
    rewards = shelf.match(benefit.reward) if benefit.reward else places
    both = set(places) & set(rewards)
    shared = _pieces(shelf, both)
    bought, given = _pieces(shelf, places) - shared, _pieces(shelf, rewards) - shared
    times = _most_times(benefit.buy, benefit.get, bought, given, shared)
    if benefit.times:
        times = min(times, benefit.times)
    if times < 1:
        return NOTHING
    # Of the goods that could be both, so many have to stay what is bought.
    spare = shared - max(0, times * benefit.buy - bought)
    taken = _cheapest(shelf, left, rewards, times * benefit.get, both, spare)
    parts = [
        money.round_half_up(Decimal(left[place] * pieces) * benefit.percent / (100 * shelf.items[place].quantity))
        for place, pieces in taken.items()
    ]
    return Cut(sum(parts), list(taken), parts)


def _most_times(buy: int, get: int, bought: int, given: int, shared: int) -> int:
    """How often X can be bought and Y be given when some goods are of both kinds: each piece counts once."""
    low, high = 0, (bought + given + shared) // max(1, buy + get)
    while low < high:
        middle = (low + high + 1) // 2
        if max(0, middle * buy - bought) + max(0, middle * get - given) <= shared:
            low = middle
        else:
            high = middle - 1
    return low


def _cheapest(
    shelf: Shelf, left: Sequence[int], places: Sequence[int], pieces: int, both: set[int], spare: int
) -> dict[int, int]:
    taken: dict[int, int] = {}
    for place in sorted(places, key=lambda each: (_price_of_piece(shelf, left, each), each)):
        most = min(pieces, shelf.items[place].quantity, spare if place in both else pieces)
        if most > 0:
            taken[place] = most
            pieces -= most
            spare -= most if place in both else 0
    return taken


def _bundle(rule: Rule, shelf: Shelf, left: Sequence[int], places: Sequence[int], currency: str) -> Cut:
    benefit = rule.benefit
    price = benefit.amounts.get(currency)
    if price is None and not benefit.percent:
        return NOTHING
    bundles, taken = _bundles(benefit.parts, shelf, left, benefit.times or MOST_BUNDLES)
    worths = {
        place: money.round_half_up(Decimal(left[place] * pieces) / shelf.items[place].quantity)
        for place, pieces in taken.items()
    }
    worth = sum(worths.values())
    if price is None:
        minor = Discount(percent=benefit.percent).of(worth)
    else:
        minor = max(0, worth - price * bundles)
    return Cut(minor, list(worths), money.split(minor, list(worths.values()))) if minor else NOTHING


def _bundles(
    parts: Sequence[tuple[Scope, int]], shelf: Shelf, left: Sequence[int], most: int
) -> tuple[int, Mapping[int, int]]:
    """How many whole bundles there are, and their pieces: the dearest that fit each part."""
    rest = [each.quantity for each in shelf.items]
    taken: dict[int, int] = {}
    ranked = [
        (sorted(shelf.match(scope), key=lambda each: (-_price_of_piece(shelf, left, each), each)), pieces)
        for scope, pieces in parts
    ]
    for number in range(most):
        before = list(rest)
        for places, pieces in ranked:
            if not _take(rest, places, pieces):
                rest = before
                return number, taken
        for place, (was, now) in enumerate(zip(before, rest, strict=True)):
            if was != now:
                taken[place] = taken.get(place, 0) + was - now
    return most, taken


def _take(rest: list[int], places: Sequence[int], pieces: int) -> bool:
    for place in places:
        step = min(rest[place], pieces)
        rest[place] -= step
        pieces -= step
    return pieces == 0


def _pieces(shelf: Shelf, places: Sequence[int] | set[int]) -> int:
    return sum(shelf.items[each].quantity for each in places)


def _price_of_piece(shelf: Shelf, left: Sequence[int], place: int) -> Decimal:
    return Decimal(left[place]) / shelf.items[place].quantity


_WORK: Mapping[str, Callable[[Rule, Shelf, Sequence[int], Sequence[int], str], Cut]] = {
    rules.PERCENT: _percent, rules.AMOUNT: _amount, rules.FIXED: _fixed_price, rules.BUY_GET: _buy_get,
    rules.BUNDLE: _bundle,
}  # fmt: skip
