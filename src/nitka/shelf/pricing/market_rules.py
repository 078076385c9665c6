"""How a market shows tax and reductions. Reached through `actions`."""

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.shelf.pricing.models import Market
from nitka.shelf.pricing.problems import PricingProblem, UnknownMarket
from nitka.shelf.pricing.tax_verbs import forget_now_and_later


@transaction.atomic
def set_market_rules(*, market: str, tax_display: str, rounding: str, prior_days: int, untaxed: str) -> None:
    """Say whether prices hold tax, how it is rounded, how many days before a reduction count for the lowest price (0:
    it is not stated), and what a sale without tax costs. Raises PricingProblem, UnknownMarket."""
    row = Market.objects.select_for_update().filter(code=market).first()
    if row is None:
        raise UnknownMarket(_("There is no market %(code)s.") % {"code": market}, market=market)
    if tax_display not in Market.TaxDisplay.values or rounding not in Market.Rounding.values:
        raise PricingProblem(_("Choose how the market shows tax and how it rounds."))
    if untaxed not in Market.Untaxed.values or not 0 <= prior_days <= 365:
        raise PricingProblem(_("Choose from 0 to 365 days, and what a sale without tax costs."), field="prior_days")
    row.tax_display, row.rounding, row.prior_days, row.untaxed = tax_display, rounding, prior_days, untaxed
    row.save(update_fields=["tax_display", "rounding", "prior_days", "untaxed"])
    forget_now_and_later()
