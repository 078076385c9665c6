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
    # at_once, or on_shipment: the gateway only sets the money aside until the parcel leaves
    capture = models.CharField(max_length=12, default="at_once", db_default="at_once")

    class Meta:
        db_table = "payments_methods"


class Payment(models.Model):
    """One attempt to be paid for one reference. Its key is handed to the gateway, so a retry makes no second charge."""

    personal_data = {
        "provider_ref": "keep: accounting", "action_url": "erase", "customer_id": "keep: whose, an id alone",
    }  # fmt: skip

    class State(models.TextChoices):
        STARTED = "started", "started"
        ACTION = "action", "waits for the payer"
        AUTHORISED = "authorised", "set aside for us at the payer's bank"
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
    # Copied from the method's setting, so that a change of it does not reach payments on their way.
    capture = models.CharField(max_length=12, default="at_once", db_default="at_once")
    authorised_minor = models.BigIntegerField(default=0, db_default=0)
    asked_minor = models.BigIntegerField(default=0, db_default=0)  # of what is authorised: taken or being taken
    in_parts = models.BooleanField(default=False, db_default=False)  # the gateway lets us take it in several parts
    authorised_until = models.DateTimeField(null=True)
    void_asked_at = models.DateTimeField(null=True)
    customer_id = models.UUIDField(null=True, db_index=True)
    mean = models.ForeignKey("payments.SavedMean", null=True, on_delete=models.SET_NULL, related_name="+")
    challenge = models.BooleanField(default=False, db_default=False)  # the payer must prove who they are

    class Meta:
        db_table = "payments_payments"
        constraints = [
            models.CheckConstraint(condition=Q(minor__gte=0), name="payment_not_negative"),
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("captured_minor")),
                name="refunds_within_captured",
            ),
            models.CheckConstraint(
                condition=Q(asked_minor__gte=0, asked_minor__lte=F("authorised_minor")),
                name="captures_within_authorised",
            ),
            models.UniqueConstraint(
                fields=["provider", "provider_ref"], condition=~Q(provider_ref=""), name="one_payment_a_provider_ref"
            ),
        ]


class SavedMean(models.Model):
    """A means of payment that the gateway keeps for a customer. We know its token and what helps to recognise it."""

    personal_data = {"token": "erase", "payer_ref": "erase", "brand": "erase", "last4": "erase", "expires": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_id = models.UUIDField(db_index=True)
    provider = models.CharField(max_length=40)
    token = models.CharField(max_length=255)
    payer_ref = models.CharField(max_length=255, blank=True)  # the gateway's own name of the customer
    brand = models.CharField(max_length=40, blank=True)
    last4 = models.CharField(max_length=4, blank=True)
    expires = models.CharField(max_length=7, blank=True)  # 2027-08
    created_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "payments_saved_means"
        constraints = [
            models.UniqueConstraint(fields=["provider", "token"], condition=~Q(token=""), name="each_saved_mean_once")
        ]


class PayerAccount(models.Model):
    """How a gateway calls one of our customers, so that it keeps all their means under one name."""

    personal_data = {"ref": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_id = models.UUIDField(db_index=True)
    provider = models.CharField(max_length=40)
    ref = models.CharField(max_length=255, blank=True)

    class Meta:
        db_table = "payments_payer_accounts"
        constraints = [models.UniqueConstraint(fields=["provider", "customer_id"], name="one_payer_account_a_gateway")]


class Capture(models.Model):
    """A part of an authorised payment that is being taken. Written in the payment's row before the gateway is asked."""

    personal_data = {"provider_ref": "keep: accounting"}

    class State(models.TextChoices):
        STARTED = "started", "started"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="+")
    minor = models.BigIntegerField()
    key = models.CharField(max_length=120, unique=True)
    final = models.BooleanField(default=False)  # the rest is let go with it
    state = models.CharField(max_length=12, choices=State, default=State.STARTED)
    provider_ref = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "payments_captures"
        constraints = [models.CheckConstraint(condition=Q(minor__gt=0), name="capture_positive")]


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


class Finding(models.Model):
    """Where our books and a gateway's differ, until a person has looked at it."""

    personal_data = {"provider_ref": "keep: accounting", "closed_by": "keep: who of the staff did it"}

    class Kind(models.TextChoices):
        CHARGE_WITHOUT_ORDER = "charge_without_order", "the gateway has money that belongs to no order"
        ORDER_WITHOUT_CHARGE = "order_without_charge", "an order counts as paid, and no money came"
        AMOUNT_DIFFERS = "amount_differs", "another amount or currency than ours"
        REFUND_DIFFERS = "refund_differs", "more or less went back than our books say"
        CAPTURE_REFUSED = "capture_refused", "the parcel left, and the gateway did not give the money"
        ENDING = "authorisation_ends", "what was set aside is let go soon"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=24, choices=Kind)
    provider = models.CharField(max_length=40, blank=True)
    provider_ref = models.CharField(max_length=120, blank=True)
    reference = models.UUIDField(null=True)
    payment_id = models.UUIDField(null=True)
    expected_minor = models.BigIntegerField(default=0)
    expected_currency = models.CharField(max_length=3, blank=True)
    got_minor = models.BigIntegerField(default=0)
    got_currency = models.CharField(max_length=3, blank=True)
    print = models.CharField(max_length=64, unique=True)  # the same trouble is one row, however often it is seen
    note = models.CharField(max_length=300, blank=True)
    found_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "payments_findings"
        indexes = [models.Index(fields=["found_at"], condition=Q(closed_at=None), name="findings_open")]


def _tables_of_providers() -> None:
    """A provider may keep tables of its own in its folder; Django must know them with this app."""
    package = importlib.import_module("nitka.sale.payments.providers")
    for folder in pkgutil.iter_modules(package.__path__):
        name = f"{package.__name__}.{folder.name}.models"
        if importlib.util.find_spec(name):
            importlib.import_module(name)


_tables_of_providers()
# Parts of this domain that keep tables in folders of their own.
for _part in ("credit", "risk", "statements"):
    importlib.import_module(f"nitka.sale.payments.{_part}.models")
