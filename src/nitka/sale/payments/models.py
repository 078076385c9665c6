"""Money on its way: payments, refunds, and what gateways told us."""

import importlib
import importlib.util
import pkgutil

from django.db import models
from django.db.models import F, Q

from nitka.ground import clock
from nitka.ground.ids import new_id


class MethodSetting(models.Model):
    """What the merchant decided about one provider. No row: the provider's own defaults."""

    personal_data = {}

    code = models.SlugField(primary_key=True, max_length=40)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    countries = models.JSONField(default=list)  # empty: all
    fees = models.JSONField(default=dict)  # market code → minor units
    maximum = models.JSONField(default=dict)  # market code → minor units; a larger order may not be paid so

    class Meta:
        db_table = "payments_methods"


class Payment(models.Model):
    """One attempt to be paid for one reference. Its key is handed to the gateway, so a retry makes no second charge."""

    personal_data = {"provider_ref": "keep: accounting", "action_url": "erase"}

    class State(models.TextChoices):
        STARTED = "started", "started"
        ACTION = "action", "waits for the payer"
        CAPTURED = "captured", "captured"
        FAILED = "failed", "failed"
        CANCELLED = "cancelled", "cancelled"
        REFUNDED = "refunded", "refunded"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.UUIDField(db_index=True)
    label = models.CharField(max_length=40, blank=True)  # what the payer reads on a statement: the order's code
    provider = models.CharField(max_length=40)
    choice = models.CharField(max_length=40, blank=True)
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=12, choices=State, default=State.STARTED)
    key = models.CharField(max_length=120, unique=True)
    provider_ref = models.CharField(max_length=120, blank=True)
    captured_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    action_url = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True)
    captured_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "payments_payments"
        constraints = [
            models.CheckConstraint(condition=Q(minor__gte=0), name="payment_not_negative"),
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("captured_minor")),
                name="refunds_within_captured",
            ),
            models.UniqueConstraint(
                fields=["provider", "provider_ref"], condition=~Q(provider_ref=""), name="one_payment_a_provider_ref"
            ),
        ]


class Refund(models.Model):
    """Money on its way back. The amount is set aside in the payment's row before the gateway is asked."""

    personal_data = {"provider_ref": "keep: accounting"}

    class State(models.TextChoices):
        STARTED = "started", "started"
        DONE = "done", "done"
        BY_HAND = "by_hand", "a person must send it"
        FAILED = "failed", "failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="+")
    minor = models.BigIntegerField()
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.STARTED)
    provider_ref = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    into_id = models.UUIDField(null=True)  # the account of credit that it became, where it did not go back to the payer
    created_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "payments_refunds"
        constraints = [models.CheckConstraint(condition=Q(minor__gt=0), name="refund_positive")]


class GatewayEvent(models.Model):
    """A verified message of a gateway, kept as it came, dealt with once."""

    personal_data = {"raw": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.CharField(max_length=40)
    event_id = models.CharField(max_length=120)
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12)
    minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    provider_ref = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    raw = models.BinaryField()
    received_at = models.DateTimeField(default=clock.now)
    processed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "payments_gateway_events"
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="each_gateway_event_once")]
        indexes = [models.Index(fields=["payment"], condition=Q(processed_at=None), name="gateway_events_to_do")]


def _tables_of_providers() -> None:
    """A provider may keep tables of its own in its folder; Django must know them with this app."""
    package = importlib.import_module("nitka.sale.payments.providers")
    for folder in pkgutil.iter_modules(package.__path__):
        name = f"{package.__name__}.{folder.name}.models"
        if importlib.util.find_spec(name):
            importlib.import_module(name)


_tables_of_providers()
# The books of credit are part of this domain; their tables are known with it.
importlib.import_module("nitka.sale.payments.credit.models")
