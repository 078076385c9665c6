"""Visits, and how the merchant tells channels apart."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from nitka.ground.ids import new_id


class Session(models.Model):
    """One visit: what a visitor did without a pause of thirty minutes, or a new campaign, in between.

    `visitor` is the device, or the login where a source names no device. `why` says what made it a bot's: agent, fast,
    silent or burst.
    """

    personal_data = {
        "visitor": "keep: an id alone", "device": "keep: an id alone", "evidence": "keep: an id alone",
        "evidences": "keep: ids alone", "clicks": "erase", "landing": "keep: a path of the shop",
        "referrer": "keep: a host", "source": "keep: where a visit came from, not who",
        "campaign": "keep: the name of a campaign", "agent": "keep: a number that stands for a browser's name",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id)
    visitor = models.UUIDField()
    device = models.UUIDField(null=True)
    evidence = models.UUIDField()
    evidences = ArrayField(models.UUIDField())
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    channel = models.CharField(max_length=60)
    source = models.CharField(max_length=200)
    medium = models.CharField(max_length=200)
    campaign = models.CharField(max_length=200, default="")
    term = models.CharField(max_length=200, default="")
    content = models.CharField(max_length=200, default="")
    click = models.CharField(max_length=20, default="")
    clicks = models.JSONField(default=dict)
    referrer = models.CharField(max_length=200, default="")
    tagged = models.BooleanField(default=False)
    landing = models.CharField(max_length=300, default="")
    pages = models.PositiveIntegerField(default=0)
    events = models.PositiveIntegerField(default=0)
    signs = models.PositiveIntegerField(default=0)  # deeds that a program that only fetches pages does not do
    own = models.BooleanField(default=True)  # told by the shop's own module alone, which shows signs
    flagged = models.BooleanField(default=False)  # an event of it was flagged when it came
    bot = models.BooleanField(default=False)
    why = models.CharField(max_length=8, default="")
    agent = models.BigIntegerField(default=0)

    class Meta:
        db_table = "events_sessions"
        indexes = [
            models.Index(fields=["visitor", "-started_at"], name="sessions_of_visitor"),
            models.Index(fields=["agent", "landing", "started_at"], name="sessions_alike"),
            models.Index(fields=["evidence", "-started_at"], name="sessions_of_evidence"),
            BrinIndex(fields=["started_at"], name="sessions_by_day"),
        ]


class ChannelRule(models.Model):
    """One line of the merchant's own rules, from the top; without any line the built-in ones hold."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id)
    position = models.PositiveIntegerField()
    channel = models.CharField(max_length=60)
    conditions = models.JSONField(default=dict)

    class Meta:
        db_table = "events_channel_rules"
        ordering = ["position", "id"]


class QuietHosts(models.Model):
    """Hosts that bring nobody anew: where money is taken, and other houses of the shop. One row, or the built-in."""

    personal_data = {}

    id = models.SmallIntegerField(primary_key=True, default=1)
    paying = ArrayField(models.CharField(max_length=200))
    own = ArrayField(models.CharField(max_length=200), default=list)

    class Meta:
        db_table = "events_quiet_hosts"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_row_of_quiet_hosts")]
