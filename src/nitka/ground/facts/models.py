"""The outbox: what happened, who has dealt with it, and what could not be dealt with."""

from django.db import models
from django.db.models import Q

from nitka.ground import clock
from nitka.ground.ids import new_id


class FactRow(models.Model):
    """One fact, append-only, written in the transaction of the action that made it true."""

    personal_data = {"whose": "keep: an id alone", "payload": "anonymise", "subject": "anonymise"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    subject = models.CharField(max_length=80)
    whose = models.UUIDField(null=True)
    payload = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "facts"
        indexes = [
            models.Index(fields=["subject", "at"], name="facts_by_subject"),
            models.Index(fields=["whose", "-at", "-id"], condition=Q(whose__isnull=False), name="facts_of_a_party"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Receipt(models.Model):
    """That a listener has dealt with a fact; written together with what it did."""

    personal_data = {}

    fact = models.ForeignKey(FactRow, on_delete=models.CASCADE, related_name="+")
    listener = models.CharField(max_length=160)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "facts_receipts"
        constraints = [models.UniqueConstraint(fields=["fact", "listener"], name="one_receipt_a_listener")]


class DeadLetter(models.Model):
    """A reaction that failed at every try. It waits for a person; the facts behind it go on."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    fact = models.ForeignKey(FactRow, on_delete=models.CASCADE, related_name="+")
    listener = models.CharField(max_length=160)
    error = models.TextField()
    tries = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)
    retried_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "facts_dead_letters"
        indexes = [models.Index(fields=["-at"], name="dead_letters_newest")]


class Cursor(models.Model):
    """How far a follower has read; moved in the transaction of what it did with what it read."""

    personal_data = {}

    name = models.CharField(max_length=80, primary_key=True)
    position = models.BigIntegerField(default=0)

    class Meta:
        db_table = "facts_cursors"
