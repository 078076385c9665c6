"""Why somebody buys: inspiration, speed or the lowest price. A rule each, shown with its reason, or nothing at all.

- Lowest price: a coupon in at least half of two or more orders; or lists sorted by price three times or more; or three
  or more coupons tried.
- Speed: at least two visits that ended with an order, and half of those took ten minutes or less.
- Inspiration: at least three visits of eight steps or more without a search; or three articles read.

Several may hold. Where none does we say that not enough is known: a profile never guesses.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nitka.insight.profiles import words
from nitka.insight.profiles.groups.buying import coupon_share
from nitka.insight.profiles.groups.coming import ways
from nitka.insight.profiles.known import Known
from nitka.insight.profiles.views import ProfileValue

QUICK_MS = 10 * 60_000
LONG_WAY = 8


def reasons(known: Known) -> dict[str, str]:
    """Motive → the reason for it, in words."""
    found = {"price": _price(known), "speed": _speed(known), "inspiration": _inspiration(known)}
    return {motive: reason for motive, reason in found.items() if reason}


def values(known: Known) -> Iterator[ProfileValue]:
    names = {"price": _("Looks for the lowest price"), "speed": _("Wants it quickly"),
             "inspiration": _("Looks for inspiration")}  # fmt: skip
    found = reasons(known)
    for motive, reason in found.items():
        yield ProfileValue(
            name=f"motive_{motive}", label=_("Motive"), value=motive, texts=(names[motive],), source=reason
        )
    if not found and (known.orders or known.visits):
        yield ProfileValue(
            name="motive_unknown", label=_("Motive"), value=None, texts=(_("Not enough known"),),
            source=_("no rule holds yet"),
        )  # fmt: skip


def _habit(known: Known, name: str) -> int:
    return int(known.behaviour.get("habits", {}).get(name, [0])[0])


def _price(known: Known) -> str:
    if known.orders >= 2 and coupon_share(known) >= 0.5:
        used = known.buying["with_coupon"]
        return _("a coupon in %(used)s of %(all)s orders") % {"used": used, "all": known.orders}
    if (sorted_lists := _habit(known, "price_sort")) >= 3:
        return _("sorted by price %(times)s") % {"times": words.times(sorted_lists)}
    if (tried := _habit(known, "coupon_tried")) >= 3:
        return _("tried coupons %(times)s") % {"times": words.times(tried)}
    return ""


def _speed(known: Known) -> str:
    if "personalisation" in known.withheld:
        return ""
    ended = [end - begin for begin, end, way in ways(known) if "order" in way]
    quick = sum(1 for each in ended if each <= QUICK_MS)
    if len(ended) >= 2 and quick * 2 >= len(ended):
        return _("%(quick)s of %(all)s visits with an order took ten minutes or less") % {
            "quick": quick, "all": len(ended),
        }  # fmt: skip
    return ""


def _inspiration(known: Known) -> str:
    if (read := _habit(known, "article_read")) >= 3:
        return _("read articles %(times)s") % {"times": words.times(read)}
    if "personalisation" in known.withheld:
        return ""
    long = sum(1 for _begin, _end, way in ways(known) if len(way) >= LONG_WAY and "search" not in way)
    return _("%(count)s long visits without a search") % {"count": long} if long >= 3 else ""
