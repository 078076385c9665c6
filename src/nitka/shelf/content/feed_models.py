"""How feeds of products are handed out, and what was found wrong in them."""

from django.db import models

from nitka.ground import clock
from nitka.ground.ids import new_id


class Feed(models.Model):
    """A feed of which the merchant, or the one who looks it through, said anything."""

    personal_data: dict[str, str] = {}

    class Access(models.TextChoices):
        OPEN = "open", "for everybody"
        SECRET = "secret", "by a secret address"
        OFF = "off", "not at all"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)
    market = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    access = models.CharField(max_length=6, choices=Access, default=Access.OPEN)
    key = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    # Of the last look through: {trouble: how many}.
    asked_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    items = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)

    class Meta:
        db_table = "content_feeds"
        constraints = [models.UniqueConstraint(fields=["kind", "market", "language"], name="one_feed_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.market}-{self.language}"


class FeedReport(models.Model):
    """The findings of the last look through: the first of each trouble, since thousands alike teach nothing more."""

    personal_data: dict[str, str] = {}

    feed = models.OneToOneField(Feed, on_delete=models.CASCADE, primary_key=True, related_name="+")
    findings = models.JSONField(default=list)

    class Meta:
        db_table = "content_feed_reports"

    def __str__(self) -> str:
        return f"{len(self.findings)} findings"


class GoodsClass(models.Model):
    """What Google's taxonomy of products calls the goods of a category (by its handle): a path in words, or a number.

    A category without one takes that of the category above.
    """

    personal_data: dict[str, str] = {}

    category = models.CharField(max_length=200, primary_key=True)
    name = models.CharField(max_length=300)

    class Meta:
        db_table = "content_goods_classes"

    def __str__(self) -> str:
        return f"{self.category}: {self.name}"
