"""Rows that requests leave behind for each other."""

from django.db import models

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
