"""What is sold: products, their variants, where they stand in the shop, and how they look."""

from django.db import models

from nitka.ground import clock
from nitka.ground.ids import new_id


class Category(models.Model):
    """A shelf of the shop. `path` holds the ids from the root down to itself, each closed by a slash."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    handle = models.CharField(max_length=200, unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    path = models.TextField()
    position = models.IntegerField(default=0)
    name = models.JSONField(default=dict)
    intro = models.JSONField(default=dict, blank=True)
    seo_title = models.JSONField(default=dict, blank=True)
    seo_description = models.JSONField(default=dict, blank=True)
    slug = models.JSONField(default=dict, blank=True)

    class Meta:
        db_table = "catalog_categories"
        indexes = [models.Index(fields=["path"], name="categories_by_path", opclasses=["text_pattern_ops"])]

    def __str__(self) -> str:
        return self.handle


class Attribute(models.Model):
    """A property that goods have: its kind, unit and words. `choices` is {code: {language: text}}."""

    personal_data = {}

    class Kind(models.TextChoices):
        TEXT = "text", "text"
        NUMBER = "number", "number"
        BOOLEAN = "boolean", "boolean"
        CHOICE = "choice", "choice"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.TEXT)
    unit = models.CharField(max_length=20, blank=True)
    name = models.JSONField(default=dict)
    choices = models.JSONField(default=dict, blank=True)
    facet = models.BooleanField(default=False)
    better = models.CharField(max_length=6, blank=True)
    sustainability = models.BooleanField(default=False, db_default=False)  # shown among what spares the world
    position = models.IntegerField(default=0)

    class Meta:
        db_table = "catalog_attributes"

    def __str__(self) -> str:
        return self.code


class CategoryAttribute(models.Model):
    """That goods of a category have an attribute, and whether shoppers may filter by it there."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="+")
    attribute = models.ForeignKey(Attribute, on_delete=models.CASCADE, related_name="+")
    facet = models.BooleanField(default=True)
    position = models.IntegerField(default=0)

    class Meta:
        db_table = "catalog_category_attributes"
        constraints = [models.UniqueConstraint(fields=["category", "attribute"], name="one_attribute_a_category")]


class Brand(models.Model):
    """Who made it. A brand's name is the same in every language."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    handle = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=200)
    description = models.JSONField(default=dict, blank=True)

    class Meta:
        db_table = "catalog_brands"

    def __str__(self) -> str:
        return self.name


class Collection(models.Model):
    """A hand-picked set of products."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    handle = models.CharField(max_length=200, unique=True)
    name = models.JSONField(default=dict)
    intro = models.JSONField(default=dict, blank=True)
    slug = models.JSONField(default=dict, blank=True)
    position = models.IntegerField(default=0)

    class Meta:
        db_table = "catalog_collections"

    def __str__(self) -> str:
        return self.handle


class Product(models.Model):
    """One thing on sale, in one or more variants.

    `options` is [{code, name {language: text}, values [{code, name}]}]; `attributes` is {code: value}, where a text
    may itself be {language: text}. `digest` is of the last draft that was put, so a repeated import can pass by;
    `told` is what the last file said part by part (see `retelling`), so a changed one changes only what it changed.
    """

    personal_data = {}

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        PUBLISHED = "published", "published"
        ARCHIVED = "archived", "archived"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    handle = models.CharField(max_length=200, unique=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    kind = models.CharField(max_length=20, default="goods")
    tax_class = models.CharField(max_length=20, default="standard")
    hs_code = models.CharField(max_length=10, blank=True, default="", db_default="")  # for customs, digits alone
    origin_country = models.CharField(max_length=2, blank=True, default="", db_default="")
    customs_name = models.CharField(max_length=120, blank=True, default="", db_default="")  # plain, in English
    title = models.JSONField(default=dict)
    summary = models.JSONField(default=dict, blank=True)
    description = models.JSONField(default=dict, blank=True)
    seo_title = models.JSONField(default=dict, blank=True)
    seo_description = models.JSONField(default=dict, blank=True)
    slug = models.JSONField(default=dict, blank=True)
    tags = models.JSONField(default=list, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=list, blank=True)
    position = models.IntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    told = models.JSONField(default=dict, blank=True, editable=False, db_default={})
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "catalog_products"
        indexes = [models.Index(fields=["status", "-created_at"], name="products_by_status")]

    def __str__(self) -> str:
        return self.handle


class ProductSlug(models.Model):
    """Every address that a product has or had; unique over all languages, so old links find their way."""

    personal_data = {}

    slug = models.CharField(max_length=140, primary_key=True)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "catalog_product_slugs"


class ShelfAddress(models.Model):
    """Every address that a category or a collection has or had; old links find their way, and none is given twice."""

    personal_data = {}

    class Kind(models.TextChoices):
        CATEGORY = "category", "category"
        COLLECTION = "collection", "collection"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    slug = models.CharField(max_length=220)
    thing_id = models.UUIDField()

    class Meta:
        db_table = "catalog_shelf_addresses"
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="one_shelf_an_address")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class CollectionProduct(models.Model):
    """A product's place in a collection."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    position = models.IntegerField(default=0)

    class Meta:
        db_table = "catalog_collection_products"
        constraints = [models.UniqueConstraint(fields=["collection", "product"], name="one_place_a_collection")]


class Variant(models.Model):
    """What is bought: one choice of each option. Never deleted, since orders and stock know it by its id."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    sku = models.CharField(max_length=100, unique=True)
    gtin = models.CharField(max_length=14, blank=True, db_index=True)
    more_gtins = models.JSONField(default=list, blank=True)
    mpn = models.CharField(max_length=255, blank=True)
    options = models.JSONField(default=dict, blank=True)
    position = models.IntegerField(default=0)
    weight_g = models.PositiveIntegerField(null=True, blank=True)
    length_mm = models.PositiveIntegerField(null=True, blank=True)
    width_mm = models.PositiveIntegerField(null=True, blank=True)
    height_mm = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=4, blank=True)
    unit_quantity = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    active = models.BooleanField(default=True)
    attributes = models.JSONField(default=dict, blank=True)

    class Meta:
        db_table = "catalog_variants"

    def __str__(self) -> str:
        return self.sku


class Media(models.Model):
    """A picture, film, document or 3-D model of a product. `file` is named after its content, below MEDIA_ROOT.

    `options` says for which variants it is ({option: value}; empty: for all). `renditions` is {format: {width: file}}.
    `outline` is where the goods stand in a picture from the front, [left, top, right, bottom] in parts of its sides,
    so that measures can be drawn on it; empty where nobody said.
    """

    personal_data = {}

    class Kind(models.TextChoices):
        PICTURE = "picture", "picture"
        VIDEO = "video", "video"
        DOCUMENT = "document", "document"
        MODEL = "model", "model"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PICTURE)
    file = models.CharField(max_length=200)
    alt = models.JSONField(default=dict, blank=True)
    title = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=dict, blank=True)
    position = models.IntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    placeholder = models.TextField(blank=True)
    renditions = models.JSONField(default=dict, blank=True)
    outline = models.JSONField(default=list, db_default=[], blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "catalog_media"
        ordering = ["position", "id"]


class Relation(models.Model):
    """That one product leads to another."""

    personal_data = {}

    class Kind(models.TextChoices):
        RELATED = "related", "related"
        GOES_WITH = "goes_with", "goes with"
        UPSELL = "upsell", "upsell"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RELATED)
    position = models.IntegerField(default=0)

    class Meta:
        db_table = "catalog_relations"
        constraints = [models.UniqueConstraint(fields=["product", "other", "kind"], name="one_relation_of_a_kind")]


class OwedRebuild(models.Model):
    """A product that was put as history, until whoever put it has rebuilt what depends on it."""

    personal_data = {}

    product = models.OneToOneField(Product, on_delete=models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        db_table = "catalog_owed_rebuilds"
