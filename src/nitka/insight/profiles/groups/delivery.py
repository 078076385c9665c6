"""What somebody chose to have things brought, and whether we kept our word to them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nitka.insight.profiles import fading, words
from nitka.insight.profiles.known import Known, moment
from nitka.insight.profiles.views import ProfileValue


def late_now(known: Known) -> list[list[object]]:
    """Orders that are not there yet though their day is over: [end of the day, code]."""
    return [each for each in known.buying.get("waiting", ()) if each[0] < fading.milliseconds(known.now)]


def values(known: Known) -> Iterator[ProfileValue]:
    if chosen := words.most(known.buying.get("deliveries", {})):
        last = max(entry[-1] for _code, entry in chosen)
        yield ProfileValue(
            name="deliveries", label=_("Delivery chosen"), value={code: entry[0] for code, entry in chosen},
            texts=tuple(words.named(entry[-1][2] or code, words.times(entry[0])) for code, entry in chosen),
            source=words.from_orders(known.orders), at=moment(last[0]),
        )  # fmt: skip
    yield from _promises(known)


def _promises(known: Known) -> Iterator[ProfileValue]:
    kept, broken, late = known.buying.get("kept", 0), known.buying.get("broken", 0), late_now(known)
    if kept:
        yield ProfileValue(
            name="promises_kept", label=_("Promises kept"), value=kept, texts=(words.times(kept),),
            source=_("promised day against delivery, %(source)s") % {"source": words.from_orders(kept + broken)},
        )  # fmt: skip
    if broken:
        at, code, days = known.buying["last_broken"][:3]
        yield ProfileValue(
            name="promises_broken", label=_("Promises broken"), value=broken,
            texts=(words.times(broken), _("last time %(days)s late") % {"days": words.days(days)}),
            source=_("promised day against delivery, %(source)s") % {"source": words.from_orders(kept + broken)},
            at=moment(at), order_code=code, tone="danger",
        )  # fmt: skip
    if late:
        end, code = late[0][:2]
        yield ProfileValue(
            name="late_now", label=_("Late now"), value=len(late), texts=(words.times(len(late)),),
            source=_("the promised day is over"), at=moment(int(str(end))), order_code=str(code), tone="danger",
        )  # fmt: skip
