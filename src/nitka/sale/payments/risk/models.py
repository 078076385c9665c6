"""What was tried, told apart by prints alone, and the merchant's own figures for the rules."""

from django.db import models
from django.db.models import Q

from nitka.ground import clock
from nitka.ground.ids import new_id


class RiskRule(models.Model):
    """A rule as the merchant set it. No row: the rule's own defaults (`rules.py`)."""

    personal_data = {}

    code = models.SlugField(primary_key=True, max_length=40)
    active = models.BooleanField(default=True)
    score = models.PositiveSmallIntegerField(default=0)
    most = models.BigIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "payments"
        db_table = "payments_risk_rules"


def _told_apart_by(name: str) -> models.Index:
    return models.Index(fields=[name, "at"], condition=~Q(**{name: ""}), name=f"risk_by_{name}")


class RiskAttempt(models.Model):
    """One try to order. Addresses are prints: keyed hashes that tell the same from another and nothing else.

    Kept for ninety days, then forgotten.
    """

    personal_data = {"email": "erase", "ip": "erase", "device": "erase", "place": "erase", "card": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.UUIDField(null=True, db_index=True)
    at = models.DateTimeField(default=clock.now, db_index=True)
    email = models.CharField(max_length=32, blank=True)
    ip = models.CharField(max_length=32, blank=True)
    device = models.CharField(max_length=32, blank=True)
    place = models.CharField(max_length=32, blank=True)  # where the parcel goes
    card = models.CharField(max_length=32, blank=True)
    billed = models.CharField(max_length=2, blank=True, default="", db_default="")  # the country of the invoice
    declined = models.BooleanField(default=False)
    declines = models.PositiveSmallIntegerField(default=0, db_default=0)  # one form of a gateway takes many cards
    score = models.PositiveSmallIntegerField(default=0)
    action = models.CharField(max_length=10, default="allow")
    reasons = models.JSONField(default=list)

    class Meta:
        app_label = "payments"
        db_table = "payments_risk_attempts"
        indexes = [_told_apart_by(name) for name in ("email", "ip", "device", "place", "card")]
