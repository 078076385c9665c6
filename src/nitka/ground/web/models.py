"""Rows that requests leave behind for each other."""

from django.db import models
from django.db.models.functions import Cast, Now

from nitka.ground import clock


class RateCount(models.Model):
    """How often a key was seen in a window of time (its end, in seconds). Unlogged: a crash may forget it."""

    personal_data = {"key": "erase"}

    key = models.CharField(max_length=200)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "web_rate_counts"
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="one_count_a_window")]


class StoredAnswer(models.Model):
    """The answer to an idempotent request, written in the transaction of its effect, kept for a day."""

    personal_data = {"body": "erase"}

    scope = models.CharField(max_length=120)
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(default="")
    at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        db_table = "web_stored_answers"
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="one_answer_a_key")]


class PageChange(models.Model):
    """That something which public pages show has changed. Each process that keeps ready pages follows these rows.

    Followed is `xid`, the number of the transaction, since a lower `seq` may be committed after a higher one.
    """

    personal_data = {}

    seq = models.BigAutoField(primary_key=True)
    tag = models.CharField(max_length=120)
    xid = models.BigIntegerField(
        db_default=Cast(Cast(models.Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField())
    )
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "web_page_changes"
        indexes = [models.Index(fields=["xid"], name="web_page_changes_by_xid")]

    def __str__(self) -> str:
        return f"{self.seq}: {self.tag}"
