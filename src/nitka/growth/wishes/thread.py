"""What the thread of a customer shows of wishes: the product, which the facts hold as an id alone."""

from typing import Any
from uuid import UUID

from nitka.growth.wishes.models import Wish
from nitka.people.thread.actions import file_under, tells_more

file_under("messages", "wishes")


@tells_more("wishes.product_wished")
def load_products(payloads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the product is called, while somebody still wishes for it."""
    ids = [UUID(payload["product_id"]) for payload in payloads]
    titles = dict(Wish.objects.filter(product_id__in=ids).values_list("product_id", "product__title"))
    return [{"titles": titles.get(each, {})} for each in ids]
