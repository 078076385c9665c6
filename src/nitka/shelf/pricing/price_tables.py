"""The tables of prices beside the price itself: lists and sales, what was asked when, rates of exchange."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nitka.ground import clock
from nitka.ground.ids import new_id


class ExchangeRate(models.Model):
    """How much of `currency` one of `base` was on a day, and who says so."""

    personal_data: dict[str, str] = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    base = models.CharField(max_length=3)
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=20, decimal_places=10)
    on = models.DateField()
    source = models.CharField(max_length=20)

    class Meta:
        db_table = "pricing_exchange_rates"
        constraints = [
            models.UniqueConstraint(fields=["source", "base", "currency", "on"], name="one_exchange_rate_a_day"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="exchange_rate_above_zero"),
        ]

    def __str__(self) -> str:
        return f"1 {self.base} = {self.rate} {self.currency} on {self.on}"


class PriceList(models.Model):
    """Other prices in a market: for a while (a sale), for some customers, for many pieces.

    Without labels, groups and companies it is for everybody. The lowest price that applies counts; a `contract` price
    counts alone.
    """

    personal_data: dict[str, str] = {}

    class Kind(models.TextChoices):
        LIST = "list", "price list"
        SALE = "sale", "sale: shown as a reduction"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.LIST)
    market = models.ForeignKey(
        "pricing.Market", on_delete=models.PROTECT, to_field="code", db_column="market", related_name="+"
    )
    labels = ArrayField(models.CharField(max_length=60), default=list)
    groups = ArrayField(models.CharField(max_length=60), default=list)
    companies = ArrayField(models.UUIDField(), default=list)
    percent_off = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    contract = models.BooleanField(default=False)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    active = models.BooleanField(default=True)
    # The last moment at which its beginning or end was told.
    turned_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "pricing_lists"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="list_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(percent_off=None) | Q(percent_off__gt=0, percent_off__lte=100), name="list_takes_per_cent"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ListPrice(models.Model):
    """What a piece of a variant costs by a list, from so many pieces on."""

    personal_data: dict[str, str] = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    list = models.ForeignKey(PriceList, on_delete=models.CASCADE, related_name="+")
    variant = models.ForeignKey("catalog.Variant", on_delete=models.CASCADE, related_name="+")
    from_quantity = models.PositiveIntegerField(default=1)
    minor = models.BigIntegerField()

    class Meta:
        db_table = "pricing_list_prices"
        constraints = [
            models.UniqueConstraint(
                fields=["variant", "list", "from_quantity"], include=["minor"], name="one_list_price_a_step"
            ),
            models.CheckConstraint(condition=Q(minor__gte=0), name="no_list_price_below_zero"),
            models.CheckConstraint(condition=Q(from_quantity__gte=1), name="list_price_from_one_piece"),
        ]

    def __str__(self) -> str:
        return f"{self.minor} from {self.from_quantity}"


class PricePoint(models.Model):
    """From when on everybody paid this for a piece; without an amount it was not sold. Never changed, never deleted.

    No foreign key: the proof of a price outlives its goods.
    """

    personal_data: dict[str, str] = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    variant_id = models.UUIDField()
    market = models.CharField(max_length=20)
    minor = models.BigIntegerField(null=True)
    reduced = models.BooleanField()
    # The lowest price of the days before, as it was stated with a reduction.
    prior_minor = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "pricing_points"
        indexes = [models.Index(fields=["variant_id", "market", "-at", "-id"], name="price_points_newest")]

    def __str__(self) -> str:
        return f"{self.minor} in {self.market} from {self.at}"
