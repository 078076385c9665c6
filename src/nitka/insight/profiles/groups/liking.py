"""What somebody likes: categories, brands and goods with weights that fade, and what they searched for.

Seen 1, listed ½, wished 3, put into the cart 4, bought 10; half after 60 days (`fading.py`). Shown as shares of all.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from nitka.ground import locale
from nitka.insight.profiles import words
from nitka.insight.profiles.fading import HALF_LIFE_DAYS
from nitka.insight.profiles.known import Known, moment
from nitka.insight.profiles.views import ProfileValue

Weights = dict[str, tuple[float, int]]


def weights(known: Known, place: int) -> Weights:
    """Category (0) or brand (1) → weight now, and when it was last touched. Our own names go before those said."""
    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0])
    done = known.behaviour.get("products", {})
    for products, said in ((done, True), (known.buying.get("products", {}), False)):
        for product, entry in products.items():
            told = entry[-1][2 + place] if said else ""
            if name := known.goods.get(product, ("", ""))[place] or told:
                found[name][0] += entry[0]
                found[name][1] = max(found[name][1], entry[-1][0])
    if place == 0:
        for shelf, entry in known.behaviour.get("shelves", {}).items():
            found[shelf][0] += entry[0]
            found[shelf][1] = max(found[shelf][1], entry[-1][0])
    return {name: (weight, int(at)) for name, (weight, at) in found.items()}


def values(known: Known) -> Iterator[ProfileValue]:
    yield from _shares("categories", _("Categories"), weights(known, 0), known)
    yield from _shares("brands", _("Brands"), weights(known, 1), known)
    yield from _searches(known)


def _shares(name: str, label: str, found: Weights, known: Known) -> Iterator[ProfileValue]:
    whole = sum(weight for weight, _at in found.values())
    if not whole:
        return
    most = sorted(found.items(), key=lambda row: (-row[1][0], row[0]))[:5]
    shares = {word: weight / whole for word, (weight, _at) in most}
    yield ProfileValue(
        name=name, label=label, value={word: round(share, 4) for word, share in shares.items()},
        texts=tuple(
            words.named(word, locale.format_percent(Decimal(round(share * 100)), known.language))
            for word, share in shares.items()
        ),
        source=_source(known), at=moment(max(at for _weight, at in found.values())),
    )  # fmt: skip


def _source(known: Known) -> str:
    days = {"half": HALF_LIFE_DAYS}
    if known.visits and known.orders:
        return _("%(visits)s and %(orders)s; halves in %(half)d days") % {
            "visits": words.from_visits(known.visits), "orders": words.from_orders(known.orders), **days,
        }  # fmt: skip
    one = words.from_orders(known.orders) if known.orders else words.from_visits(max(known.visits, 1))
    return _("%(source)s; halves in %(half)d days") % {"source": one, **days}


def _searches(known: Known) -> Iterator[ProfileValue]:
    found = known.behaviour.get("searches", {})
    if not found:
        return
    most = words.most(found)
    yield ProfileValue(
        name="searches", label=_("Searched for"),
        value=[
            {"query": word, "count": entry[0], "without_result": entry[1], "results": entry[2][2]}
            for word, entry in most
        ],
        texts=tuple(words.named(word, _search(entry)) for word, entry in most),
        source=_("from %(count)s searches") % {"count": sum(entry[0] for entry in found.values())},
        at=moment(max(entry[-1][0] for entry in found.values())),
    )  # fmt: skip


def _search(entry: list[object]) -> str:
    count, results = int(str(entry[0])), entry[2][2]  # type: ignore[index]
    if results < 0:
        return words.times(count)
    return _("%(times)s, %(results)s found") % {"times": words.times(count), "results": results}
