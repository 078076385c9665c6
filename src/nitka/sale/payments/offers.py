"""Every means of payment with what the merchant decided about it, for the page where they decide."""

from collections.abc import Mapping
from dataclasses import dataclass

from nitka.sale.payments import providers
from nitka.sale.payments.models import MethodSetting
from nitka.sale.payments.providers import Authorising


@dataclass(frozen=True, slots=True)
class MethodChoice:
    """`fees` and `maximum` in minor units by market. `can_hold`: money may be set aside and taken at the shipment."""

    code: str
    name: str
    text: str
    active: bool
    position: int
    countries: tuple[str, ...]
    fees: Mapping[str, int]
    maximum: Mapping[str, int]
    capture: str
    can_hold: bool
    ready: bool


def method_choices() -> tuple[MethodChoice, ...]:
    """All that there are, offered or not, in the order of their positions. `ready`: its keys or account are there."""
    rows = {row.code: row for row in MethodSetting.objects.all()}
    choices = [_choice(each, rows.get(each.code)) for each in providers.found().values()]
    return tuple(sorted(choices, key=lambda each: (each.position, each.code)))


def _choice(each: providers.Provider, row: MethodSetting | None) -> MethodChoice:
    offer = each.defaults()
    return MethodChoice(
        each.code, each.name(), each.text(), row.active if row else True, row.position if row else each.position,
        tuple(row.countries) if row else offer.countries, row.fees if row else offer.fees,
        row.maximum if row else offer.maximum, row.capture if row else "at_once", isinstance(each, Authorising),
        each.available(market="", country="", currency="EUR", minor=100_00),
    )  # fmt: skip
