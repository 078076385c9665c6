"""What the shop says of itself, and its pages of text."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from nitka.ground import clock
from nitka.ground.ids import new_id


class ShopSettings(models.Model):
    """The one row of what the shop is: name, maker, bank, place in time."""

    personal_data = {}

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=80)
    logo = models.CharField(max_length=300, blank=True)
    accent = models.CharField(max_length=9, blank=True)
    legal_name = models.CharField(max_length=160, blank=True)
    register_number = models.CharField(max_length=80, blank=True)
    vat_number = models.CharField(max_length=40, blank=True)
    line1 = models.CharField(max_length=160, blank=True)
    line2 = models.CharField(max_length=160, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    bank_name = models.CharField(max_length=120, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    bic = models.CharField(max_length=11, blank=True)
    zone = models.CharField(max_length=60, default="UTC")
    currency = models.CharField(max_length=3, default="EUR")
    markets = ArrayField(models.CharField(max_length=20), default=list)
    languages = ArrayField(models.CharField(max_length=2), default=list)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "content_shop"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_shop_a_database")]

    def __str__(self) -> str:
        return self.name


class Page(models.Model):
    """A text of the shop in its languages; a language is shown once it is published."""

    personal_data = {}

    class Kind(models.TextChoices):
        HELP = "help", "help"
        LEGAL = "legal", "legal"
        ARTICLE = "article", "article"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=7, choices=Kind)
    title = models.JSONField(default=dict)
    description = models.JSONField(default=dict)
    body = models.JSONField(default=dict)
    published = ArrayField(models.CharField(max_length=2), default=list)
    position = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "content_pages"

    def __str__(self) -> str:
        return self.slug
