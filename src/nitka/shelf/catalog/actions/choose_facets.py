"""Which attributes are worth a filter: those that enough of a category's products have."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction

from nitka.ground.ids import new_id
from nitka.shelf.catalog.lock import lock_catalog
from nitka.shelf.catalog.models import Attribute, CategoryAttribute

_USES = """
    WITH own AS (SELECT DISTINCT category_id FROM catalog_products WHERE id = ANY(%(products)s)),
    touched AS (
        SELECT DISTINCT above.id, above.path FROM catalog_categories above
        JOIN catalog_categories below ON starts_with(below.path, above.path) JOIN own ON own.category_id = below.id
    ),
    shelf AS (
        SELECT touched.id AS category_id, product.attributes FROM touched
        JOIN catalog_categories below ON starts_with(below.path, touched.path)
        JOIN catalog_products product ON product.category_id = below.id AND product.status <> 'archived'
    ),
    sizes AS (SELECT category_id, count(*) AS size FROM shelf GROUP BY category_id),
    uses AS (
        SELECT category_id, code, count(*) AS uses FROM shelf, jsonb_object_keys(attributes) AS code
        GROUP BY category_id, code
    )
    SELECT category_id, code FROM sizes LEFT JOIN uses USING (category_id)
    WHERE code IS NULL OR (uses >= size * %(share)s AND code = ANY(%(codes)s))
    ORDER BY category_id, uses DESC, code
"""
_EVERYWHERE = """
    SELECT code FROM catalog_products, jsonb_object_keys(attributes) AS code WHERE status <> 'archived'
    GROUP BY code HAVING count(*) >= %s * (SELECT count(*) FROM catalog_products WHERE status <> 'archived')
"""


@transaction.atomic
def choose_facets(*, product_ids: Collection[UUID], codes: Collection[str], share: Decimal = Decimal("0.3")) -> int:
    """Offer these attributes as filters where at least that share of products has them; returns how many filters.

    In the categories of these products and those above them; an attribute that so many of all goods have becomes a
    facet of the whole shop. Filters by other attributes stay as the merchant set them.
    """
    lock_catalog()
    chosen = _chosen(product_ids, codes, share)
    ids = dict(Attribute.objects.filter(code__in=codes).values_list("code", "id"))
    CategoryAttribute.objects.filter(category_id__in=chosen, attribute_id__in=ids.values()).delete()
    made = CategoryAttribute.objects.bulk_create(
        [
            CategoryAttribute(id=new_id(), category_id=category_id, attribute_id=ids[code], position=place)
            for category_id, found in chosen.items()
            for place, code in enumerate(found)
            if code in ids
        ],
        ignore_conflicts=True,
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.execute(_EVERYWHERE, [share])
        common = {code for (code,) in cursor.fetchall()}
    Attribute.objects.filter(code__in=common & set(codes)).update(facet=True)
    return len(made)


def _chosen(product_ids: Collection[UUID], codes: Collection[str], share: Decimal) -> dict[UUID, list[str]]:
    chosen: dict[UUID, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_USES, {"products": list(product_ids), "codes": list(codes), "share": share})
        for category_id, code in cursor.fetchall():
            found = chosen[category_id]
            if code is not None:
                found.append(code)
    return chosen
