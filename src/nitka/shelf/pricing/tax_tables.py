"""The tables of tax: rates, where the merchant is registered, what a register said of a VAT number."""

from django.db import models
from django.db.models import Q

from nitka.ground import clock
from nitka.ground.ids import new_id


class TaxRate(models.Model):
    """The rate of a country (or a region of it) for a class of goods, in per cent, from a day on until the next row."""

    personal_data: dict[str, str] = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=60, blank=True, default="", db_default="")
    tax_class = models.CharField(max_length=40, default="standard")
    rate = models.DecimalField(max_digits=6, decimal_places=3)
    valid_from = models.DateField()
    source = models.CharField(max_length=200, blank=True, default="", db_default="")
    checked_on = models.DateField(null=True)
    # What whoever relies on the rate should look up first.
    unsure = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        db_table = "pricing_tax_rates"
        constraints = [
            models.UniqueConstraint(fields=["country", "region", "tax_class", "valid_from"], name="one_tax_rate_a_day"),
            models.CheckConstraint(condition=Q(rate__gte=0, rate__lt=100), name="tax_rate_in_per_cent"),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.region} {self.tax_class} {self.rate} % from {self.valid_from}"


class TaxPlace(models.Model):
    """Where the merchant is known to the tax office, and how, from a day on (until another)."""

    personal_data: dict[str, str] = {"number": "keep: a number of the merchant's, not of a customer"}

    class Kind(models.TextChoices):
        HOME = "home", "where the shop is at home"
        LOCAL = "local", "registered there"
        OSS = "oss", "one-stop-shop: tax of each country of the EU, declared at home"
        SMALL = "small", "under the EU threshold of 10 000 EUR: tax of home"
        EXEMPT = "exempt", "small business: no tax is charged"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=6, choices=Kind)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=60, blank=True, default="", db_default="")
    number = models.CharField(max_length=40, blank=True, default="", db_default="")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        db_table = "pricing_tax_places"
        constraints = [
            models.UniqueConstraint(fields=["kind", "country", "region", "valid_from"], name="one_tax_place_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.country} {self.region}"


class VatCheck(models.Model):
    """What the register of the EU said of a VAT number, kept so that it is not asked again each time."""

    personal_data = {
        "number": "keep: proof that a sale without tax was allowed", "name": "keep: the name of a company",
    }  # fmt: skip

    class Status(models.TextChoices):
        VALID = "valid", "valid"
        INVALID = "invalid", "not valid"
        UNKNOWN = "unknown", "not checked"

    number = models.CharField(max_length=20, primary_key=True)
    status = models.CharField(max_length=7, choices=Status, default=Status.UNKNOWN)
    name = models.CharField(max_length=200, blank=True)
    proof = models.CharField(max_length=80, blank=True)
    checked_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "pricing_vat_checks"

    def __str__(self) -> str:
        return f"{self.number} {self.status}"
