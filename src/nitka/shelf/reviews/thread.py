"""What the thread of a customer shows of reviews: the product, which the facts hold as an id alone."""

from typing import Any
from uuid import UUID

from nitka.people.thread.actions import file_under, tells_more
from nitka.shelf.reviews.models import Summary

file_under("messages", "reviews")


@tells_more("reviews.review_published", "reviews.question_answered")
def load_products(payloads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the product is called."""
    ids = [UUID(payload["product_id"]) for payload in payloads]
    titles = dict(Summary.objects.filter(product_id__in=ids).values_list("product_id", "product__title"))
    return [{"titles": titles.get(each, {})} for each in ids]
