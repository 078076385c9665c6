"""The options of a shop, remembered for two seconds, and what of them is to be had for one parcel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils import translation

from nitka.ground import clock, locale
from nitka.ground.remembered import Remembered
from nitka.sale.shipping import rating, rules
from nitka.sale.shipping.calendars import working_day
from nitka.sale.shipping.models import DeliveryOption, SourcingRule
from nitka.sale.shipping.planning import Sourcing
from nitka.sale.shipping.promises import Origin, Promise, Speed, promise
from nitka.sale.shipping.rules import Load
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing

LAST_DRIVER = time(20, 0)
HOME = Origin("PL", "Europe/Warsaw")  # until the shop has a warehouse


@dataclass(frozen=True, slots=True)
class PointView:
    """A place where a parcel can be fetched."""

    carrier: str
    code: str
    name: str
    line1: str
    postcode: str
    city: str
    country: str
    hours: str = ""


@dataclass(frozen=True, slots=True)
class OptionView:
    """A delivery option for one place and basket: its price in minor units and its promise.

    `kind`: home, or pickup (then the shopper chooses a point of `carrier`; `point` is the chosen one).
    `price_from`: table, or carrier where the carrier calculated it. `before_minor` is what it costs without promotions,
    where whoever shows it has lowered the price.
    """

    code: str
    name: str
    price_minor: int
    currency: str
    promise: Promise
    free_from_minor: int | None = None
    text: str = ""
    kind: str = "home"
    carrier: str = ""
    price_from: str = "table"
    point: PointView | None = None
    before_minor: int | None = None

    @property
    def list_minor(self) -> int:
        """The price without promotions."""
        return self.price_minor if self.before_minor is None else self.before_minor

    def at_point(self, point: PointView | None) -> "OptionView":
        """The same with the point that was chosen, if it is one of the carrier's."""
        return replace(self, point=point) if point and point.carrier == self.carrier else self


@dataclass(frozen=True, slots=True)
class Option:
    """A row of the options, as it is remembered."""

    code: str
    names: dict[str, str]
    countries: frozenset[str]
    prefixes: tuple[str, ...]
    speed: Speed
    prices: dict[str, int]
    free_from: dict[str, int]
    max_weight_g: int | None
    texts: dict[str, str]
    kind: str
    carrier: str
    service: str
    rules: dict[str, object]
    steps: dict[str, list[list[int]]]
    steps_by: str
    calculated: bool
    markup_percent: int


@dataclass(frozen=True, slots=True)
class Known:
    """All that is asked for at every step of a checkout."""

    options: tuple[Option, ...]
    places: dict[str, Origin]
    sourcing: tuple[Sourcing, ...]

    def rule_for(self, country: str) -> Sourcing:
        """The sourcing rule of that country; without any: as few parcels as possible."""
        fitting = (each for each in self.sourcing if not each.countries or country in each.countries)
        return next(fitting, Sourcing())

    def origin_for(self, country: str) -> Origin:
        """Where parcels to that country leave: the place liked best, else the first by code."""
        liked = (code for code in self.rule_for(country).locations if code in self.places)
        code = next(liked, next(iter(self.places), ""))
        return self.places.get(code, HOME)


@dataclass(frozen=True, slots=True)
class Asked:
    """Where to, for whom, when."""

    country: str
    postcode: str
    market: str
    load: Load
    at: datetime


def _load() -> Known:
    return Known(
        tuple(_loaded(row) for row in DeliveryOption.objects.filter(active=True)),
        {place.code: Origin(place.country, place.zone) for place in inventory.locations()},
        tuple(
            Sourcing(frozenset(row.countries), tuple(row.locations), row.strategy, row.gather_days)
            for row in SourcingRule.objects.all()
        ),
    )


known = Remembered(_load)


def offered(asked: Asked, *, ask: bool) -> tuple[OptionView, ...]:
    """See `queries.options`."""
    fitting = [each for each in known().options if fits(each, asked)]
    rates = rating.rates_of([each for each in fitting if each.calculated], asked, ask=ask)
    return tuple(_views(fitting, asked, rates))


def soonest(code: str, country: str, at: datetime) -> date:
    """What packs and leaves by the evening may still come in time, whatever the cut-off was: the driver of the day
    decides, not the clock of the checkout. An option that is gone counts as two days on the way."""
    days = next((each.speed.transit_days for each in known().options if each.code == code), 2)
    origin = known().origin_for(country)
    evening = Speed(LAST_DRIVER, 0, days, days)
    kept = promise(evening, origin, country, at, "")
    if kept is None:  # a same-day option: tomorrow it is
        tomorrow = clock.local(at, origin.zone).date() + timedelta(days=1)
        return working_day(working_day(tomorrow, origin.country), country)
    return kept.day_to


def fits(option: Option, asked: Asked) -> bool:
    """Whether the option is to be had at all."""
    if asked.market not in option.prices or (option.countries and asked.country not in option.countries):
        return False
    if option.max_weight_g is not None and asked.load.weight_g > option.max_weight_g:
        return False
    if option.prefixes and not rules.plain(asked.postcode).startswith(option.prefixes):
        return False
    if rules.is_beyond(option.steps, option.steps_by, asked.market, asked.load):
        return False
    return rules.fits(option.rules, asked.load, asked.market, asked.postcode)


def _views(fitting: Sequence[Option], asked: Asked, rates: dict[str, int]) -> Iterator[OptionView]:
    language = translation.get_language() or locale.FALLBACK
    currency = pricing.market(asked.market).currency
    origin, rule = known().origin_for(asked.country), known().rule_for(asked.country)
    for option in fitting:
        speed = option.speed
        if rule.gather_days and rule.strategy == "together" and not speed.is_same_day:
            speed = replace(speed, handling_days=speed.handling_days + rule.gather_days)
        kept = promise(speed, origin, asked.country, asked.at, f"{option.code}@{origin.country}")
        if kept is not None:
            yield _view(option, asked, currency, kept, language, rates.get(option.code))


def _view(
    option: Option, asked: Asked, currency: str, kept: Promise, language: str, rate: int | None
) -> OptionView:  # fmt: skip
    threshold = option.free_from.get(asked.market)
    price = rate
    if price is None:
        table = rules.table_price(option.steps, option.steps_by, asked.market, asked.load)
        price = option.prices[asked.market] if table is None else table
    if threshold is not None and asked.load.goods_minor >= threshold:
        price = 0
    return OptionView(
        option.code, locale.pick(option.names, language), price, currency, kept, threshold,
        locale.pick(option.texts, language) if option.texts else "", option.kind, option.carrier,
        "table" if rate is None else "carrier",
    )  # fmt: skip


def _loaded(row: DeliveryOption) -> Option:
    return Option(
        row.code, row.names, frozenset(row.countries), tuple(row.postcode_prefixes),
        Speed(row.cut_off, row.handling_days, row.transit_days_from, row.transit_days),
        row.prices, row.free_from, row.max_weight_g, row.texts, row.kind, row.carrier, row.service, row.rules,
        row.steps, row.steps_by, row.calculated, row.markup_percent,
    )  # fmt: skip
