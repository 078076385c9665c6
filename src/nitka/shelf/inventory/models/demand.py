"""How many are wanted: what was sold by day, what is expected, when to order, and who waits for what."""

from django.db import models
from django.db.models import Q

from nitka.ground import clock
from nitka.ground.ids import new_id, new_token


class Demand(models.Model):
    """Pieces of a variant that left on a day: folded from the ledger each night, or written for imported orders."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    variant = models.ForeignKey("catalog.Variant", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    pieces = models.PositiveIntegerField()

    class Meta:
        db_table = "inventory_demand"
        constraints = [models.UniqueConstraint(fields=["variant", "day"], name="one_demand_a_day")]


class Forecast(models.Model):
    """What is expected of a variant in a week, how far a week may be off, and what follows from it."""

    personal_data = {}

    variant = models.OneToOneField("catalog.Variant", on_delete=models.CASCADE, primary_key=True, related_name="+")
    weekly = models.FloatField()
    spread = models.FloatField()  # standard error of a week
    weeks = models.PositiveSmallIntegerField()  # of history that it was made of
    speed = models.FloatField(default=0, db_default=0)  # how fast the level follows
    point = models.PositiveIntegerField()
    quantity = models.PositiveIntegerField()
    low_told = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "inventory_forecasts"


class ReorderRule(models.Model):
    """The merchant's own word on when and how to order a variant; what is left empty is computed."""

    personal_data = {}

    variant = models.OneToOneField("catalog.Variant", on_delete=models.CASCADE, primary_key=True, related_name="+")
    service_percent = models.PositiveSmallIntegerField(null=True)
    lead_days = models.PositiveSmallIntegerField(null=True)
    point = models.PositiveIntegerField(null=True)
    quantity = models.PositiveIntegerField(null=True)
    never = models.BooleanField(default=False)

    class Meta:
        db_table = "inventory_reorder_rules"
        constraints = [
            models.CheckConstraint(
                condition=Q(service_percent__isnull=True) | Q(service_percent__range=(50, 99)),
                name="service_from_50_to_99",
            )
        ]


class StockAlert(models.Model):
    """Somebody asked for one mail when a variant can be had again."""

    personal_data = {"email": "erase", "customer_id": "keep: an id alone"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    variant = models.ForeignKey("catalog.Variant", on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    customer_id = models.UUIDField(null=True)
    language = models.CharField(max_length=5)
    text_version = models.CharField(max_length=20)
    leave_token = models.CharField(max_length=64, unique=True, default=new_token)
    asked_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inventory_stock_alerts"
        constraints = [
            models.UniqueConstraint(
                fields=["variant", "email"], condition=Q(sent_at__isnull=True), name="one_open_alert_a_variant"
            )
        ]
        indexes = [models.Index(fields=["email"], name="alerts_by_email")]
