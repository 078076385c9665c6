"""The rules of the borders, remembered in the process for two seconds: a cart is asked for at every step."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from nitka.ground import clock
from nitka.ground.remembered import Remembered
from nitka.sale.shipping.customs.estimating import Terms, Territory
from nitka.shelf.pricing import queries as pricing


@dataclass(frozen=True, slots=True)
class Ban:
    """Goods that may not be sent to some countries."""

    countries: frozenset[str]
    hs_prefixes: tuple[str, ...]
    tags: frozenset[str]
    skus: frozenset[str]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Borders:
    """Everything that is asked of a border. `unions` is country → territory."""

    territories: Mapping[str, Territory]
    unions: Mapping[str, str]
    terms: Mapping[str, Terms]
    bans: tuple[Ban, ...]

    def crossed(self, origin: str, country: str) -> Territory | None:
        """The territory that goods enter, or None where they cross no border or nothing is known of it."""
        if not country or origin == country:
            return None
        there = self.unions.get(country)
        return None if there is None or there == self.unions.get(origin) else self.territories[there]


# All of it at once: every process asks this every two seconds while carts are looked at.
_ALL = """
SELECT (SELECT coalesce(json_agg(json_build_array(territory_id, hs_prefix, origin, percent::text)), '[]')
        FROM shipping_duty_rates),
       (SELECT coalesce(json_agg(t), '[]') FROM shipping_customs_territories t),
       (SELECT coalesce(json_agg(t), '[]') FROM shipping_customs_terms t),
       (SELECT coalesce(json_agg(b), '[]') FROM shipping_forbidden_goods b)
"""


def _load() -> Borders:
    with connection.cursor() as cursor:
        cursor.execute(_ALL)
        duties, territories, terms, bans = cursor.fetchone()
    rates: dict[str, list[tuple[str, str, Decimal]]] = {}
    for code, prefix, origin, percent in duties:
        rates.setdefault(code, []).append((prefix, origin, Decimal(percent)))
    known = {
        each["code"]: Territory(
            each["code"], frozenset(each["countries"]), each["duty_free"], each["tax_free"], each["flat_duty"],
            each["delivered"], each["has_import_tax"], tuple(rates.get(each["code"], ())),
        )
        for each in territories
    }  # fmt: skip
    return Borders(
        known, {country: code for code, each in known.items() for country in each.countries},
        {
            said["market"]: Terms(said["terms"] == "ddp", said["number"], said["up_to"], said["charged"])
            for said in terms
        },
        tuple(
            Ban(
                frozenset(ban["countries"]), tuple(ban["hs_prefixes"]), frozenset(ban["tags"]), frozenset(ban["skus"]),
                ban["reasons"],
            )
            for ban in bans
        ),
    )  # fmt: skip


def _load_taxes() -> Mapping[str, Mapping[str, Decimal]]:
    """Country → class of goods → per cent, as of today."""
    found: dict[str, dict[str, Decimal]] = {}
    rows = pricing.tax_rate_rows().filter(valid_from__lte=clock.now().date()).order_by("valid_from")
    for row in rows:
        if not getattr(row, "region", ""):
            found.setdefault(row.country, {})[row.tax_class] = row.rate
    return found


borders = Remembered(_load)
taxes = Remembered(_load_taxes)


def forget() -> None:
    """Read the rules anew at the next question."""
    borders.forget()
    taxes.forget()
