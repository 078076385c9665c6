"""What orders and events say, summed up. Both tables can be made anew from those at any time."""

from django.db import models


class Behaviour(models.Model):
    """What the events under one evidence say of one month (UTC).

    Keyed by what never changes: people are merged and parted without a row of this being touched. A month whose events
    have left keeps its last summary.
    """

    personal_data = {"evidence": "keep: an id alone", "state": "erase"}

    pk = models.CompositePrimaryKey("evidence", "month")
    evidence = models.UUIDField()
    month = models.DateField()
    state = models.JSONField(default=dict)

    class Meta:
        db_table = "profiles_behaviour"


class Buying(models.Model):
    """What the orders of one row of customers say. A merged customer is the sum of theirs."""

    personal_data = {"customer_id": "keep: an id alone", "state": "erase"}

    customer_id = models.UUIDField(primary_key=True)
    state = models.JSONField(default=dict)

    class Meta:
        db_table = "profiles_buying"
