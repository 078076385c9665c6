"""How somebody comes to the shop: from where, how often, on what, and which way they walk."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from nitka.ground import locale
from nitka.insight.profiles import words
from nitka.insight.profiles.behaviour import VISIT_GAP_MS
from nitka.insight.profiles.known import Known, moment
from nitka.insight.profiles.views import ProfileValue

PATH_STEPS = 4
Way = tuple[str, ...]


def step_names() -> dict[str, str]:
    return {
        "home": _("Home"), "category": _("Category"), "product": _("Product"), "search": _("Search"),
        "add": _("Put into the cart"), "cart": _("Cart"), "checkout": _("Checkout"), "order": _("Order"),
        "wish": _("Wish list"), "account": _("Account"), "help": _("Help"), "article": _("Article"),
        "other": _("Other page"),
    }  # fmt: skip


def values(known: Known) -> Iterator[ProfileValue]:
    yield from _touches(known)
    yield from _visits(known)
    yield from _path(known)
    yield from _devices(known)


def _touches(known: Known) -> Iterator[ProfileValue]:
    """The first visit, and the last that came from somewhere; the channel by the merchant's own rules."""
    if not known.sessions:
        yield from _pages(known)
        return
    led = next((each for each in known.sessions if _said(each.source)), known.sessions[0])
    for name, visit in (("first_touch", known.sessions[-1]), ("last_touch", led)):
        yield ProfileValue(
            name=name, label=_label(name), at=visit.started_at,
            texts=_touch(_said(visit.source), _said(visit.medium), _said(visit.campaign), visit.referrer),
            value={
                "channel": visit.channel, "source": visit.source, "medium": visit.medium, "campaign": visit.campaign,
                "host": visit.referrer, "landing": visit.landing,
            },
            source=_("the page they landed on: %(path)s") % {"path": visit.landing or "/"},
        )  # fmt: skip


def _said(word: str) -> str:
    """Nothing for `(direct)`, `(none)` and `(not set)`."""
    return "" if word.startswith("(") else word


def _label(name: str) -> str:
    return _("First came from") if name == "first_touch" else _("Last came from")


def _pages(known: Known) -> Iterator[ProfileValue]:
    """What the first and the last page say by themselves, while no session has been made of them."""
    for name in ("first_touch", "last_touch"):
        if touch := known.behaviour.get(name):
            at, _seq, source, medium, campaign, host, path = touch
            yield ProfileValue(
                name=name, label=_label(name), texts=_touch(source, medium, campaign, host),
                value={"source": source, "medium": medium, "campaign": campaign, "host": host, "landing": path},
                source=_("the page they landed on: %(path)s") % {"path": path or "/"}, at=moment(at),
            )  # fmt: skip


def _touch(source: str, medium: str, campaign: str, host: str) -> tuple[str, ...]:
    first = source or host or _("directly")
    parts = [_("%(source)s, %(medium)s") % {"source": first, "medium": medium} if medium else first]
    if campaign:
        parts.append(_("Campaign %(name)s") % {"name": campaign})
    return tuple(parts)


def _visits(known: Known) -> Iterator[ProfileValue]:
    visits = [(each.started_at, each.last_at) for each in reversed(known.sessions)]
    if not visits:
        # Things done with no pause of half an hour between them are one visit, on whatever devices.
        visits = [(moment(start), moment(end)) for start, end in known.behaviour.get("visits", ())]
    if visits:
        minutes = round(sum((end - start).total_seconds() for start, end in visits) / len(visits) / 60)
        yield ProfileValue(
            name="visits", label=_("Visits"), value=known.visits,
            texts=(locale.format_number(known.visits, known.language),
                   _("%(minutes)s minutes on average") % {"minutes": minutes}),
            source=_("since %(day)s") % {"day": locale.format_date(visits[0][0].date(), known.language, "medium")},
            at=visits[-1][1],
        )  # fmt: skip


def ways(known: Known) -> list[tuple[int, int, Way]]:
    """The last visits, oldest first: begin, end, and the steps in their order, without repetitions."""
    found: list[tuple[int, int, list[str]]] = []
    for at, _seq, step in reversed(known.behaviour.get("steps", ())):
        if found and at - found[-1][1] <= VISIT_GAP_MS:
            begin, _end, way = found[-1]
            found[-1] = (begin, at, way if way[-1] == step else [*way, step])
        else:
            found.append((at, at, [step]))
    return [(begin, end, tuple(way)) for begin, end, way in found]


def _path(known: Known) -> Iterator[ProfileValue]:
    """The first four steps that most visits have in common, where at least two have; the younger of equals."""
    walked = [(way[:PATH_STEPS], end) for _begin, end, way in ways(known) if len(way) > 1]
    counted = Counter(way for way, _end in walked)
    last: dict[Way, int] = dict(walked)
    if not counted:
        return
    way, count = max(counted.items(), key=lambda row: (row[1], last[row[0]]))
    if count > 1:
        names = step_names()
        yield ProfileValue(
            name="typical_path", label=_("Usual way"), value=list(way),
            texts=(" → ".join(names.get(step, step) for step in way),),
            source=_("%(count)s of the last %(all)s visits began so") % {"count": count, "all": len(walked)},
            at=moment(last[way]),
        )  # fmt: skip


def _devices(known: Known) -> Iterator[ProfileValue]:
    kinds = {"phone": _("Phone"), "tablet": _("Tablet"), "computer": _("Computer"), "other": _("Other device")}
    if found := words.most(known.behaviour.get("devices", {})):
        yield ProfileValue(
            name="devices", label=_("Devices"), value={word: entry[0] for word, entry in found},
            texts=tuple(_device(word, kinds) for word, _entry in found),
            source=words.from_visits(max(known.visits, 1)), at=moment(max(entry[-1][0] for _word, entry in found)),
        )  # fmt: skip


def _device(word: str, kinds: dict[str, Any]) -> str:
    kind, browser, system = word.split("|")
    if not (browser and system):
        return str(kinds[kind])
    return _("%(kind)s: %(browser)s on %(system)s") % {"kind": kinds[kind], "browser": browser, "system": system}
