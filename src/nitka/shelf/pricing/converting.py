"""Prices of one market in the currency of another, rounded as the merchant likes. Rates come by hand or a provider."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import import_module
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nitka.ground import clock, money
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import markets, price_rows
from nitka.shelf.pricing.history import note
from nitka.shelf.pricing.models import ExchangeRate, Market, Price
from nitka.shelf.pricing.problems import PricingProblem, UnknownMarket
from nitka.shelf.pricing.rates import Fetched
from nitka.shelf.pricing.tax_verbs import forget_now_and_later

FIXED = "fixed"
PROVIDERS = ("ecb",)
# A rate that moved more than this between two days is a mistake of somebody's until a person says otherwise.
MOST_MOVE = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class _Way:
    """How amounts of one market become prices of another."""

    source: str
    target: str
    ours: str
    theirs: str
    rate: Decimal
    step_minor: int
    less_minor: int

    def price(self, minor: int, tax: Decimal) -> int:
        return money.to_step(
            money.convert(minor, self.ours, self.theirs, self.rate * tax), self.step_minor, self.less_minor
        )


@transaction.atomic
def set_conversion(
    *, market: str, converted_from: str, source: str = FIXED, margin_percent: Decimal = Decimal(0), step_minor: int = 1,
    less_minor: int = 0,
) -> int:  # fmt: skip
    """Let prices of a market be those of another one in its own currency; empty `converted_from`: no more.

    Prices that were set by hand stay. A price is the nearest multiple of `step_minor` less `less_minor` (100 and 1:
    to .99). Returns how many prices changed. Raises PricingProblem, UnknownMarket.
    """
    row = Market.objects.select_for_update().filter(code=market).first()
    if row is None or (converted_from and not Market.objects.filter(code=converted_from).exists()):
        raise UnknownMarket(_("There is no market %(code)s.") % {"code": converted_from}, market=converted_from)
    if converted_from == market or Market.objects.filter(code=converted_from).exclude(converted_from="").exists():
        raise PricingProblem(_("Convert from a market whose prices are set by hand."), field="converted_from")
    if converted_from and Market.objects.filter(converted_from=market).exists():
        raise PricingProblem(_("Other markets are converted from this one."), field="converted_from")
    if source not in (FIXED, *PROVIDERS) or step_minor < 1 or not 0 <= less_minor < step_minor:
        raise PricingProblem(_("Choose a step above zero, and take off less than a step."), field="step_minor")
    if not -90 <= margin_percent <= 500:
        raise PricingProblem(_("A margin is from -90 to 500 per cent."), field="margin_percent")
    row.converted_from, row.rates_source, row.margin_percent = converted_from, source, margin_percent
    row.step_minor, row.less_minor = step_minor, less_minor
    row.save()
    forget_now_and_later()
    return convert_prices(market=market) if converted_from else 0


@transaction.atomic
def put_exchange_rates(*, base: str, rates: Mapping[str, Decimal], on: date | None = None, source: str = FIXED) -> int:
    """Write how much of each currency one of `base` is. The same day again is corrected. Returns how many.

    Raises PricingProblem for what is no currency or no rate.
    """
    try:
        money.exponent(base)
        wrong = [code for code, rate in rates.items() if not rate.is_finite() or rate <= 0 or money.exponent(code) < 0]
    except ValueError as trouble:
        raise PricingProblem(_("A currency has three letters, such as AMD.")) from trouble
    if wrong:
        raise PricingProblem(_("A rate is above zero."))
    day = on or _today()
    ExchangeRate.objects.bulk_create(
        [
            ExchangeRate(base=base, currency=code, rate=rate, on=day, source=source)
            for code, rate in sorted(rates.items())
        ],
        update_conflicts=True,
        unique_fields=["source", "base", "currency", "on"],
        update_fields=["rate"],
    )
    return len(rates)


def fetch_exchange_rates(*, source: str = "ecb", believe: bool = False) -> int:
    """Ask a provider for today's rates, keep them, and convert the markets that use them; prices that changed.

    The network is asked outside of the transaction. A rate that moved by more than a quarter since the last one is kept
    out unless somebody says `believe`. Raises RatesProblem, PricingProblem.
    """
    if source not in PROVIDERS:
        raise PricingProblem(_("There is no such source of rates."))
    found: Fetched = import_module(f"nitka.shelf.pricing.rates.{source}").fetch()
    if not believe:
        _refuse_jumps(found)
    with transaction.atomic():
        put_exchange_rates(base=found.base, rates=found.rates, on=found.on, source=source)
        return sum(
            convert_prices(market=each.code)
            for each in Market.objects.filter(rates_source=source).exclude(converted_from="").order_by("code")
        )


def _refuse_jumps(found: Fetched) -> None:
    for code, rate in found.rates.items():
        last = _newest(found.source, found.base, code)
        if last and abs(rate - last) / last > MOST_MOVE:
            text = _("The rate of %(code)s moved from %(last)s to %(rate)s. Look, then fetch again and accept it.")
            raise PricingProblem(text % {"code": code, "last": last.normalize(), "rate": rate})


def fetch_wanted() -> None:
    """Fetch from each provider that a market converts with."""
    wanted = Market.objects.filter(active=True).exclude(converted_from="").exclude(rates_source=FIXED)
    for source in sorted(set(wanted.values_list("rates_source", flat=True))):
        fetch_exchange_rates(source=source)


@transaction.atomic
def convert_prices(*, market: str) -> int:
    """Compute the converted prices of a market anew, note and tell them. Returns how many changed.

    Raises PricingProblem where there is no rate.
    """
    changed = _convert(market, None)
    note(changed)
    price_rows.tell_changes(changed)
    return len(changed)


def follow(changed: Sequence[tuple[UUID, str]]) -> list[tuple[UUID, str]]:
    """What markets that are converted from the changed ones (or lost a price by hand) make of it. No query without."""
    touched = {code for _variant, code in changed}
    more: list[tuple[UUID, str]] = []
    for each in markets.markets():
        if each.converted_from and touched & {each.converted_from, each.code}:
            try:
                more += _convert(each.code, [variant for variant, code in changed])
            except PricingProblem:
                continue  # without a rate the prices of before stay
    return [key for key in more if key not in set(changed)]


def _convert(code: str, variants: Iterable[UUID] | None) -> list[tuple[UUID, str]]:
    target = Market.objects.get(code=code)
    if not target.converted_from:
        return []
    way = _way(target, Market.objects.get(code=target.converted_from))
    rows: QuerySet[Price, tuple[UUID, int, int | None, str]] = Price.objects.filter(market_id=way.source).values_list(
        "variant_id", "minor", "compare_at_minor", "variant__product__tax_class"
    )
    if variants is not None:
        rows = rows.filter(variant_id__in=list(variants))
    source = markets.market(way.source)
    there = markets.market(way.target)
    made = []
    kept = []
    for variant_id, minor, compare_at, tax_class in rows:
        tax = _tax_factor(source, there, tax_class)
        made.append((variant_id, code, way.price(minor, tax), way.price(compare_at, tax) if compare_at else None))
        kept.append(variant_id)
    gone = Price.objects.filter(market_id=code, converted=True).exclude(variant_id__in=kept)
    if variants is not None:
        gone = gone.filter(variant_id__in=list(variants))
    lost = price_rows.drop([(each, code) for each in gone.values_list("variant_id", flat=True)])
    return price_rows.write(sorted(made), converted=True) + lost


def _tax_factor(source: markets.MarketView, target: markets.MarketView, tax_class: str) -> Decimal:
    """Where one market shows prices with tax and the other without, the tax of its own country goes or comes."""
    if source.tax_included == target.tax_included:
        return Decimal(1)
    with_tax = source if source.tax_included else target
    rate = markets.tax_rate(with_tax.default_country, tax_class, clock.today(with_tax.zone)) / 100 + 1
    return 1 / rate if source.tax_included else rate


def _way(target: Market, source: Market) -> _Way:
    rate = rate_between(source.currency, target.currency, target.rates_source)
    if rate is None:
        text = _("There is no rate from %(ours)s to %(theirs)s. Write one under currencies.")
        raise PricingProblem(text % {"ours": source.currency, "theirs": target.currency}, field="rate")
    return _Way(
        source.code, target.code, source.currency, target.currency, rate * (1 + target.margin_percent / 100),
        target.step_minor, target.less_minor,
    )  # fmt: skip


def _today() -> date:
    return clock.today(content.shop().zone)


def rate_between(ours: str, theirs: str, source: str = FIXED) -> Decimal | None:
    """How much of `theirs` one of `ours` is by the newest rates of a source, else by those set by hand: as written, the
    other way round, or by way of the euro. None where nobody says."""
    if ours == theirs:
        return Decimal(1)
    for each in dict.fromkeys((source, FIXED)):
        if direct := _either_way(each, ours, theirs):
            return direct
        first, second = _either_way(each, ours, "EUR"), _either_way(each, "EUR", theirs)
        if first and second:
            return first * second
    return None


def _either_way(source: str, ours: str, theirs: str) -> Decimal | None:
    if ours == theirs:
        return Decimal(1)
    if direct := _newest(source, ours, theirs):
        return direct
    back = _newest(source, theirs, ours)
    return 1 / back if back else None


def _newest(source: str, base: str, currency: str) -> Decimal | None:
    rows = ExchangeRate.objects.filter(source=source, base=base, currency=currency, on__lte=_today())
    return rows.order_by("-on").values_list("rate", flat=True).first()
