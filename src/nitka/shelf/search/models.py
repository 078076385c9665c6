"""The read model: what product, category and search pages show, one row to read; and what the index is built from.

The JSON is text, not jsonb: it is written by orjson and read whole by orjson, so PostgreSQL need not take it apart.
"""

from django.db import models
from django.db.models.functions import Cast

from nitka.ground import clock
from nitka.ground.ids import new_id


class ProductText(models.Model):
    """A product in one language: `card` for lists, `data` for its page. Only languages with a title of their own."""

    personal_data = {}

    pk = models.CompositePrimaryKey("product_id", "language")
    product_id = models.UUIDField()
    language = models.CharField(max_length=5)
    slug = models.CharField(max_length=200)
    card = models.TextField()
    data = models.TextField()

    class Meta:
        db_table = "search_texts"
        indexes = [models.Index(fields=["slug"], name="search_texts_by_slug")]

    def __str__(self) -> str:
        return f"{self.language}/{self.slug}"


class ProductOffer(models.Model):
    """What a product costs in each market and how much there is: `card` for lists, `data` for its page."""

    personal_data = {}

    product_id = models.UUIDField(primary_key=True)
    card = models.TextField()
    data = models.TextField()

    class Meta:
        db_table = "search_offers"

    def __str__(self) -> str:
        return str(self.product_id)


class ProductEntry(models.Model):
    """What the index of every host holds of a product."""

    personal_data = {}

    product_id = models.UUIDField(primary_key=True)
    data = models.TextField()

    class Meta:
        db_table = "search_entries"

    def __str__(self) -> str:
        return str(self.product_id)


class Change(models.Model):
    """That a product, or with no product the labels, must be indexed anew. Each host follows these rows.

    A sequence cannot be followed safely, since a lower number may be committed after a higher one. Followed is `xid`,
    the number of the transaction: all below the oldest running one are there or never will be.
    """

    personal_data = {}

    seq = models.BigAutoField(primary_key=True)
    product_id = models.UUIDField(null=True)
    xid = models.BigIntegerField(
        db_default=Cast(Cast(models.Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField())
    )
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "search_changes"
        indexes = [models.Index(fields=["xid"], name="search_changes_by_transaction")]

    def __str__(self) -> str:
        return f"{self.seq}: {self.product_id or 'labels'}"


class Stale(models.Model):
    """A product whose rows are to be written anew: many facts about it become one rebuilding."""

    personal_data = {}

    product_id = models.UUIDField(primary_key=True)

    class Meta:
        db_table = "search_stale"

    def __str__(self) -> str:
        return str(self.product_id)


class FacetLabel(models.Model):
    """What a facet (empty value) or one of its values is called, where products say it and no attribute does."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=120)
    value = models.CharField(max_length=120, blank=True)
    name = models.JSONField(default=dict)
    position = models.IntegerField(default=0)

    class Meta:
        db_table = "search_facet_labels"
        constraints = [models.UniqueConstraint(fields=["code", "value"], name="one_label_a_value")]

    def __str__(self) -> str:
        return f"{self.code}={self.value}"


class Synonym(models.Model):
    """Wordings that mean the same in a language, edited by the merchant."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    language = models.CharField(max_length=5)
    terms = models.JSONField()
    position = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "search_synonyms"
        indexes = [models.Index(fields=["language", "position"], name="search_synonyms_in_order")]

    def __str__(self) -> str:
        return " = ".join(self.terms)


class Signal(models.Model):
    """A hint to the ranking from a higher room: name and weight, 0 is neutral and 1 is strong."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product_id = models.UUIDField()
    name = models.CharField(max_length=40)
    value = models.FloatField()

    class Meta:
        db_table = "search_signals"
        constraints = [models.UniqueConstraint(fields=["product_id", "name"], name="one_signal_of_a_name")]

    def __str__(self) -> str:
        return f"{self.name} {self.value}"
