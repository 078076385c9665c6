"""Questions about delivery: what it costs, when it comes, where it is."""

import time
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from nitka.ground import locale
from nitka.sale.shipping import providers
from nitka.sale.shipping.models import DeliveryOption, Shipment, TrackingStep
from nitka.sale.shipping.promises import Origin, Promise, Speed, promise
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing

__all__ = ["OptionView", "Promise", "ShipmentView", "TrackingView"]

STALE_AFTER_SECONDS = 2.0
HOME = Origin("PL", "Europe/Warsaw")  # until the shop has a warehouse


@dataclass(frozen=True, slots=True)
class OptionView:
    """A delivery option for one place and basket: its price in minor units and its promise. `before_minor` is what it
    costs without promotions, where whoever shows it has lowered the price."""

    code: str
    name: str
    price_minor: int
    currency: str
    promise: Promise
    free_from_minor: int | None = None
    before_minor: int | None = None

    @property
    def list_minor(self) -> int:
        """The price without promotions."""
        return self.price_minor if self.before_minor is None else self.before_minor


@dataclass(frozen=True, slots=True)
class TrackingView:
    kind: str
    text: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShipmentView:
    """A parcel and what its carrier said, oldest first."""

    id: UUID
    reference: UUID
    carrier: str
    carrier_name: str
    tracking_number: str
    tracking_url: str
    state: str
    promised_on: date | None
    shipped_at: datetime
    delivered_at: datetime | None
    steps: tuple[TrackingView, ...] = ()


@dataclass(frozen=True, slots=True)
class _Option:
    code: str
    names: dict[str, str]
    countries: frozenset[str]
    prefixes: tuple[str, ...]
    speed: Speed
    prices: dict[str, int]
    free_from: dict[str, int]
    max_weight_g: int | None


@dataclass(frozen=True, slots=True)
class _Known:
    until: float
    options: tuple[_Option, ...]
    origin: Origin


_known = _Known(0.0, (), HOME)


def options(
    *, country: str, postcode: str = "", market: str, goods_minor: int = 0, weight_g: int = 0, at: datetime
) -> tuple[OptionView, ...]:
    """What can be chosen for that place, market and basket at that moment, in the merchant's order.

    `goods_minor` decides over free delivery and `weight_g` over what is too heavy. Same-day options appear only
    before their cut-off and in their postcodes. Names are in the active language. No query while the options are fresh
    (two seconds).
    """
    known = _fresh()
    language = translation.get_language() or locale.FALLBACK
    currency = pricing.market(market).currency
    found = (
        _view(each, known.origin, country, market, currency, goods_minor, at, language)
        for each in known.options
        if _fits(each, country, postcode, market, weight_g)
    )
    return tuple(view for view in found if view)


def option(
    code: str, *, country: str, postcode: str = "", market: str, goods_minor: int = 0, weight_g: int = 0, at: datetime
) -> OptionView | None:
    """One option by its code, or None where it is not to be had now."""
    views = options(
        country=country, postcode=postcode, market=market, goods_minor=goods_minor, weight_g=weight_g, at=at
    )
    return next((view for view in views if view.code == code), None)


def best_promise(*, country: str, market: str, at: datetime) -> OptionView | None:
    """For a product page: the option that arrives first anywhere in that country, the cheapest of equals."""
    views = options(country=country, market=market, at=at)
    return min(views, key=lambda view: (view.promise.day_to, view.price_minor), default=None)


def free_delivery_from(*, country: str, market: str) -> int | None:
    """The lowest amount of goods, in minor units, from which some delivery to that country is free."""
    amounts = [
        o.free_from[market] for o in _fresh().options if _fits(o, country, "", market, 0) and market in o.free_from
    ]
    return min(amounts, default=None)


def origin() -> Origin:
    """Where parcels leave: the first warehouse by code."""
    return _fresh().origin


def option_rows() -> QuerySet[DeliveryOption]:
    """All options, for the back office."""
    return DeliveryOption.objects.order_by("position", "code")


def carriers() -> dict[str, str]:
    """Carriers that can be chosen: code → name."""
    return {code: each.name for code, each in providers.found().items()}


def shipments_of(reference: UUID) -> tuple[ShipmentView, ...]:
    """The parcels of a reference, oldest first, with their tracking steps in the active language. Two queries."""
    rows = list(Shipment.objects.filter(reference=reference).order_by("shipped_at", "id"))
    steps: dict[UUID, list[TrackingView]] = {row.id: [] for row in rows}
    if rows:
        for step in TrackingStep.objects.filter(shipment_id__in=steps).order_by("at", "id"):
            text = tracking_text(step.kind)
            steps[step.shipment_id].append(TrackingView(step.kind, text, step.place, step.at))
    return tuple(view_of(row, tuple(steps[row.id])) for row in rows)


def view_of(row: Shipment, steps: tuple[TrackingView, ...] = ()) -> ShipmentView:
    """The row as a value."""
    carrier = providers.found().get(row.carrier)
    return ShipmentView(
        row.id, row.reference, row.carrier, carrier.name if carrier else row.carrier, row.tracking_number,
        carrier.tracking_url(row.tracking_number) if carrier else "", row.state, row.promised_on, row.shipped_at,
        row.delivered_at, steps,
    )  # fmt: skip


def tracking_text(kind: str) -> str:
    """What a tracking step means, in the active language."""
    return {
        "announced": _("The parcel was announced to the carrier"),
        "accepted": _("The carrier has the parcel"),
        "sorted": _("The parcel was sorted"),
        "out_for_delivery": _("The parcel is in the delivery van"),
        "delivered": _("The parcel was delivered"),
    }.get(kind, kind)


def forget() -> None:
    """Read the options anew at the next question."""
    global _known
    _known = _Known(0.0, (), HOME)


def _fresh() -> _Known:
    global _known
    if time.monotonic() >= _known.until:
        places = inventory.locations()
        home = Origin(places[0].country, places[0].zone) if places else HOME
        loaded = tuple(_loaded(row) for row in DeliveryOption.objects.filter(active=True))
        _known = _Known(time.monotonic() + STALE_AFTER_SECONDS, loaded, home)
    return _known


def _loaded(row: DeliveryOption) -> _Option:
    return _Option(
        row.code, row.names, frozenset(row.countries), tuple(row.postcode_prefixes),
        Speed(row.cut_off, row.handling_days, row.transit_days_from, row.transit_days),
        row.prices, row.free_from, row.max_weight_g,
    )  # fmt: skip


def _fits(option: _Option, country: str, postcode: str, market: str, weight_g: int) -> bool:
    if market not in option.prices or (option.countries and country not in option.countries):
        return False
    if option.max_weight_g is not None and weight_g > option.max_weight_g:
        return False
    plain = postcode.replace(" ", "").replace("-", "").upper()
    return not option.prefixes or plain.startswith(option.prefixes)


def _view(
    option: _Option,
    origin: Origin,
    country: str,
    market: str,
    currency: str,
    goods_minor: int,
    at: datetime,
    language: str,
) -> OptionView | None:
    kept = promise(option.speed, origin, country, at, f"{option.code}@{origin.country}")
    if kept is None:
        return None
    threshold = option.free_from.get(market)
    free = threshold is not None and goods_minor >= threshold
    price = 0 if free else option.prices[market]
    return OptionView(option.code, locale.pick(option.names, language), price, currency, kept, threshold)
