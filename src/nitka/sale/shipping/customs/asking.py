"""Questions about borders, as shipping's door hands them out."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from nitka.ground import locale
from nitka.sale.shipping.customs import known
from nitka.sale.shipping.customs.estimating import Crossing, Duties, Goods, Terms, estimate
from nitka.sale.shipping.customs.models import CustomsTerms, CustomsTerritory, DutyRate, ForbiddenGoods


def duties(
    goods: Sequence[Goods], *, origin: str, country: str, market: str, currency: str, delivery_minor: int = 0,
    collects_tax: bool = False,
) -> Duties | None:  # fmt: skip
    """What goods from `origin` would cost at the border of that country; None where they cross none, or where nothing
    is known of it. An estimate: customs decide. No query while the rules are fresh (two seconds)."""
    found = known.borders()
    to = found.crossed(origin, country)
    if to is None or not goods:
        return None
    crossing = Crossing(
        goods=goods, country=country, currency=currency, delivery_minor=delivery_minor, collects_tax=collects_tax,
        terms=found.terms.get(market, Terms()),
    )  # fmt: skip
    return estimate(crossing, to, found.unions, known.taxes().get(country, {}))


def crosses_border(*, origin: str, country: str) -> bool:
    """Whether a parcel needs customs papers."""
    found = known.borders()
    same = origin == country or (
        origin in found.unions and found.unions.get(origin) == found.unions.get(country)
    )  # fmt: skip
    return bool(origin and country) and not same


def forbidden(*, country: str, hs_code: str = "", tags: Sequence[str] = (), sku: str = "") -> str:
    """Why goods may not be sent to that country, in the active language; empty where they may. No query while fresh."""
    for ban in known.borders().bans:
        if country in ban.countries and (
            sku in ban.skus
            or ban.tags.intersection(tags)
            or (hs_code and hs_code.startswith(ban.hs_prefixes))
        ):  # fmt: skip
            language = translation.get_language() or locale.FALLBACK
            return locale.pick(ban.reasons, language) or _("This may not be sent to your country.")
    return ""


def customs_number(market: str) -> str:
    """The number (IOSS, VOEC …) that stands on parcels of that market."""
    return known.borders().terms.get(market, Terms()).number


def customs_terms(market: str) -> Terms:
    """Who pays at the border."""
    return known.borders().terms.get(market, Terms())


def territory_rows() -> QuerySet[CustomsTerritory]:
    """Customs territories for the back office."""
    return CustomsTerritory.objects.order_by("code")


def duty_rows() -> QuerySet[DutyRate]:
    """Duties for the back office."""
    return DutyRate.objects.order_by("territory_id", "hs_prefix", "origin")


def forbidden_rows() -> QuerySet[ForbiddenGoods]:
    """What may not be sent where, for the back office."""
    return ForbiddenGoods.objects.order_by("id")


def customs_terms_rows() -> QuerySet[CustomsTerms]:
    """Who pays at the border, by market, for the back office."""
    return CustomsTerms.objects.order_by("market")
