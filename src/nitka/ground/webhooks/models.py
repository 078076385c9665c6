"""Who wants to be told, and what became of it."""

from django.db import models

from nitka.ground import clock
from nitka.ground.ids import new_id


class Endpoint(models.Model):
    """An address that is told of facts. `kinds` are kinds of facts; none means all."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    url = models.CharField(max_length=500)
    kinds = models.JSONField(default=list)
    secret = models.CharField(max_length=120)
    # Beside the new one until receivers have changed over.
    old_secret = models.CharField(max_length=120, blank=True)
    old_until = models.DateTimeField(null=True)
    enabled = models.BooleanField(default=True)
    why_disabled = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "webhooks_endpoints"


class Delivery(models.Model):
    """One fact for one endpoint. `tries` of them are written in `log`: when, what came back, how long it took."""

    personal_data = {}

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        DELIVERED = "delivered", "delivered"
        FAILED = "failed", "failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="+")
    fact_id = models.UUIDField(null=True)  # none for a test
    kind = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    log = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "webhooks_deliveries"
        constraints = [models.UniqueConstraint(fields=["endpoint", "fact_id"], name="each_fact_once_an_endpoint")]
        indexes = [
            models.Index(fields=["endpoint", "-created_at"], name="deliveries_newest"),
            models.Index(fields=["next_at"], condition=models.Q(state="waiting"), name="deliveries_waiting"),
        ]
