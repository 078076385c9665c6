"""Promotions: what must be true, and what is then given; their codes, budgets and uses.

Whoever counts something down (a limit, a budget, a code) does it with one guarded update and a CHECK behind it, so
that fifty who come at once never take more than there is.
"""

from django.db import models
from django.db.models import F, Q

from nitka.ground import clock
from nitka.ground.ids import new_id


class Lane(models.Model):
    """Promotions that stand for one another or add up; what one lane leaves is what the next one starts with."""

    personal_data = {}

    class Takes(models.TextChoices):
        BEST = "best", "only the one that saves most"
        EACH = "each", "each product gets the one that saves it most"
        ALL = "all", "one after the other, by priority"

    code = models.SlugField(max_length=20, primary_key=True)
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    takes = models.CharField(max_length=4, choices=Takes, default=Takes.BEST)

    class Meta:
        db_table = "pricing_lanes"

    def __str__(self) -> str:
        return self.code


class Promotion(models.Model):
    """One promotion. `conditions` and `benefit` are data, read by `promotions.rules`; amounts in them by currency.

    `used` counts only where there is a limit: a row that every order changes would make all orders wait for it.
    """

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    label = models.JSONField(default=dict)
    conditions = models.JSONField(default=dict)
    benefit = models.JSONField(default=dict)
    lane = models.ForeignKey(Lane, on_delete=models.PROTECT, db_column="lane", related_name="+")
    priority = models.SmallIntegerField(default=100)
    stops_lane = models.BooleanField(default=False)
    exclusive = models.BooleanField(default=False)
    needs_code = models.BooleanField(default=False)
    public = models.BooleanField(default=False)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    most = models.PositiveIntegerField(null=True)
    most_each = models.PositiveSmallIntegerField(null=True)
    used = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "pricing_promotions"
        indexes = [models.Index(fields=["ends_at"], condition=Q(active=True), name="promotions_that_run")]
        constraints = [
            models.CheckConstraint(condition=Q(most=None) | Q(used__lte=F("most")), name="promotion_within_limit"),
            models.CheckConstraint(
                condition=Q(most_each=None) | Q(most_each__gte=1, most_each__lte=100), name="promotion_limit_of_a_buyer"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PromotionBudget(models.Model):
    """How much a promotion may give away in a currency, and how much it gave."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="+")
    currency = models.CharField(max_length=3)
    most_minor = models.BigIntegerField()
    spent_minor = models.BigIntegerField(default=0)

    class Meta:
        db_table = "pricing_promotion_budgets"
        constraints = [
            models.UniqueConstraint(fields=["promotion", "currency"], name="one_budget_a_currency"),
            models.CheckConstraint(
                condition=Q(spent_minor__gte=0, spent_minor__lte=F("most_minor")), name="promotion_within_budget"
            ),
        ]


class PromotionCode(models.Model):
    """What a shopper types. `shown` is the one code that stands for the promotion where it is public."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=40, unique=True)
    most = models.PositiveIntegerField(null=True)
    used = models.PositiveIntegerField(default=0)
    shown = models.BooleanField(default=False)
    batch = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "pricing_promotion_codes"
        constraints = [
            models.CheckConstraint(condition=Q(most=None) | Q(used__lte=F("most")), name="code_within_limit"),
            models.UniqueConstraint(fields=["promotion"], condition=Q(shown=True), name="one_shown_code"),
        ]

    def __str__(self) -> str:
        return self.code


class PromotionUse(models.Model):
    """That a reference (an order) got a promotion. `buyer_key` is a one-way key of the e-mail address.

    `slot` is there where a buyer may use it so many times only: two who come at once cannot take the same one.
    """

    personal_data = {"buyer_key": "keep: a one-way key whose only use is that a promotion counts so often a customer"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="+")
    code = models.ForeignKey(PromotionCode, on_delete=models.SET_NULL, null=True, related_name="+")
    buyer_key = models.CharField(max_length=64, blank=True)
    reference = models.UUIDField()
    minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    slot = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "pricing_promotion_uses"
        indexes = [
            models.Index(fields=["reference"], name="promotion_uses_by_reference"),
            models.Index(fields=["promotion", "at"], name="promotion_uses_by_promotion"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["promotion", "reference"], name="one_promotion_use_a_reference"),
            models.UniqueConstraint(
                fields=["promotion", "buyer_key", "slot"], condition=~Q(slot=None), name="promotion_slots_of_a_buyer"
            ),
        ]
