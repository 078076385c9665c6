"""The fold over events: one event is a small summary, and summaries merge. Pure; knows no database."""

from datetime import UTC, date, datetime
from typing import Any

from nitka.insight.profiles import devices, fading, noticing
from nitka.insight.profiles.sketches import Fields, State, earliest, latest, merge, newest, spans, tally, total
from nitka.people.events.queries import ANALYTICS, PERSONALISATION, EventView

VISIT_GAP_MS = 30 * 60 * 1000

# What may be known with a yes to analytics …
MEASURED: Fields = {
    "events": total,
    "first": earliest,  # [at, seq]
    "last": latest,
    "visits": spans(VISIT_GAP_MS),
    "steps": newest(200),  # [at, seq, word]
    "devices": tally(1, 60),
    "zones": tally(1, 40),
    "locales": tally(1, 40),
    "currencies": tally(1, 40),
    "first_touch": earliest,  # [at, seq, source, medium, campaign, host, path]
    "last_touch": latest,  # the last that had a source
    "troubles": tally(1, 20),  # … [at, seq, path]
}
# … and with a yes to personalisation.
PERSONAL: Fields = {
    "searches": tally(2, 200),  # times, times without result, [at, seq, results]
    "products": tally(3, 400),  # weight, seen, added, [at, seq, category, brand, name]
    "shelves": tally(2, 200),  # weight, seen, [at, seq]
    "habits": tally(1, 20),  # price_sort, coupon_tried, article_read …
}
FIELDS: Fields = MEASURED | PERSONAL

_WEIGHTS = {
    "productviewed": fading.SEEN, "productclicked": fading.LISTED, "productadded": fading.ADDED,
    "productaddedtowishlist": fading.WISHED,
}  # fmt: skip


def month_of(at: datetime) -> date:
    """The month (UTC) whose summary an event belongs to; the partitions of the events are cut the same way."""
    day = at.astimezone(UTC)
    return date(day.year, day.month, 1)


def reference_of(month: date) -> int:
    """The moment that the weights of a month's summary are seen from."""
    return fading.milliseconds(datetime(month.year, month.month, 1, tzinfo=UTC))


def fold(state: State, event: EventView) -> State:
    """The state with the event in it. Any order of events gives the same state; `state` itself is changed."""
    return merge(FIELDS, state, summary_of(event))


def merged(first: State, second: State) -> State:
    """The summary of both."""
    return merge(FIELDS, merge(FIELDS, {}, first), second)


def summary_of(event: EventView) -> State:
    """What this one event says; empty for bots and where the person allowed neither purpose when it happened."""
    if event.is_bot or not event.consent & (ANALYTICS | PERSONALISATION):
        return {}
    name = noticing.plain_name(event.name) if event.kind == "track" else ""
    when = [fading.milliseconds(event.at), event.seq]
    found: State = {}
    if event.consent & ANALYTICS:
        _measure(found, event, name, when)
    if event.consent & PERSONALISATION:
        _take_interest(found, event, name, when)
    return found


def _measure(found: State, event: EventView, name: str, when: list[int]) -> None:
    said, context = event.properties, event.context
    found |= {"events": 1, "first": when, "last": when}
    path = noticing.path_of(said, context)
    if device := devices.of_context(context):
        found["devices"] = {device: [1, when]}
        # What a server tells of somebody is no visit of theirs.
        found["visits"] = [[when[0], when[0]]]
        if step := noticing.step_of(event.kind, name, path):
            found["steps"] = [[*when, step]]
    for field, value in (
        ("zones", context.get("timezone")), ("locales", context.get("locale")), ("currencies", said.get("currency")),
    ):  # fmt: skip
        if word := noticing.text(value, 40):
            found[field] = {word: [1, when]}
    if event.kind in ("page", "screen"):
        touch = noticing.touch_of(said, context)
        found["first_touch"] = [*when, *touch, path]
        if any(touch):
            found["last_touch"] = [*when, *touch, path]
    if event.kind == "track" and (trouble := noticing.trouble_of(name, said)):
        found["troubles"] = {trouble: [1, [*when, path]]}


def _take_interest(found: State, event: EventView, name: str, when: list[int]) -> None:
    said = event.properties
    reference = reference_of(month_of(event.at))
    if name == "productssearched" and (words := noticing.text(said.get("query"), 80).lower()):
        results = noticing.results_of(said)
        found["searches"] = {words: [1, int(results == 0), [*when, -1 if results is None else results]]}
    elif name in _WEIGHTS and (product := noticing.text(said.get("product_id") or said.get("sku"), 80)):
        weight = fading.kept(_WEIGHTS[name], when[0], reference)
        words_said = [noticing.text(said.get(field)) for field in ("category", "brand", "name")]
        seen, added = int(name == "productviewed"), int(name == "productadded")
        found["products"] = {product: [weight, seen, added, [*when, *words_said]]}
    elif name == "productlistviewed" and (shelf := noticing.text(said.get("category") or said.get("list_id"))):
        found["shelves"] = {shelf: [fading.kept(fading.LISTED, when[0], reference), 1, when]}
    if habit := _habit_of(event, name):
        found["habits"] = {habit: [1, when]}


def _habit_of(event: EventView, name: str) -> str:
    said: dict[str, Any] = event.properties
    if name in ("productlistfiltered", "productlistviewed") and noticing.by_price(said):
        return "price_sort"
    if name in ("couponentered", "couponapplied", "coupondenied"):
        return "coupon_tried"
    if event.kind == "page" and noticing.step_of("page", "", noticing.path_of(said, event.context)) == "article":
        return "article_read"
    return ""
