"""Tables of what shoppers may change themselves, and of what they changed. Django finds them through `models`."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from nitka.ground import clock
from nitka.ground.ids import new_id


class OrderPolicy(models.Model):
    """What a shopper may do to an order until it is packed, as the merchant decided; no row: `policies.STANDARD`."""

    personal_data: ClassVar[dict[str, str]] = {}

    class Kind(models.TextChoices):
        CANCEL = "cancel", "cancel the order"
        ADDRESS = "address", "change the address of delivery"
        ITEMS = "items", "take another variant"
        PAYMENT = "payment", "pay by another means"

    class Until(models.TextChoices):
        PACKED = "packed", "until it is packed"
        SHIPPED = "shipped", "until it is handed to the carrier"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    market = models.CharField(max_length=20, blank=True)  # empty: wherever no row of the market's own stands
    allowed = models.BooleanField(default=True)
    until = models.CharField(max_length=8, choices=Until, default=Until.PACKED)
    times = models.PositiveSmallIntegerField(
        null=True
    )  # how often an order may be changed so; none: as often as wanted
    reasons = models.JSONField(default=list)  # what may be given as a reason; empty: anything
    reason_needed = models.BooleanField(default=False)
    not_after = models.JSONField(default=list)  # kinds of change that end this right
    # Whether a difference may go back to any means of the customer's, not just to what paid, or to a gift card.
    refund_anywhere = models.BooleanField(default=False)

    class Meta:
        db_table = "orders_policies"
        constraints = [
            models.UniqueConstraint(fields=["kind", "market"], name="one_order_policy_a_market"),
            models.CheckConstraint(condition=Q(times=None) | Q(times__gt=0), name="order_policy_allows_some"),
        ]


class OrderChange(models.Model):
    """One change of an order after it was placed. An open one waits for its money; its goods are held by its own id."""

    personal_data = {
        "detail": "erase", "actor": "keep: who of the staff did it", "means": "keep: the id of an account or token",
    }  # fmt: skip

    class State(models.TextChoices):
        OPEN = "open", "waits for its money"
        DONE = "done", "done"
        FAILED = "failed", "came to nothing"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=OrderPolicy.Kind)
    state = models.CharField(max_length=6, choices=State, default=State.DONE)
    # The how-manieth of its kind, and how many were allowed: the policy's word as the database can hold it.
    number = models.PositiveSmallIntegerField()
    times = models.PositiveSmallIntegerField(null=True)
    difference_minor = models.BigIntegerField(default=0)  # above zero: the shopper pays it
    means = models.CharField(max_length=80, blank=True)
    payment_id = models.UUIDField(null=True)
    actor = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "orders_changes"
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind", "number"], condition=~Q(state="failed"), name="each_order_change_once"
            ),
            models.CheckConstraint(
                condition=Q(state="failed") | Q(times=None) | Q(number__lte=F("times")),
                name="order_changes_within_policy",
            ),
        ]
        indexes = [models.Index(fields=["payment_id"], condition=Q(state="open"), name="order_changes_open")]


class VariantTerms(models.Model):
    """That a variant is sold in a way of its own: a sample of a material, so many a person, or on trial at home."""

    personal_data: ClassVar[dict[str, str]] = {}

    variant = models.OneToOneField("catalog.Variant", primary_key=True, on_delete=models.CASCADE, related_name="+")
    per_person = models.PositiveSmallIntegerField(null=True)  # pieces of all samples together; none: no sample
    period_days = models.PositiveSmallIntegerField(default=30)
    trial_days = models.PositiveSmallIntegerField(null=True)  # days at home after the promised day; none: no trial

    class Meta:
        db_table = "orders_variant_terms"
        constraints = [
            models.CheckConstraint(
                condition=(Q(per_person=None) | Q(per_person__gt=0)) & (Q(trial_days=None) | Q(trial_days__gt=0)),
                name="variant_terms_allow_some",
            )
        ]
