"""What other systems call a product."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from nitka.shelf.catalog.models import Product, Variant


def products_by_code(codes: Iterable[str]) -> dict[str, UUID]:
    """Product by what other systems call it: a variant's SKU, a handle, or the beginning that the SKUs of all its
    variants share (MS16 of MS16-XS-Black). A beginning of several products is none's."""
    wanted = {code for code in codes if code}
    found = dict(Product.objects.filter(handle__in=wanted).values_list("handle", "id"))
    found |= dict(Variant.objects.filter(sku__in=wanted).values_list("sku", "product_id"))
    missing = wanted - set(found)
    if missing:
        owners: dict[str, set[UUID]] = defaultdict(set)
        for sku, product_id in Variant.objects.values_list("sku", "product_id").iterator():
            for place, letter in enumerate(sku):
                if letter in "-_/. " and sku[:place] in missing:
                    owners[sku[:place]].add(product_id)
        found |= {code: next(iter(ids)) for code, ids in owners.items() if len(ids) == 1}
    return found
