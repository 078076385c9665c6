"""Where events come from, the events themselves, and what was not taken."""

from django.db import models
from django.db.models import Q

from nitka.ground import clock
from nitka.people.events.erased import Erased
from nitka.people.events.visits import ChannelRule, QuietHosts, Session

__all__ = ["ChannelRule", "Erased", "Event", "Key", "Kind", "QuietHosts", "Rejected", "Session", "Source"]


class Source(models.Model):
    """Who may send events: the shop's own pages, a server, another site. `trusted` ones vouch for who somebody is."""

    personal_data = {"name": "keep: the merchant's word for a program"}

    class Kind(models.TextChoices):
        BROWSER = "browser", "browser"
        SERVER = "server", "server"

    id = models.SmallAutoField(primary_key=True)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    write_key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    trusted = models.BooleanField(default=False)
    # The shop's own pages ask for consent themselves, so an event of theirs without a yes is a mistake.
    own = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "events_sources"
        constraints = [
            models.CheckConstraint(condition=Q(kind="server") | Q(trusted=False), name="browsers_are_not_trusted")
        ]


class Kind(models.IntegerChoices):
    IDENTIFY = 1, "identify"
    TRACK = 2, "track"
    PAGE = 3, "page"
    SCREEN = 4, "screen"
    GROUP = 5, "group"
    ALIAS = 6, "alias"


class Event(models.Model):
    """One thing that a shopper did. Partitioned by month of `at`; never rewritten, also not when people are merged."""

    personal_data = {
        "name": "keep: the name of a deed, not of a person", "message_id": "anonymise",
        "properties": "anonymise", "context": "anonymise", "evidence": "anonymise", "device": "anonymise",
    }  # fmt: skip

    pk = models.CompositePrimaryKey("seq", "at")
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    source = models.SmallIntegerField()
    message_id = models.TextField()
    kind = models.SmallIntegerField(choices=Kind)
    name = models.TextField(default="")
    evidence = models.UUIDField()
    device = models.UUIDField(null=True)
    flags = models.IntegerField(default=0)
    consent = models.SmallIntegerField(default=0)
    received_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    original_at = models.DateTimeField(null=True)
    properties = models.JSONField(default=dict)
    context = models.JSONField(default=dict)

    class Meta:
        # The table is made by SQL in the first migration: Django knows no partitions.
        db_table = "events_events"


class Key(models.Model):
    """A message id that was taken, kept for 30 days: what makes each event once."""

    personal_data = {"message_id": "keep: a random number, for 30 days, so that an erased event cannot come again"}

    pk = models.CompositePrimaryKey("source", "message_id")
    source = models.SmallIntegerField()
    message_id = models.TextField(db_collation="C")
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "events_keys"


class Rejected(models.Model):
    """An event that was not stored, with the reason, for whoever is wiring up a sender. Bounded; no one's history."""

    personal_data = {"name": "keep: the name of a deed, not of a person", "excerpt": "erase"}

    id = models.BigAutoField(primary_key=True)
    source = models.SmallIntegerField()
    at = models.DateTimeField(default=clock.now)
    type = models.CharField(max_length=20, default="")
    name = models.CharField(max_length=200, default="")
    reason = models.CharField(max_length=60)
    count = models.PositiveIntegerField(default=1)
    excerpt = models.TextField(default="")

    class Meta:
        db_table = "events_rejected"
        indexes = [models.Index(fields=["-at", "-id"], name="rejected_newest")]
