"""What a cart meets at a border: goods that may not go there, and what customs will ask."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from nitka.sale.checkout import goods as goods_of
from nitka.sale.checkout.problems import ForbiddenProblem
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping.queries import Duties, Goods
from nitka.shelf.catalog.queries import VariantView
from nitka.shelf.pricing.queries import Quote


def forbidden(variant: VariantView | None, country: str) -> str:
    """Why this may not be sent to that country, in the active language; empty where it may."""
    if variant is None:
        return ""
    return shipping.forbidden(country=country, hs_code=variant.hs_code, tags=variant.tags, sku=variant.sku)


def refuse_forbidden(views: Mapping[UUID, VariantView], variant_ids: Sequence[UUID], country: str) -> None:
    """Raise ForbiddenProblem for the first of these goods that may not be sent to that country."""
    for variant_id in variant_ids:
        if reason := forbidden(views.get(variant_id), country):
            raise ForbiddenProblem(reason, variant_id=str(variant_id), country=country)


def duties(quote: Quote | None, delivery_minor: int) -> Duties | None:
    """What customs will ask for the goods of this quote; None where they cross no border."""
    origin = shipping.origin().country
    if quote is None or not quote.lines or not shipping.crosses_border(origin=origin, country=quote.country):
        return None
    views = goods_of.variants(line.variant_id for line in quote.lines)
    goods = [
        Goods(
            hs_code=view.hs_code, origin=view.origin_country, sku=view.sku, tax_class=view.tax_class,
            worth_minor=line.total_minor - (line.tax_minor if quote.tax_included else 0), pieces=line.quantity,
        )
        for line in quote.lines
        if (view := views.get(line.variant_id)) is not None
    ]  # fmt: skip
    return shipping.duties(
        goods, origin=origin, country=quote.country, market=quote.market, currency=quote.currency,
        delivery_minor=delivery_minor, collects_tax=quote.tax_kind != "export",
    )  # fmt: skip
