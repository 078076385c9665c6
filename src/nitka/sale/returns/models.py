"""Cases (a return, an exchange, a replacement or a complaint), their pieces, and the policies they follow."""

from django.db import models
from django.db.models import F, Q

from nitka.ground import clock
from nitka.ground.ids import new_id


class Kind(models.TextChoices):
    """What a shopper can ask for."""

    RETURN = "return", "return"
    EXCHANGE = "exchange", "exchange"
    REPLACEMENT = "replacement", "replacement"
    COMPLAINT = "complaint", "complaint"


class Policy(models.Model):
    """What the shop promises about one kind of case, as data. The first by position that fits a piece holds for it."""

    personal_data = {"name": "keep: of a policy, for the merchant"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120)  # for the merchant
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    # Where it holds; an empty list is everywhere.
    markets = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    categories = models.JSONField(default=list)  # handles, with all that is below them
    tags = models.JSONField(default=list)
    # What it says.
    allowed = models.BooleanField(default=True)  # False: these pieces are kept out of it
    window_days = models.PositiveSmallIntegerField(null=True)  # whole days after delivery; None: without end
    once_only = models.BooleanField(default=False)
    once_for_all = models.BooleanField(default=False, db_default=False)  # a return or an exchange, not one of each
    alike = models.BooleanField(default=False, db_default=False)  # the same variant may be asked for in exchange
    reasons = models.JSONField(default=list)  # words of the house; empty: all of the kind
    needs_photo = models.BooleanField(default=False)
    auto_approve = models.BooleanField(default=False)
    needs_goods = models.BooleanField(default=True)  # False: the shopper keeps the piece
    restocking_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    refund_ceiling = models.JSONField(default=dict)  # currency → minor units a case
    way_back = models.CharField(max_length=8, default="shop", choices=[("shop", "shop"), ("shopper", "shopper")])
    label_fee = models.JSONField(default=dict)  # currency → minor units, where the shopper pays for our label
    refund_to = models.JSONField(default=list)  # original, credit, gift_card; empty: original
    refunds_delivery = models.BooleanField(default=False)  # where everything goes back
    note = models.JSONField(default=dict)  # language → one sentence of the merchant's

    class Meta:
        db_table = "returns_policies"
        ordering = ("kind", "position", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(restocking_percent__gte=0, restocking_percent__lte=100), name="restocking_is_a_part"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


class Case(models.Model):
    """One thing a shopper asked for after the sale. What happened to it stands in its steps."""

    personal_data = {
        "words": "erase", "answer": "erase", "tracking_number": "erase",
        "refund_to": "keep: which means the money went back to", "mean": "keep: the token of a means of payment",
    }  # fmt: skip

    class State(models.TextChoices):
        REQUESTED = "requested", "waits for our answer"
        APPROVED = "approved", "approved"
        SENT = "sent", "on its way back"
        RECEIVED = "received", "with us again"
        GRADED = "graded", "looked at"
        CLOSED = "closed", "done"
        REFUSED = "refused", "refused"
        CANCELLED = "cancelled", "called off"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="+")
    order_code = models.CharField(max_length=40)
    customer_id = models.UUIDField(null=True, db_index=True)
    key = models.CharField(max_length=120, unique=True, null=True)
    # The law's own right, of which no policy takes anything.
    withdrawal_id = models.UUIDField(unique=True, null=True)
    once = models.BooleanField(default=False)
    sole = models.BooleanField(default=False, db_default=False)  # its policy allows one case an order, of any kind
    # `mean` was named when the case was opened, and is charged by the worker.
    pledged = models.BooleanField(default=False, db_default=False)
    trial = models.BooleanField(default=False, db_default=False)  # the agreed way back of a home trial
    reminded_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    answer = models.CharField(max_length=500, blank=True)  # what the shop says to a refusal, or of a complaint
    terms = models.JSONField(default=dict)  # the policy as it was when the case was opened
    # Money, in the order's currency. `difference` of an exchange: what the new pieces cost more (or, below zero, less).
    currency = models.CharField(max_length=3)
    goods_minor = models.BigIntegerField(default=0)
    restocking_minor = models.BigIntegerField(default=0)
    label_minor = models.BigIntegerField(default=0)
    delivery_minor = models.BigIntegerField(default=0)
    refund_minor = models.BigIntegerField(default=0)
    ceiling_minor = models.BigIntegerField(null=True)
    difference_minor = models.BigIntegerField(default=0)
    refund_to = models.CharField(max_length=80, default="original")
    refunded_minor = models.BigIntegerField(default=0)
    mean = models.CharField(max_length=120, blank=True)
    payment_id = models.UUIDField(null=True, unique=True)
    difference_paid = models.BooleanField(default=False)
    # Parcels: the way back, and the way of the new pieces.
    needs_goods = models.BooleanField(default=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    label_shipment_id = models.UUIDField(null=True)
    new_shipment_id = models.UUIDField(null=True)
    hold_until = models.DateTimeField(null=True)
    send_before = models.DateTimeField(null=True)
    requested_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "returns_cases"
        constraints = [
            # Behind the rule "once an order": of one kind, at most one case that stands.
            models.UniqueConstraint(
                fields=["order", "kind"], condition=Q(once=True) & ~Q(state__in=["refused", "cancelled"]),
                name="once_an_order",
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(sole=True) & ~Q(state__in=["refused", "cancelled"]),
                name="one_case_of_all",
            ),
            models.CheckConstraint(
                condition=Q(refund_minor__gte=0, refunded_minor__gte=0), name="refunds_not_below_zero"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["-requested_at", "-id"], name="cases_newest"),
            models.Index(fields=["send_before"], condition=Q(state="approved"), name="cases_to_be_sent"),
        ]

    def __str__(self) -> str:
        return self.code


class CaseLine(models.Model):
    """Pieces of one line of the order."""

    personal_data = {}

    class Grade(models.TextChoices):
        AS_NEW = "as_new", "as new"
        USED = "used", "used"
        DAMAGED = "damaged", "damaged"
        MISSING = "missing", "not in the parcel"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    line = models.ForeignKey("orders.OrderLine", on_delete=models.PROTECT, related_name="+")
    variant_id = models.UUIDField(null=True)
    new_variant_id = models.UUIDField(null=True)  # of an exchange, or the same again of a replacement
    new_text = models.CharField(max_length=300, blank=True)
    new_minor = models.BigIntegerField(default=0)
    pieces = models.PositiveIntegerField()
    reason = models.CharField(max_length=20)
    paid_minor = models.BigIntegerField(default=0)  # what was paid for these pieces
    restocking_minor = models.BigIntegerField(default=0)
    received = models.PositiveIntegerField(default=0)
    grade = models.CharField(max_length=10, choices=Grade, blank=True)
    # Whether these pieces count as gone back: not any more where the case was refused or called off.
    counts = models.BooleanField(default=True)

    class Meta:
        db_table = "returns_lines"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["case", "line"], name="each_line_once_a_case"),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="a_return_has_pieces"),
            models.CheckConstraint(condition=Q(received__lte=F("pieces")), name="received_within_asked"),
            models.CheckConstraint(condition=Q(paid_minor__gte=0), name="paid_for_pieces_not_below_zero"),
        ]


class Tally(models.Model):
    """How many pieces of an order's line went back or are about to: never more than left the house."""

    personal_data = {}

    line = models.OneToOneField("orders.OrderLine", on_delete=models.CASCADE, primary_key=True, related_name="+")
    delivered = models.PositiveIntegerField()
    returned = models.IntegerField(default=0)

    class Meta:
        db_table = "returns_tallies"
        constraints = [
            models.CheckConstraint(
                condition=Q(returned__gte=0, returned__lte=F("delivered")), name="returned_within_delivered"
            )
        ]


class CaseStep(models.Model):
    """One thing that happened to a case."""

    personal_data = {"actor": "keep: who of the staff did it", "note": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    at = models.DateTimeField(default=clock.now)
    actor = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "returns_steps"
        ordering = ("at", "id")


class CasePhoto(models.Model):
    """A picture of what is wrong, drawn anew by us: without place, camera and day of taking."""

    personal_data = {"content": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    content = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "returns_photos"
        ordering = ("id",)
