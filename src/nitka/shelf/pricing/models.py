"""What things cost, where, with which tax, and what makes them cheaper."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.shelf.pricing.price_tables import ExchangeRate, ListPrice, PriceList, PricePoint
from nitka.shelf.pricing.promotions.models import Lane, Promotion, PromotionBudget, PromotionCode, PromotionUse
from nitka.shelf.pricing.tax_tables import TaxPlace, TaxRate, VatCheck

__all__ = [
    "ExchangeRate", "Lane", "ListPrice", "Market", "Price", "PriceList", "PricePoint", "Promotion", "PromotionBudget",
    "PromotionCode", "PromotionUse", "TaxPlace", "TaxRate", "VatCheck",
]  # fmt: skip


class Market(models.Model):
    """Countries that see the same prices: a currency, tax shown or not, a way of rounding, languages."""

    personal_data = {}

    class TaxDisplay(models.TextChoices):
        GROSS = "gross", "prices include tax"
        NET = "net", "tax is added"

    class Untaxed(models.TextChoices):
        LESS_TAX = "less_tax", "the shown price less its tax"
        AS_SHOWN = "as_shown", "the shown price"

    class Rounding(models.TextChoices):
        LINE = "line", "tax is rounded once a line"
        UNIT = "unit", "tax is rounded for each piece"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    currency = models.CharField(max_length=3)
    countries = ArrayField(models.CharField(max_length=2), default=list)
    default_country = models.CharField(max_length=2)
    tax_display = models.CharField(max_length=5, choices=TaxDisplay, default=TaxDisplay.GROSS)
    rounding = models.CharField(max_length=4, choices=Rounding, default=Rounding.LINE)
    languages = ArrayField(models.CharField(max_length=2), default=list)
    zone = models.CharField(max_length=60, default="UTC")
    # Days before a reduction whose lowest price is shown beside it (98/6/EC, Article 6a); none where no law asks.
    prior_days = models.PositiveSmallIntegerField(default=30, db_default=30)
    # What a sale without tax (export, reverse charge) costs where prices hold tax.
    untaxed = models.CharField(max_length=8, choices=Untaxed, default=Untaxed.LESS_TAX, db_default=Untaxed.LESS_TAX)
    # Prices of this market may be those of another one in its own currency, rounded as the merchant likes.
    converted_from = models.CharField(max_length=20, blank=True, default="", db_default="")
    rates_source = models.CharField(max_length=20, default="fixed", db_default="fixed")
    margin_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0, db_default=0)
    step_minor = models.BigIntegerField(default=1, db_default=1)
    less_minor = models.BigIntegerField(default=0, db_default=0)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "pricing_markets"

    def __str__(self) -> str:
        return self.code


class Price(models.Model):
    """What one piece of a variant costs in a market; `compare_at_minor` is the price it cost before a reduction."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    variant = models.ForeignKey("catalog.Variant", on_delete=models.CASCADE, related_name="+")
    # The code itself, so that prices are read without a join.
    market = models.ForeignKey(Market, on_delete=models.PROTECT, to_field="code", db_column="market", related_name="+")
    minor = models.BigIntegerField()
    compare_at_minor = models.BigIntegerField(null=True)
    # The lowest public price of the days before the reduction that runs; none while nothing is reduced.
    prior_minor = models.BigIntegerField(null=True)
    converted = models.BooleanField(default=False, db_default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "pricing_prices"
        constraints = [
            models.UniqueConstraint(
                fields=["variant", "market"], include=["minor", "compare_at_minor"], name="one_price_a_market"
            ),
            models.CheckConstraint(condition=Q(minor__gte=0), name="no_price_below_zero"),
            models.CheckConstraint(
                condition=Q(compare_at_minor=None) | Q(compare_at_minor__gt=F("minor")), name="compare_at_is_higher"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minor} in {self.market_id}"
