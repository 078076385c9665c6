"""Goods at a glance: variants as carts and orders show them, products as a list does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from nitka.ground.locale import LANGUAGES, pick
from nitka.shelf.catalog.drafts import Texts
from nitka.shelf.catalog.models import Media, Product, Variant
from nitka.shelf.catalog.pictures import MediaView, view_of

_OF_A_PICTURE = [field.attname for field in Media._meta.concrete_fields if field.attname != "made_at"]


def _pictures_of(product: str) -> QuerySet[Media, Any]:
    """Each picture of the outer row's product as one JSON value, so that rows bring their pictures along."""
    rows = Media.objects.filter(product_id=OuterRef(product), kind=Media.Kind.PICTURE).order_by("position", "id")
    return rows.values(row=JSONObject(**{name: name for name in _OF_A_PICTURE}))


def _picture(row: Mapping[str, Any]) -> Media:
    return Media(**{**row, "id": UUID(row["id"])})


@dataclass(frozen=True, kw_only=True, slots=True)
class VariantView:
    """A variant as carts and orders show it. `option_text` joins the chosen values: "XS, Black"."""

    id: UUID
    product_id: UUID
    sku: str
    title: Texts
    slug: Texts
    option_text: Texts
    weight_g: int | None
    dimensions_mm: tuple[int | None, int | None, int | None]
    tax_class: str
    unit: str
    unit_quantity: Decimal | None
    image: MediaView | None
    on_sale: bool
    hs_code: str = ""
    origin_country: str = ""
    customs_name: str = ""
    tags: tuple[str, ...] = ()


def variants(ids: Iterable[UUID]) -> dict[UUID, VariantView]:
    """These variants in any state, as carts and orders show them, in one query."""
    rows = (
        Variant.objects.filter(id__in=list(ids))
        .select_related("product")
        .annotate(pictures=ArraySubquery(_pictures_of("product_id")))
    )
    return {row.id: _variant_view(row) for row in rows}


def _variant_view(row: Any) -> VariantView:
    own = row.product
    pictures = [_picture(each) for each in row.pictures]
    fitting = [media for media in pictures if media.options.items() <= row.options.items()]
    # A picture made for this choice says more than one made for all.
    fitting.sort(key=lambda media: -len(media.options))
    image = next(iter(fitting), next(iter(pictures), None))
    return VariantView(
        id=row.id, product_id=own.id, sku=row.sku, title=own.title, slug=own.slug,
        option_text=_option_text(own.options, row.options), weight_g=row.weight_g,
        dimensions_mm=(row.length_mm, row.width_mm, row.height_mm), tax_class=own.tax_class, unit=row.unit,
        unit_quantity=row.unit_quantity, image=view_of(image) if image else None,
        on_sale=row.active and own.status == Product.Status.PUBLISHED, hs_code=own.hs_code,
        origin_country=own.origin_country, customs_name=own.customs_name, tags=tuple(own.tags),
    )  # fmt: skip


def _option_text(options: list[dict[str, Any]], chosen: Mapping[str, str]) -> dict[str, str]:
    names = [
        value["name"] for option in options for value in option["values"] if chosen.get(option["code"]) == value["code"]
    ]
    languages = [language for language in LANGUAGES if any(language in name for name in names)]
    return {language: ", ".join(pick(name, language) for name in names) for language in languages}


def at_a_glance(rows: QuerySet[Product]) -> QuerySet[Product]:
    """The same rows, each with its number of `active_variants` and what `picture_of` needs. No query more."""
    active = Variant.objects.filter(product_id=OuterRef("pk"), active=True).order_by().values("product_id")
    return rows.annotate(
        first_picture=Subquery(_pictures_of("pk")[:1]),
        active_variants=Coalesce(Subquery(active.values(n=Count("id"))), 0),
    )


def picture_of(row: Any) -> str:
    """The address of the first picture of such a row, in a middling size; empty where there is none."""
    return view_of(_picture(row.first_picture)).src if row.first_picture else ""
