"""What the shop says of itself, and its pages of text."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.shelf.content.feed_models import Feed, FeedReport, GoodsClass

__all__ = ["Feed", "FeedReport", "GoodsClass", "Menu", "Page", "PageSlug", "PageVersion", "Picture", "ShopSettings"]


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
    """A text of the shop in its languages; a language is shown once it is published.

    What stands here is what shoppers see; what is being written stands in its versions. `body` is one text in
    Markdown, `blocks` are typed blocks (see blocks/kinds.py) and come instead of it where there are any. `slug` is
    its name for ever and its address, unless `slugs` has another for a language. `written` are the languages that
    have a title and something to read.
    """

    personal_data = {}

    class Kind(models.TextChoices):
        HELP = "help", "help"
        LEGAL = "legal", "legal"
        ARTICLE = "article", "article"
        PAGE = "page", "page"
        LANDING = "landing", "landing"
        MAKER = "maker", "maker"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    slugs = models.JSONField(default=dict, db_default={}, blank=True)
    kind = models.CharField(max_length=7, choices=Kind)
    title = models.JSONField(default=dict)
    description = models.JSONField(default=dict)
    body = models.JSONField(default=dict)
    blocks = models.JSONField(default=list, db_default=[], blank=True)
    written = ArrayField(models.CharField(max_length=2), default=list, db_default=[])
    published = ArrayField(models.CharField(max_length=2), default=list)
    position = models.PositiveSmallIntegerField(default=0)
    live_version = models.PositiveIntegerField(default=0, db_default=0)
    unpublish_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "content_pages"

    def __str__(self) -> str:
        return self.slug


class PageSlug(models.Model):
    """Every address that a page has or had; unique over all languages, so old links find their way."""

    personal_data = {}

    slug = models.CharField(max_length=80, primary_key=True)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "content_page_slugs"


class PageVersion(models.Model):
    """What a page said after a save: title, description, body, blocks, slugs and the languages it is to be shown in.

    `due_at` is when it shall go live by itself; none once it did.
    """

    personal_data = {"made_by": "keep: an id of the staff, for who changed what"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    document = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.UUIDField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "content_page_versions"
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="one_version_a_number")]
        indexes = [
            models.Index(fields=["due_at"], name="versions_due", condition=models.Q(due_at__isnull=False)),
        ]


class Picture(models.Model):
    """A picture or film of the shop's own words. `file` is named after its content, below MEDIA_ROOT."""

    personal_data = {}

    class Kind(models.TextChoices):
        PICTURE = "picture", "picture"
        VIDEO = "video", "video"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.PICTURE)
    file = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=200, blank=True)
    alt = models.JSONField(default=dict, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    placeholder = models.TextField(blank=True)
    renditions = models.JSONField(default=dict, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "content_pictures"


class Menu(models.Model):
    """The links of a place in the frame. `entries` is [{label {language: text}, to, entries}], two levels deep."""

    personal_data = {}

    place = models.CharField(max_length=10, primary_key=True)
    entries = models.JSONField(default=list)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "content_menus"


class Form(models.Model):
    """A form of the merchant's own: `fields` are data (forms/fields.py), texts are by language.

    `consent` is what somebody agrees to before it is sent, word for word; nothing means that nothing is asked.
    `mail_to` hears of each sheet, else the shop's own address. `talks`: each sheet is a conversation too.
    """

    personal_data = {"mail_to": "keep: an address of the shop's own"}

    code = models.SlugField(max_length=40, primary_key=True)
    title = models.JSONField(default=dict)
    fields = models.JSONField(default=list)
    consent = models.JSONField(default=dict)
    thanks = models.JSONField(default=dict)
    mail_to = models.EmailField(blank=True)
    talks = models.BooleanField(default=True)
    open = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "content_forms"

    def __str__(self) -> str:
        return self.code


class Submission(models.Model):
    """A form that somebody filled in. `answers` are [[name, label as they read it, what they wrote]].

    `consent` is the text that they agreed to, at `at`. `once` keeps a second press from being a second sheet.
    """

    personal_data = {
        "email": "erase", "name": "erase", "answers": "erase", "customer": "erase", "once": "erase",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5)
    market = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    answers = models.JSONField(default=list)
    consent = models.TextField(blank=True)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL, related_name="+")
    once = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "content_submissions"
        indexes = [
            models.Index(fields=["form", "-at", "-id"], name="submissions_of_form"),
            models.Index(fields=["email"], name="submissions_of_email"),
            models.Index(fields=["customer"], name="submissions_of_customer"),
        ]


class Word(models.Model):
    """Whether a word of the shop's texts is one: as a dictionary said, or (`by_hand`) somebody of the shop."""

    personal_data = {}

    language = models.CharField(max_length=2)
    word = models.CharField(max_length=100)
    good = models.BooleanField()
    by_hand = models.BooleanField(default=False)

    class Meta:
        db_table = "content_words"
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="one_verdict_a_word")]
