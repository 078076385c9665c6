"""What things cost, where, with which tax, and what makes them cheaper."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.shelf.pricing.promotions.models import Lane, Promotion, PromotionBudget, PromotionCode, PromotionUse

__all__ = [
    "Lane", "Market", "Price", "Promotion", "PromotionBudget", "PromotionCode", "PromotionUse", "TaxRate",
]  # fmt: skip


class Market(models.Model):
    """Countries that see the same prices: a currency, tax shown or not, a way of rounding, languages."""

    personal_data = {}

    class TaxDisplay(models.TextChoices):
        GROSS = "gross", "prices include tax"
        NET = "net", "tax is added"

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


class TaxRate(models.Model):
    """The rate of a country for a class of goods, in per cent, from a day on until the next such row."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    country = models.CharField(max_length=2)
    tax_class = models.CharField(max_length=40, default="standard")
    rate = models.DecimalField(max_digits=6, decimal_places=3)
    valid_from = models.DateField()

    class Meta:
        db_table = "pricing_tax_rates"
        constraints = [
            models.UniqueConstraint(fields=["country", "tax_class", "valid_from"], name="one_tax_rate_a_day"),
            models.CheckConstraint(condition=Q(rate__gte=0, rate__lt=100), name="tax_rate_in_per_cent"),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.tax_class} {self.rate} % from {self.valid_from}"
