"""How goods reach a doorstep: the options a shop offers, and the parcels that left."""

from django.db import models

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.sale.shipping.customs.models import (  # tables of the sub-package belong to this app
    CustomsTerms as CustomsTerms,
)
from nitka.sale.shipping.customs.models import (
    CustomsTerritory as CustomsTerritory,
)
from nitka.sale.shipping.customs.models import (
    DutyRate as DutyRate,
)
from nitka.sale.shipping.customs.models import (
    ForbiddenGoods as ForbiddenGoods,
)


class DeliveryOption(models.Model):
    """One way of delivery, as data: where to, how fast, for how much in each market."""

    personal_data = {}

    class Kind(models.TextChoices):
        HOME = "home", "to the door"
        PICKUP = "pickup", "to a pick-up point"

    class StepsBy(models.TextChoices):
        WEIGHT = "weight", "weight in grams"
        GOODS = "goods", "worth of the goods"
        PIECES = "pieces", "pieces"

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
    texts = models.JSONField(default=dict, db_default={})  # language → one sentence for the shopper
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.HOME, db_default="home")
    carrier = models.CharField(max_length=40, blank=True, default="", db_default="")
    service = models.CharField(max_length=60, blank=True, default="", db_default="")
    rules = models.JSONField(default=dict, db_default={})  # see rules.py
    steps = models.JSONField(default=dict, db_default={})  # market code → [[up to, minor], …], see rules.py
    steps_by = models.CharField(max_length=8, choices=StepsBy, default=StepsBy.WEIGHT, db_default="weight")
    calculated = models.BooleanField(default=False, db_default=False)  # the carrier is asked; the table is the fallback
    markup_percent = models.SmallIntegerField(default=0, db_default=0)  # on what the carrier asks

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
    """One parcel. `reference` is what it belongs to; shipping does not ask what that is.

    `promised_on` is what the shopper was promised first and never changes, so that kept promises can be counted;
    `expected_on` is what is known now.
    """

    personal_data = {"tracking_number": "keep: proof of delivery"}

    class State(models.TextChoices):
        ANNOUNCED = "announced", "announced"
        SHIPPED = "shipped", "shipped"
        DELIVERED = "delivered", "delivered"
        RETURNED = "returned", "returned to the sender"
        CANCELLED = "cancelled", "cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.UUIDField(db_index=True)
    carrier = models.CharField(max_length=40)
    tracking_number = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.SHIPPED)
    promised_on = models.DateField(null=True)
    shipped_at = models.DateTimeField(default=clock.now)
    delivered_at = models.DateTimeField(null=True)
    expected_on = models.DateField(null=True)
    option = models.CharField(max_length=40, blank=True, default="", db_default="")
    country = models.CharField(max_length=2, blank=True, default="", db_default="")
    location = models.CharField(max_length=40, blank=True, default="", db_default="")
    reverse = models.BooleanField(default=False, db_default=False)  # from the shopper back to us

    class Meta:
        db_table = "shipping_shipments"
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "carrier", "tracking_number"],
                condition=~models.Q(tracking_number=""),
                name="one_parcel_a_number",
            )
        ]
        indexes = [
            models.Index(fields=["shipped_at"], condition=models.Q(state="shipped"), name="parcels_on_their_way"),
            models.Index(fields=["carrier", "tracking_number"], name="parcels_by_number"),
            models.Index(fields=["delivered_at"], name="parcels_by_delivery"),
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


class Label(models.Model):
    """The paper on a parcel, and all that its carrier was told to make it."""

    personal_data = {"recipient": "erase", "sender": "erase", "pdf": "erase", "note": "erase"}

    class State(models.TextChoices):
        ASKED = "asked", "asked for"
        MADE = "made", "made"
        CANCELLED = "cancelled", "cancelled"
        FAILED = "failed", "refused by the carrier"

    shipment = models.OneToOneField(Shipment, primary_key=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    service = models.CharField(max_length=60, blank=True)
    sender = models.JSONField(default=dict)
    recipient = models.JSONField(default=dict)
    pickup_point = models.CharField(max_length=60, blank=True)
    weight_g = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=60, blank=True)  # printed on the label: the code of the order
    pdf = models.BinaryField(default=b"")
    price_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    carrier_ref = models.CharField(max_length=120, blank=True)
    trouble = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    made_at = models.DateTimeField(null=True)
    manifest = models.ForeignKey("shipping.Manifest", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "shipping_labels"
        indexes = [
            models.Index(
                fields=["made_at"], condition=models.Q(state="made", manifest=None), name="labels_to_hand_over"
            )
        ]


class Manifest(models.Model):
    """The list of parcels that a carrier took at one place on one day."""

    personal_data = {"pdf": "keep: proof of what was handed over; holds numbers and postcodes alone"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    carrier = models.CharField(max_length=40)
    location = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=60)
    parcels = models.PositiveIntegerField()
    weight_g = models.PositiveIntegerField(default=0)
    pdf = models.BinaryField(default=b"")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "shipping_manifests"
        constraints = [models.UniqueConstraint(fields=["carrier", "number"], name="each_manifest_once")]


class Pickup(models.Model):
    """A carrier was asked to come and take parcels."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    carrier = models.CharField(max_length=40)
    location = models.CharField(max_length=40, blank=True)
    on = models.DateField()
    ready_at = models.TimeField()
    closes_at = models.TimeField()
    parcels = models.PositiveIntegerField()
    number = models.CharField(max_length=60)
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "shipping_pickups"
        constraints = [models.UniqueConstraint(fields=["carrier", "location", "on"], name="one_pickup_a_day_and_place")]


class PickupPoint(models.Model):
    """Where a shopper may fetch a parcel: a locker, a shop, a post office."""

    personal_data = {"name": "keep: the name of a locker or shop, not of a person"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    carrier = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    line1 = models.CharField(max_length=200)
    postcode = models.CharField(max_length=20)
    plain = models.CharField(max_length=20)  # the postcode without spaces and dashes
    city = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    hours = models.CharField(max_length=200, blank=True)
    max_weight_g = models.PositiveIntegerField(null=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "shipping_pickup_points"
        constraints = [models.UniqueConstraint(fields=["carrier", "code"], name="each_pickup_point_once")]
        indexes = [models.Index(fields=["carrier", "country", "plain"], name="pickup_points_near")]


class SourcingRule(models.Model):
    """From which places orders to some countries leave, and whether they may be split. The first that fits counts."""

    personal_data = {}

    class Strategy(models.TextChoices):
        FEWEST = "fewest", "as few parcels as possible"
        ORDER = "order", "the first place that has it"
        TOGETHER = "together", "one parcel: gather at the first place"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    countries = models.JSONField(default=list)  # empty: everywhere
    locations = models.JSONField(default=list)  # codes, the first is liked best; places not named come after them
    strategy = models.CharField(max_length=8, choices=Strategy, default=Strategy.FEWEST)
    gather_days = models.PositiveSmallIntegerField(default=0)  # working days for bringing pieces together
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "shipping_sourcing"
        ordering = ("position", "id")


class PromiseRow(models.Model):
    """A promise as it was given: append-only. A later one of the same reference replaces it, with a reason."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.UUIDField()
    day_from = models.DateField()
    day_to = models.DateField()
    source = models.CharField(max_length=80)
    computed_at = models.DateTimeField()
    option = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, blank=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="+")
    shipment = models.ForeignKey(Shipment, null=True, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=24, blank=True)  # "" for the first, then a cause of watching.py
    choice = models.CharField(max_length=8, blank=True)  # what the shopper chose: wait, change, cancel
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "shipping_promises"
        constraints = [
            models.UniqueConstraint(fields=["reference", "computed_at"], name="one_promise_a_moment"),
            models.CheckConstraint(condition=models.Q(day_from__lte=models.F("day_to")), name="promise_from_before_to"),
        ]


class Rate(models.Model):
    """What a carrier asked for a parcel of that size to that place, kept for a while."""

    personal_data = {}

    key = models.CharField(primary_key=True, max_length=64)
    carrier = models.CharField(max_length=40)
    service = models.CharField(max_length=60, blank=True)
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "shipping_rates"
        constraints = [models.CheckConstraint(condition=models.Q(minor__gt=0), name="a_carrier_asks_for_something")]


class CarrierEvent(models.Model):
    """A verified message of a carrier, kept as it came, dealt with once."""

    personal_data = {"raw": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    carrier = models.CharField(max_length=40)
    event_id = models.CharField(max_length=120)
    shipment = models.ForeignKey(Shipment, null=True, on_delete=models.CASCADE, related_name="+")
    raw = models.BinaryField()
    received_at = models.DateTimeField(default=clock.now)
    processed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "shipping_carrier_events"
        constraints = [models.UniqueConstraint(fields=["carrier", "event_id"], name="each_carrier_event_once")]
