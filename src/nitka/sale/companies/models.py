"""Tables of what companies agreed with the shop: limits, approvals, terms, quotes, lists."""

from django.db import models
from django.db.models import Q

from nitka.ground import clock
from nitka.ground.ids import new_code, new_id


def _quote_code() -> str:
    return new_code("NQ")


class Terms(models.Model):
    """What a company may owe, and how it buys. Locked while an order on account is placed: the limit holds."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = models.OneToOneField("customers.Company", on_delete=models.CASCADE, related_name="+")
    net_days = models.PositiveSmallIntegerField(default=30)
    limit_minor = models.BigIntegerField(default=0)  # none: nothing is sold on account
    currency = models.CharField(max_length=3, default="EUR")
    # Over this sum buyers without a limit of their own ask first; none: they need not.
    approval_over_minor = models.BigIntegerField(null=True)
    po_required = models.BooleanField(default=False)

    class Meta:
        db_table = "companies_terms"
        constraints = [
            models.CheckConstraint(condition=Q(limit_minor__gte=0), name="credit_limit_not_negative"),
            models.CheckConstraint(
                condition=Q(approval_over_minor=None) | Q(approval_over_minor__gte=0), name="approval_not_negative"
            ),
        ]


class MemberRule(models.Model):
    """What one person may spend for a company without asking, and whether others ask them. No row: as the role says."""

    personal_data = {"customer": "erase", "limit_minor": "erase", "may_approve": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey("customers.Company", on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+")
    limit_minor = models.BigIntegerField(null=True)  # in the currency of the company's terms
    may_approve = models.BooleanField(default=False)

    class Meta:
        db_table = "companies_member_rules"
        constraints = [
            models.UniqueConstraint(fields=["company", "customer"], name="one_rule_a_member"),
            models.CheckConstraint(
                condition=Q(limit_minor=None) | Q(limit_minor__gte=0), name="member_limit_not_negative"
            ),
        ]


class Approval(models.Model):
    """That a buyer asked to spend more than they may, for one cart as it stood; and what was answered."""

    personal_data = {
        "customer_id": "keep: whose, an id alone", "decided_by": "keep: whose, an id alone", "words": "erase",
        "answer": "erase",
    }  # fmt: skip

    class State(models.TextChoices):
        ASKED = "asked", "asked"
        APPROVED = "approved", "approved"
        REFUSED = "refused", "refused"
        USED = "used", "ordered"
        LAPSED = "lapsed", "the cart was changed since"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey("customers.Company", on_delete=models.CASCADE, related_name="+")
    cart_id = models.UUIDField(db_index=True)
    customer_id = models.UUIDField(db_index=True)
    print = models.CharField(max_length=64)  # of the goods: other goods need another approval
    lines = models.JSONField(default=list)  # [{sku, title, pieces, total_minor}]
    total_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    words = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=clock.now)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    order_id = models.UUIDField(null=True)

    class Meta:
        db_table = "companies_approvals"
        constraints = [
            models.UniqueConstraint(
                fields=["cart_id"], condition=Q(state__in=["asked", "approved"]), name="one_approval_a_cart"
            )
        ]


class Quote(models.Model):
    """Prices that a company asked for, and what the shop answered, until a day."""

    personal_data = {
        "customer_id": "keep: whose, an id alone", "words": "erase", "answer": "erase",
        "answered_by": "keep: who of the staff did it",
    }  # fmt: skip

    class State(models.TextChoices):
        ASKED = "asked", "asked"
        ANSWERED = "answered", "answered"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        EXPIRED = "expired", "expired"
        ORDERED = "ordered", "ordered"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=16, unique=True, default=_quote_code)
    company = models.ForeignKey("customers.Company", on_delete=models.CASCADE, related_name="+")
    customer_id = models.UUIDField(db_index=True)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    market = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    currency = models.CharField(max_length=3)
    words = models.CharField(max_length=2000, blank=True)
    answer = models.CharField(max_length=2000, blank=True)
    valid_until = models.DateField(null=True)  # its last day, in the shop's zone
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True)
    cart_id = models.UUIDField(null=True)  # where it is accepted: its prices hold there and nowhere else
    order_id = models.UUIDField(null=True)

    class Meta:
        db_table = "companies_quotes"
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state="asked"), name="quotes_to_answer"),
            models.Index(
                fields=["valid_until"], condition=Q(state__in=["answered", "accepted"]), name="quotes_to_expire"
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "declined"]) | Q(valid_until__isnull=False),
                name="an_answer_has_a_day",
            )
        ]  # fmt: skip


class QuoteLine(models.Model):
    """So many pieces of a variant, what a piece costs everybody, what was wished for, and what was answered."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    variant_id = models.UUIDField()
    sku = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    option_text = models.CharField(max_length=300, blank=True)
    pieces = models.PositiveIntegerField()
    list_minor = models.BigIntegerField()
    asked_minor = models.BigIntegerField(null=True)
    answered_minor = models.BigIntegerField(null=True)

    class Meta:
        db_table = "companies_quote_lines"
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["quote", "variant_id"], name="a_variant_once_a_quote"),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="a_quote_line_has_pieces"),
            models.CheckConstraint(
                condition=Q(answered_minor=None) | Q(answered_minor__gte=0), name="an_answer_not_negative"
            ),
        ]


class ReorderList(models.Model):
    """Goods that somebody orders again and again; of a company, for all who act for it."""

    personal_data = {"name": "erase", "customer_id": "keep: whose, an id alone"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey("customers.Company", null=True, on_delete=models.CASCADE, related_name="+")
    customer_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=80)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "companies_lists"


class ReorderLine(models.Model):
    """So many pieces of a variant."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    list = models.ForeignKey(ReorderList, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    variant_id = models.UUIDField()
    pieces = models.PositiveIntegerField()

    class Meta:
        db_table = "companies_list_lines"
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["list", "variant_id"], name="a_variant_once_a_list"),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="a_list_line_has_pieces"),
        ]
