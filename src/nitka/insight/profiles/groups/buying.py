"""What somebody's orders add up to."""

from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

from nitka.ground import locale
from nitka.insight.profiles import words
from nitka.insight.profiles.known import Known, moment
from nitka.insight.profiles.views import ProfileValue

DAY_MS = 86_400_000


def values(known: Known) -> Iterator[ProfileValue]:
    yield from _sums(known)
    yield from _rhythm(known)
    yield from _undone(known)
    yield from _coupons(known)


def _sums(known: Known) -> Iterator[ProfileValue]:
    """Net of what went back; the average is of what was ordered, before anything went back."""
    sums = {word: entry for word, entry in known.buying.get("money", {}).items() if entry[0] or entry[1]}
    if not sums:
        return
    source, last = words.from_orders(known.orders), _latest(known)
    most = sorted(sums.items(), key=lambda row: (-row[1][2], row[0]))
    net = {word: entry[0] - entry[1] for word, entry in most}
    yield ProfileValue(
        name="spent", label=_("Spent in total"), value=net, source=source, at=moment(last[0]),
        texts=tuple(locale.format_money(minor, word, known.language) for word, minor in net.items()),
    )  # fmt: skip
    average = {word: round(entry[0] / entry[2]) for word, entry in most if entry[2]}
    yield ProfileValue(
        name="average_order", label=_("Average order"), value=average, source=source, at=moment(last[0]),
        texts=tuple(locale.format_money(minor, word, known.language) for word, minor in average.items()),
    )  # fmt: skip


def _latest(known: Known) -> list[Any]:
    """The last order; the last credit note of somebody of whom no order was brought."""
    found: list[Any] = known.buying.get("last") or known.buying.get("last_returned") or [0, ""]
    return found


def days_between(known: Known) -> float | None:
    """The median of the days between one order and the next, of the last 200 orders; None below two."""
    moments = sorted(each[0] for each in known.buying.get("moments", ()))
    gaps = [(later - earlier) / DAY_MS for earlier, later in pairwise(moments)]
    return median(gaps) if gaps else None


def _rhythm(known: Known) -> Iterator[ProfileValue]:
    bought = known.buying
    if not known.orders:
        return
    last, first = bought["last"], bought["first"]
    yield ProfileValue(
        name="orders", label=_("Number of orders"), value=known.orders,
        texts=(locale.format_number(known.orders, known.language),),
        source=_("since %(day)s") % {"day": locale.format_date(moment(first[0]).date(), known.language, "medium")},
        at=moment(last[0]),
    )  # fmt: skip
    ago = max((known.now - moment(last[0])).days, 0)
    yield ProfileValue(
        name="recency", label=_("Last order"), value=ago, texts=(_ago(ago),),
        source=words.from_orders(known.orders), at=moment(last[0]), order_code=last[1],
    )  # fmt: skip
    between = days_between(known)
    if between is not None:
        yield ProfileValue(
            name="frequency", label=_("Days between orders"), value=round(between, 2),
            texts=(words.days(round(between)),), source=_("the median, %(source)s")
            % {"source": words.from_orders(known.orders)}, at=moment(last[0]),
        )  # fmt: skip


def _ago(days: int) -> str:
    return _("today") if days == 0 else _("%(days)s ago") % {"days": words.days(days)}


def _undone(known: Known) -> Iterator[ProfileValue]:
    for name, label in (("returned", _("Sent back or refunded")), ("cancelled", _("Cancelled"))):
        count = known.buying.get(name, 0)
        if count:
            last: list[Any] = known.buying[f"last_{name}"]
            yield ProfileValue(
                name=name, label=label, value=count, texts=(words.times(count),),
                source=words.from_orders(known.orders + known.buying.get("cancelled", 0)), at=moment(last[0]),
                order_code=last[1],
            )  # fmt: skip


def coupon_share(known: Known) -> float:
    """The part of the orders that a coupon was used in."""
    return known.buying.get("with_coupon", 0) / known.orders if known.orders else 0.0


def _coupons(known: Known) -> Iterator[ProfileValue]:
    used = known.buying.get("with_coupon", 0)
    if used:
        codes = words.most(known.buying["coupons"])
        last = max(entry[-1] for _code, entry in codes)
        yield ProfileValue(
            name="coupons", label=_("Coupons used"), value={"orders": used, "share": round(coupon_share(known), 3)},
            texts=(
                _("in %(used)s of %(all)s orders") % {"used": used, "all": known.orders},
                *(words.named(code, words.times(entry[0])) for code, entry in codes),
            ),
            source=words.from_orders(known.orders), at=moment(last[0]),
        )  # fmt: skip
