"""Where goods come from: suppliers, what was ordered of them, and what is on its way."""

from django.db import models
from django.db.models import F, Q

from nitka.ground import clock
from nitka.ground.ids import new_id


class Supplier(models.Model):
    """A company that goods are bought from. Its mail address is that of an office."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    email = models.EmailField(blank=True)
    country = models.CharField(max_length=2)
    language = models.CharField(max_length=5, default="en")
    currency = models.CharField(max_length=3)
    lead_days = models.PositiveSmallIntegerField(default=14)  # from the order to the goods on the shelf
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "inventory_suppliers"
        ordering = ("name", "code")

    def __str__(self) -> str:
        return self.code


class SupplierItem(models.Model):
    """What a variant is called and costs at a supplier, and in which quantities it is sold there."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="+")
    variant = models.ForeignKey("catalog.Variant", on_delete=models.CASCADE, related_name="+")
    supplier_sku = models.CharField(max_length=100, blank=True)
    cost_minor = models.PositiveBigIntegerField()  # of one piece, in the supplier's currency
    pack = models.PositiveIntegerField(default=1)
    minimum = models.PositiveIntegerField(default=1)
    preferred = models.BooleanField(default=True)

    class Meta:
        db_table = "inventory_supplier_items"
        constraints = [
            models.UniqueConstraint(fields=["supplier", "variant"], name="one_item_a_supplier"),
            models.CheckConstraint(condition=Q(pack__gt=0, minimum__gt=0), name="a_pack_holds_something"),
        ]


class PurchaseOrder(models.Model):
    """What the shop orders of one supplier for one location."""

    personal_data = {}

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        SENT = "sent", "sent"
        CLOSED = "closed", "closed"
        CANCELLED = "cancelled", "cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey("inventory.Location", on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    by_machine = models.BooleanField(default=False)
    note = models.CharField(max_length=400, blank=True)
    expected_on = models.DateField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inventory_purchase_orders"
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "location"], condition=Q(state="draft", by_machine=True), name="one_machine_draft"
            )
        ]

    def __str__(self) -> str:
        return f"PO-{self.number:05d}"


class PurchaseLine(models.Model):
    """So many pieces of a variant at that cost; `received` counts good and damaged ones."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purchase = models.ForeignKey(PurchaseOrder, on_delete=models.CASCADE, related_name="+")
    variant = models.ForeignKey("catalog.Variant", on_delete=models.PROTECT, related_name="+")
    pieces = models.PositiveIntegerField()
    cost_minor = models.PositiveBigIntegerField()
    received = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "inventory_purchase_lines"
        constraints = [
            models.UniqueConstraint(fields=["purchase", "variant"], name="one_line_a_variant_of_a_purchase"),
            models.CheckConstraint(
                condition=Q(pieces__gt=0, received__lte=F("pieces")), name="received_within_what_was_bought"
            ),
        ]


class InboundShipment(models.Model):
    """Goods of one purchase order on their way, and what the way costs (in the currency of the purchase)."""

    personal_data = {}

    class State(models.TextChoices):
        IN_TRANSIT = "in_transit", "in transit"
        RECEIVED = "received", "received"
        CLOSED = "closed", "closed"  # the rest did not come

    class SplitBy(models.TextChoices):
        VALUE = "value", "value"
        WEIGHT = "weight", "weight"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purchase = models.ForeignKey(PurchaseOrder, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.IN_TRANSIT)
    carrier = models.CharField(max_length=60, blank=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    expected_on = models.DateField()
    freight_minor = models.PositiveBigIntegerField(default=0)
    duty_minor = models.PositiveBigIntegerField(default=0)
    other_minor = models.PositiveBigIntegerField(default=0)
    split_by = models.CharField(max_length=6, choices=SplitBy, default=SplitBy.VALUE)
    made_at = models.DateTimeField(default=clock.now)
    received_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inventory_inbound_shipments"
        indexes = [models.Index(fields=["expected_on"], name="inbound_by_day", condition=Q(state="in_transit"))]


class InboundLine(models.Model):
    """Pieces of a purchase line in a shipment. `extra_minor` is their share of what the way costs, all pieces
    together."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shipment = models.ForeignKey(InboundShipment, on_delete=models.CASCADE, related_name="+")
    line = models.ForeignKey(PurchaseLine, on_delete=models.PROTECT, related_name="+")
    pieces = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    damaged = models.PositiveIntegerField(default=0)
    extra_minor = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "inventory_inbound_lines"
        constraints = [
            models.UniqueConstraint(fields=["shipment", "line"], name="one_inbound_line_a_purchase_line"),
            models.CheckConstraint(
                condition=Q(pieces__gt=0, pieces__gte=F("received") + F("damaged")), name="inbound_within_announced"
            ),
        ]
