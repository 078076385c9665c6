"""The stand-in gateway's own book. A real gateway keeps this on its side."""

from django.db import models

from nitka.ground import clock
from nitka.ground.ids import new_token


class DemoCharge(models.Model):
    """One charge for one idempotency key, whatever the number of requests."""

    personal_data = {}

    class State(models.TextChoices):
        CHALLENGE = "challenge", "the payer must confirm"
        PENDING = "pending", "not decided yet"
        AUTHORISED = "authorised", "set aside"
        SUCCEEDED = "succeeded", "succeeded"
        DECLINED = "declined", "declined"
        CANCELLED = "cancelled", "cancelled"

    ref = models.CharField(primary_key=True, max_length=40, default=new_token)
    key = models.CharField(max_length=120, unique=True)
    payment_id = models.UUIDField()
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    label = models.CharField(max_length=40, blank=True)
    choice = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=State)
    refunded_minor = models.BigIntegerField(default=0)
    holds = models.BooleanField(default=False, db_default=False)  # success sets aside, and takes later
    captured_minor = models.BigIntegerField(default=0, db_default=0)
    captures = models.JSONField(default=dict, db_default={})  # key → minor units
    return_url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "payments"
        db_table = "payments_demo_charges"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(refunded_minor__gte=0, refunded_minor__lte=models.F("minor")),
                name="demo_refund_within_charge",
            )
        ]


class DemoRefund(models.Model):
    """One refund for one key."""

    personal_data = {}

    key = models.CharField(primary_key=True, max_length=120)
    charge = models.ForeignKey(DemoCharge, on_delete=models.CASCADE, related_name="+")
    minor = models.BigIntegerField()

    class Meta:
        app_label = "payments"
        db_table = "payments_demo_refunds"
