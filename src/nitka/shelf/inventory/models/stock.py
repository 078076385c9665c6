"""Where goods lie, how many, and for whom some are kept."""

from django.db import models
from django.db.models import F, Q

from nitka.ground import clock
from nitka.ground.ids import new_id


class Location(models.Model):
    """A place that holds goods."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    zone = models.CharField(max_length=60)

    class Meta:
        db_table = "inventory_locations"

    def __str__(self) -> str:
        return self.code


class StockLevel(models.Model):
    """How many pieces of a variant a location has, and how many of them are promised to somebody."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    variant = models.ForeignKey("catalog.Variant", on_delete=models.CASCADE, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    on_hand = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)
    damaged = models.IntegerField(default=0, db_default=0)  # lies here too, beside `on_hand`, and is never sold

    class Meta:
        db_table = "inventory_levels"
        constraints = [
            models.UniqueConstraint(fields=["variant", "location"], name="one_level_a_variant_and_location"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0, reserved__lte=F("on_hand")), name="reserved_within_on_hand"
            ),
            models.CheckConstraint(condition=Q(damaged__gte=0), name="damaged_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.on_hand} ({self.reserved} reserved)"


class Hold(models.Model):
    """Pieces kept at one location for a reference (an order). `reserved` of a level is the sum of its held rows."""

    personal_data = {}

    class State(models.TextChoices):
        HELD = "held", "held"
        TAKEN = "taken", "taken"
        RELEASED = "released", "released"
        RESTOCKED = "restocked", "restocked"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.UUIDField()
    variant = models.ForeignKey("catalog.Variant", on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.HELD)
    expires_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "inventory_holds"
        indexes = [
            models.Index(fields=["reference"], name="holds_by_reference"),
            models.Index(fields=["expires_at"], name="holds_by_end", condition=Q(state="held")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "variant", "location"], condition=Q(state="held"), name="one_hold_a_level"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_hold_holds_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.state} for {self.reference}"


class StockMove(models.Model):
    """A line of the stock ledger: pieces that came (above zero) or went. Append-only.

    `on_hand` of a level is the sum of its good moves, `damaged` that of its damaged ones.
    """

    personal_data = {}

    class Kind(models.TextChoices):
        OPENING = "opening", "opening"
        SALE = "sale", "sale"
        RETURN = "return", "return"
        RECEIPT = "receipt", "receipt"
        ADJUSTMENT = "adjustment", "adjustment"
        COUNT = "count", "count"
        TRANSFER = "transfer", "transfer"
        GRADE = "grade", "grade"

    class Grade(models.TextChoices):
        GOOD = "good", "good"
        DAMAGED = "damaged", "damaged"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    variant = models.ForeignKey("catalog.Variant", on_delete=models.CASCADE, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    grade = models.CharField(max_length=7, choices=Grade, default=Grade.GOOD)
    pieces = models.IntegerField()
    reference = models.UUIDField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "inventory_moves"
        indexes = [
            models.Index(fields=["variant", "-at"], name="moves_by_variant"),
            models.Index(fields=["reference"], name="moves_by_reference", condition=Q(reference__isnull=False)),
            models.Index(fields=["kind", "at"], name="moves_by_kind"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(pieces=0), name="a_move_moves_something")]

    def __str__(self) -> str:
        return f"{self.pieces:+d} {self.kind}"
