"""Statements of the bank, and their lines that brought money."""

from django.db import models
from django.db.models import Q

from nitka.ground import clock
from nitka.ground.ids import new_id


class Statement(models.Model):
    """One file that somebody brought in."""

    personal_data = {"name": "keep: of the file", "actor": "keep: who of the staff did it"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    account = models.CharField(max_length=40, blank=True)
    lines = models.PositiveIntegerField(default=0)
    actor = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "payments"
        db_table = "payments_statements"


class StatementLine(models.Model):
    """Money that came. The bank's own number of the entry makes it one line, however often its file is read."""

    personal_data = {
        "payer": "keep: accounting", "payer_account": "keep: accounting", "text": "keep: accounting",
        "actor": "keep: who of the staff did it",
    }  # fmt: skip

    class State(models.TextChoices):
        OPEN = "open", "for a person to assign"
        BOOKED = "booked", "booked on an order"
        IGNORED = "ignored", "not the shop's sale"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=40, blank=True)
    entry = models.CharField(max_length=120)
    booked_on = models.DateField()
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    payer = models.CharField(max_length=200, blank=True)
    payer_account = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reference = models.UUIDField(null=True, db_index=True)  # the order that it was booked on
    outcome = models.CharField(max_length=20, blank=True)  # whole, part, over, twice, late
    actor = models.CharField(max_length=60, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "payments"
        db_table = "payments_statement_lines"
        constraints = [
            models.UniqueConstraint(fields=["account", "entry"], name="each_entry_of_the_bank_once"),
            models.CheckConstraint(condition=Q(minor__gt=0), name="statement_line_brings_money"),
        ]
        indexes = [models.Index(fields=["booked_on"], condition=Q(state="open"), name="statement_lines_open")]
