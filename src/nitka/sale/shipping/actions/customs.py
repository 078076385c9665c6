"""What the merchant says of borders."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.shipping.customs import known, standard
from nitka.sale.shipping.customs.models import CustomsTerms, CustomsTerritory, DutyRate, ForbiddenGoods
from nitka.sale.shipping.problems import CustomsProblem


@transaction.atomic
def put_territory(
    *, code: str, countries: Sequence[str], duty_free: Mapping[str, int] | None = None,
    tax_free: Mapping[str, int] | None = None, flat_duty: Mapping[str, int] | None = None, delivered: bool = True,
    has_import_tax: bool = True, source: str = "",
) -> None:  # fmt: skip
    """Make or change countries with one border; thresholds in minor units by currency. Refuses a country twice."""
    wanted = sorted({each.upper() for each in countries})
    for other in CustomsTerritory.objects.exclude(code=code):
        if both := set(wanted) & set(other.countries):
            raise CustomsProblem(
                _("%(country)s belongs to %(code)s already.") % {"country": min(both), "code": other.code}
            )
    if not code or not wanted or any(len(each) != 2 for each in wanted):
        raise CustomsProblem(_("A customs territory needs a code and countries of two letters each."))
    amounts = {"duty_free": duty_free or {}, "tax_free": tax_free or {}, "flat_duty": flat_duty or {}}
    if any(minor < 0 for each in amounts.values() for minor in each.values()):
        raise CustomsProblem(_("Amounts are not below zero."))
    values: dict[str, Any] = {
        "countries": wanted, **{name: dict(each) for name, each in amounts.items()}, "delivered": delivered,
        "has_import_tax": has_import_tax, "source": source,
    }  # fmt: skip
    CustomsTerritory.objects.update_or_create(code=code, defaults=values)
    known.forget()


@transaction.atomic
def put_duty(*, territory: str, hs_prefix: str = "", origin: str = "", percent: Decimal | None) -> None:
    """The duty on goods whose HS code begins so and that were made there; None takes the line away."""
    prefix = plain_hs(hs_prefix)
    if not CustomsTerritory.objects.filter(code=territory).exists():
        raise CustomsProblem(_("There is no customs territory %(code)s.") % {"code": territory})
    key: dict[str, Any] = {"territory_id": territory, "hs_prefix": prefix, "origin": origin.upper()}
    if percent is None:
        DutyRate.objects.filter(**key).delete()
    elif not 0 <= percent <= 1000:
        raise CustomsProblem(_("A duty is a percentage from 0."))
    else:
        DutyRate.objects.update_or_create(defaults={"percent": percent}, **key)
    known.forget()


@transaction.atomic
def put_forbidden(
    *, forbidden_id: UUID | None = None, countries: Sequence[str], hs_prefixes: Sequence[str] = (),
    tags: Sequence[str] = (), skus: Sequence[str] = (), reasons: Mapping[str, str],
) -> UUID:  # fmt: skip
    """Say what may not be sent to these countries, by HS code, tag or SKU, and why in words for the shopper."""
    if not countries or not (hs_prefixes or tags or skus):
        raise CustomsProblem(_("Name at least one country, and goods by HS code, tag or SKU."))
    row = ForbiddenGoods.objects.filter(id=forbidden_id).first() if forbidden_id else ForbiddenGoods()
    if row is None:
        raise CustomsProblem(_("There is no such rule."))
    row.countries = sorted({each.upper() for each in countries})
    row.hs_prefixes = sorted({plain_hs(each) for each in hs_prefixes} - {""})
    row.tags, row.skus = list(tags), list(skus)
    row.reasons = {language: text for language, text in reasons.items() if text}
    row.save()
    known.forget()
    return row.id


@transaction.atomic
def end_forbidden(*, forbidden_id: UUID) -> None:
    """These goods may be sent there again."""
    ForbiddenGoods.objects.filter(id=forbidden_id).delete()
    known.forget()


@transaction.atomic
def set_customs_terms(
    *, market: str, paid_by_shop: bool, number: str = "", up_to: Mapping[str, int] | None = None,
    charged: bool = False,
) -> None:  # fmt: skip
    """Who pays at the border of a market (DDP: the shop, DDU: the shopper), and the number under which tax is
    collected at the sale (IOSS, VOEC …) for consignments of at most that worth; IOSS has its 150 EUR where none is
    said. `charged`: what the shop pays there is reckoned at the checkout and is part of the price of delivery."""
    clean = "".join(number.split()).upper()
    if clean.startswith("IM") and (len(clean) != 12 or not clean[2:].isdigit()):
        raise CustomsProblem(_("An IOSS number is IM and ten digits."))
    limits = dict(up_to) if up_to is not None else standard.IOSS_UP_TO if clean.startswith("IM") else {}
    terms = CustomsTerms.Terms.DDP if paid_by_shop else CustomsTerms.Terms.DDU
    values = {"terms": terms, "number": clean, "up_to": limits, "charged": paid_by_shop and charged}
    CustomsTerms.objects.update_or_create(market=market, defaults=values)
    known.forget()


@transaction.atomic
def put_built_in_customs() -> int:
    """Make the territories and duties that come with Nitka where a shop has none of that code. Returns how many."""
    there = set(CustomsTerritory.objects.values_list("code", flat=True))
    fresh = [each for each in standard.TERRITORIES if each["code"] not in there]
    for each in fresh:
        put_territory(**each)
        for code, prefix, origin, percent in standard.DUTIES:
            if code == each["code"]:
                put_duty(territory=code, hs_prefix=prefix, origin=origin, percent=Decimal(percent))
    return len(fresh)


def plain_hs(text: str) -> str:
    """An HS code as digits alone. Raises CustomsProblem for what is none."""
    digits = "".join(text.replace(".", " ").split())
    if digits and not (digits.isdigit() and 2 <= len(digits) <= 10):
        raise CustomsProblem(_("An HS code has two to ten digits."))
    return digits
