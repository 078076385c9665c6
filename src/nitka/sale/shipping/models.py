"""How goods reach a doorstep: the options a shop offers, and the parcels that left."""

from django.db import models

from nitka.ground import clock
from nitka.ground.ids import new_id


class DeliveryOption(models.Model):
    """One way of delivery, as data: where to, how fast, for how much in each market."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    names = models.JSONField(default=dict)
    countries = models.JSONField(default=list)  # ISO codes; empty: everywhere the shop sells
    postcode_prefixes = models.JSONField(default=list)  # empty: the whole country
    cut_off = models.TimeField()  # on the wall clock of the warehouse
    handling_days = models.PositiveSmallIntegerField(default=0)  # working days of the warehouse
    transit_days_from = models.PositiveSmallIntegerField()  # working days of the destination
    transit_days = models.PositiveSmallIntegerField()
    prices = models.JSONField(default=dict)  # market code → minor units
    free_from = models.JSONField(default=dict)  # market code → minor units of goods
    max_weight_g = models.PositiveIntegerField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "shipping_options"
        ordering = ("position", "code")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(transit_days_from__lte=models.F("transit_days")), name="transit_from_before_to"
            )
        ]

    def __str__(self) -> str:
        return self.code


class Shipment(models.Model):
    """One parcel on its way. `reference` is what it belongs to; shipping does not ask what that is."""

    personal_data = {"tracking_number": "keep: proof of delivery"}

    class State(models.TextChoices):
        SHIPPED = "shipped", "shipped"
        DELIVERED = "delivered", "delivered"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.UUIDField(db_index=True)
    carrier = models.CharField(max_length=40)
    tracking_number = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.SHIPPED)
    promised_on = models.DateField(null=True)
    shipped_at = models.DateTimeField(default=clock.now)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "shipping_shipments"
        constraints = [
            models.UniqueConstraint(fields=["reference", "carrier", "tracking_number"], name="one_parcel_a_number")
        ]
        indexes = [
            models.Index(fields=["shipped_at"], condition=models.Q(state="shipped"), name="parcels_on_their_way")
        ]


class TrackingStep(models.Model):
    """What the carrier said of a parcel, once each."""

    personal_data = {"place": "keep: proof of delivery"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shipment = models.ForeignKey(Shipment, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24)
    place = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "shipping_tracking_steps"
        ordering = ("at", "id")
        constraints = [models.UniqueConstraint(fields=["shipment", "kind", "at"], name="each_tracking_step_once")]
