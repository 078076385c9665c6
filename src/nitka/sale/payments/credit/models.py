"""The books of what the shop owes: accounts, transfers, and entries that sum to zero in each transfer.

A customer's account (gift card, store credit) carries its balance, which can never be below zero. The shop's own
accounts (issued, redeemed, lapsed) carry none: every sale would queue for their row; they are summed when asked.
"""

from django.db import models
from django.db.models import Q

from nitka.ground import clock
from nitka.ground.ids import new_id


class CreditAccount(models.Model):
    """One account in one currency."""

    personal_data = {"recipient": "anonymise", "note": "erase"}

    class Kind(models.TextChoices):
        GIFT_CARD = "gift_card", "gift card"
        STORE_CREDIT = "store_credit", "store credit"
        ISSUED = "issued", "given out by the shop"
        REDEEMED = "redeemed", "spent on orders"
        LAPSED = "lapsed", "expired or called back"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    currency = models.CharField(max_length=3)
    customer_id = models.UUIDField(null=True, db_index=True)
    # Of the code only a print is kept: 80 random bits cannot be guessed from it, and a stolen backup buys nothing.
    code_print = models.CharField(max_length=64, null=True, unique=True)
    hint = models.CharField(max_length=8, blank=True)  # the last letters of the code, to tell cards apart
    recipient = models.EmailField(max_length=254, blank=True)
    note = models.CharField(max_length=300, blank=True)
    balance_minor = models.BigIntegerField(default=0)
    is_open = models.BooleanField(default=True)
    expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "payments"
        db_table = "payments_credit_accounts"
        constraints = [
            models.CheckConstraint(condition=Q(balance_minor__gte=0), name="credit_never_below_zero"),
            models.CheckConstraint(
                condition=Q(kind__in=["gift_card", "store_credit"]) | Q(balance_minor=0), name="shop_side_is_summed"
            ),
            models.UniqueConstraint(
                fields=["customer_id", "currency"], condition=Q(kind="store_credit"), name="one_store_credit_each"
            ),
        ]


class CreditTransfer(models.Model):
    """One movement. Its key makes a second try the same movement; `reference` is what it is about: an order."""

    personal_data = {"reason": "erase", "actor": "keep: who of the staff did it"}

    class Kind(models.TextChoices):
        ISSUE = "issue", "issued"
        SPEND = "spend", "spent"
        GIVE_BACK = "give_back", "given back"
        REFUND = "refund", "refunded as credit"
        LAPSE = "lapse", "lapsed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    reference = models.UUIDField(null=True, db_index=True)
    reason = models.CharField(max_length=200, blank=True)
    actor = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "payments"
        db_table = "payments_credit_transfers"


class CreditEntry(models.Model):
    """One side of a transfer. Written once: a trigger refuses every change, and one refuses sums other than zero."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    transfer = models.ForeignKey(CreditTransfer, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(CreditAccount, on_delete=models.PROTECT, related_name="+")
    minor = models.BigIntegerField()

    class Meta:
        app_label = "payments"
        db_table = "payments_credit_entries"
        constraints = [models.CheckConstraint(condition=~Q(minor=0), name="credit_entry_moves_something")]
