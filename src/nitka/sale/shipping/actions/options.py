"""The options that a shop offers, where parcels leave, and where they can be fetched."""

from collections.abc import Mapping, Sequence
from datetime import time as time_of_day
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.shipping import built_in, providers, queries
from nitka.sale.shipping.models import DeliveryOption, PickupPoint, SourcingRule
from nitka.sale.shipping.problems import BadOptionProblem, UnknownCarrierProblem
from nitka.sale.shipping.rules import clean, clean_steps, plain


@transaction.atomic
def put_option(
    *, code: str, names: Mapping[str, str], countries: Sequence[str] = (), postcode_prefixes: Sequence[str] = (),
    cut_off: time_of_day, handling_days: int, transit_days: int, transit_days_from: int | None = None,
    prices: Mapping[str, int], free_from: Mapping[str, int] | None = None, max_weight_g: int | None = None,
    position: int = 0, active: bool = True, texts: Mapping[str, str] | None = None, kind: str = "home",
    carrier: str = "", service: str = "", rules: Mapping[str, Any] | None = None,
    steps: Mapping[str, Sequence[Sequence[int]]] | None = None, steps_by: str = "weight", calculated: bool = False,
    markup_percent: int = 0,
) -> UUID:  # fmt: skip
    """Make a delivery option, or change the one with that code. Prices in minor units by market.

    A market without a price does not see it. Same day = no handling and no transit days. `steps` is a table by market,
    (up to, price) in rising order, of weight in grams, worth in minor units, or pieces (`steps_by`); a parcel beyond
    its last step does not see the option. `rules`: see `rules.py`. `calculated`: the carrier is asked, and the price
    of the table counts while it does not answer. Refuses prices below zero, a first day after the last, rules that
    cannot be meant (BadOptionProblem), and a carrier that is not here (UnknownCarrierProblem).
    """
    free = dict(free_from or {})
    first = transit_days if transit_days_from is None else transit_days_from
    if min([*prices.values(), *free.values(), 0]) < 0 or not 0 <= first <= transit_days or handling_days < 0:
        raise BadOptionProblem(_("Prices and days cannot be below zero, and the first day comes before the last."))
    _refuse_carrier(kind, carrier, calculated)
    row, _made = DeliveryOption.objects.update_or_create(
        code=code,
        defaults={
            "names": dict(names), "countries": [country.upper() for country in countries],
            "postcode_prefixes": [plain(prefix) for prefix in postcode_prefixes], "cut_off": cut_off,
            "handling_days": handling_days, "transit_days_from": first, "transit_days": transit_days,
            "prices": dict(prices), "free_from": free, "max_weight_g": max_weight_g, "position": position,
            "active": active, "texts": dict(texts or {}), "kind": kind, "carrier": carrier, "service": service,
            **_cleaned(rules or {}, steps or {}, steps_by), "calculated": calculated,
            "markup_percent": markup_percent,
        },
    )  # fmt: skip
    queries.forget()
    return row.id


def _refuse_carrier(kind: str, carrier: str, calculated: bool) -> None:
    if carrier and carrier not in providers.found():
        raise UnknownCarrierProblem(_("There is no carrier %(code)s here.") % {"code": carrier})
    if not carrier and (kind == "pickup" or calculated):
        raise BadOptionProblem(_("Choose the carrier whose pick-up points or prices are meant."))


def _cleaned(given: Mapping[str, Any], steps: Mapping[str, Any], steps_by: str) -> dict[str, Any]:
    try:
        if steps_by not in DeliveryOption.StepsBy:
            raise ValueError(steps_by)
        return {"rules": clean(given), "steps": clean_steps(steps), "steps_by": steps_by}
    except (ValueError, TypeError) as trouble:
        raise BadOptionProblem(
            _("This cannot be meant: %(what)s. Numbers are whole and not below zero; a range is 80-000..81-999.")
            % {"what": trouble}
        ) from trouble


@transaction.atomic
def end_option(*, code: str) -> bool:
    """Offer it no more; orders that chose it keep it. Returns whether that changed anything."""
    changed = DeliveryOption.objects.filter(code=code, active=True).update(active=False)
    queries.forget()
    return bool(changed)


@transaction.atomic
def put_built_in_options() -> int:
    """Make the four options that come with Nitka where a shop has none of that name yet. Returns how many were made."""
    known = set(DeliveryOption.objects.values_list("code", flat=True))
    fresh = [each for each in built_in.OPTIONS if each["code"] not in known]
    for each in fresh:
        put_option(**each)
    return len(fresh)


@transaction.atomic
def put_sourcing(*, rules: Sequence[queries.Sourcing]) -> int:
    """Write all sourcing rules anew, in that order; the first that fits a country counts. Returns how many there are.

    Raises BadOptionProblem for a strategy that does not exist.
    """
    if any(each.strategy not in SourcingRule.Strategy for each in rules):
        raise BadOptionProblem(_("Choose how orders are split."))
    SourcingRule.objects.all().delete()
    SourcingRule.objects.bulk_create(
        SourcingRule(
            countries=sorted(each.countries), locations=list(each.locations), strategy=each.strategy,
            gather_days=each.gather_days, position=place,
        )
        for place, each in enumerate(rules)
    )  # fmt: skip
    queries.forget()
    return len(rules)


@transaction.atomic
def put_point(
    *, carrier: str, code: str, name: str, line1: str, postcode: str, city: str, country: str, hours: str = "",
    active: bool = True,
) -> UUID:  # fmt: skip
    """Make a pick-up point, or change the one with that code of that carrier. Raises UnknownCarrierProblem."""
    _refuse_carrier("home", carrier, False)
    row, _made = PickupPoint.objects.update_or_create(
        carrier=carrier, code=code.strip()[:60],
        defaults={
            "name": name.strip()[:120], "line1": line1.strip()[:200], "postcode": postcode.strip()[:20],
            "plain": plain(postcode)[:20], "city": city.strip()[:120], "country": country.upper()[:2],
            "hours": hours.strip()[:200], "active": active,
        },
    )  # fmt: skip
    return row.id


def load_points(*, carrier: str, countries: Sequence[str]) -> int:
    """Take in the carrier's list of points of these countries; those it names no more are closed. Outside of a
    transaction, for the carrier is asked. Returns how many there are. Raises UnknownCarrierProblem."""
    provider = providers.found().get(carrier)
    if provider is None:
        raise UnknownCarrierProblem(_("There is no carrier %(code)s here.") % {"code": carrier})
    told = [point for country in countries for point in provider.points(country)]
    with transaction.atomic():
        PickupPoint.objects.filter(carrier=carrier, country__in=countries).update(active=False)
        for each in told:
            put_point(
                carrier=carrier, code=each.code, name=each.name, line1=each.line1, postcode=each.postcode,
                city=each.city, country=each.country, hours=each.hours,
            )  # fmt: skip
    return len(told)
