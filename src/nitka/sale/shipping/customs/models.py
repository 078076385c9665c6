"""What countries ask of goods that come in, as data that the merchant can bring up to date."""

from django.db import models
from django.db.models import Q

from nitka.ground.ids import new_id


class CustomsTerritory(models.Model):
    """Countries with one border. Thresholds are {currency: minor units}; a currency without one has none.

    `duty_free`: goods of less worth pay no duty, or `flat_duty` for each kind of goods where that is set. `tax_free`:
    goods of less worth pay no import tax. `delivered`: the cost of delivery counts into the value (CIF).
    """

    personal_data = {}

    code = models.CharField(primary_key=True, max_length=8)
    countries = models.JSONField(default=list)
    duty_free = models.JSONField(default=dict)
    tax_free = models.JSONField(default=dict)
    flat_duty = models.JSONField(default=dict)
    delivered = models.BooleanField(default=True)
    has_import_tax = models.BooleanField(default=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "shipping_customs_territories"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class DutyRate(models.Model):
    """Per cent of the value for goods whose HS code begins so (empty: all), and that were made there (a country or a
    territory; empty: anywhere). Where goods come from goes before what they are: that is what trade agreements say."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    territory = models.ForeignKey(CustomsTerritory, on_delete=models.CASCADE, related_name="+")
    hs_prefix = models.CharField(max_length=10, blank=True)
    origin = models.CharField(max_length=8, blank=True)
    percent = models.DecimalField(max_digits=6, decimal_places=3)

    class Meta:
        db_table = "shipping_duty_rates"
        ordering = ("territory", "hs_prefix", "origin")
        constraints = [
            models.UniqueConstraint(fields=["territory", "hs_prefix", "origin"], name="one_duty_a_kind_of_goods"),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=1000), name="duty_in_per_cent"),
        ]


class ForbiddenGoods(models.Model):
    """What may not be sent to some countries, and why, in words for the shopper ({language: text})."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    countries = models.JSONField(default=list)
    hs_prefixes = models.JSONField(default=list)
    tags = models.JSONField(default=list)
    skus = models.JSONField(default=list)
    reasons = models.JSONField(default=dict)

    class Meta:
        db_table = "shipping_forbidden_goods"


class CustomsTerms(models.Model):
    """Who pays at the border for a market: `ddp`, the shop (nothing is asked at the door); `ddu`, the shopper.

    `number` is IOSS's, VOEC's or the like: with it the tax is collected at the sale, for goods of at most `up_to`.
    """

    personal_data = {}

    class Terms(models.TextChoices):
        DDP = "ddp", "delivered, duty paid"
        DDU = "ddu", "delivered, duty unpaid"

    market = models.CharField(primary_key=True, max_length=20)
    terms = models.CharField(max_length=3, choices=Terms, default=Terms.DDU)
    number = models.CharField(max_length=40, blank=True)
    up_to = models.JSONField(default=dict)  # {currency: minor units}
    # Of ddp: the shopper pays the estimate with the order; else the shop bears it.
    charged = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "shipping_customs_terms"
