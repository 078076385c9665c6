"""What delivery asks of a cart: weight, size, worth, and where a rule of the shop asks for it, who buys."""

from collections.abc import Iterable

from nitka.people.customers import queries as customers
from nitka.sale.checkout.models import Cart
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping.queries import Load, OptionView
from nitka.shelf.catalog.queries import VariantView
from nitka.shelf.pricing.queries import Quote


def load_of(cart: Cart, quote: Quote, goods: Iterable[tuple[VariantView, int]]) -> Load:
    """The parcel of these goods (variant, pieces). No query, but for labels where a rule of an option asks for them."""
    parts = list(goods)
    sizes = [[side or 0 for side in variant.dimensions_mm] for variant, _pieces in parts]
    return Load(
        weight_g=sum((variant.weight_g or 0) * pieces for variant, pieces in parts),
        goods_minor=quote.goods_minor - quote.discount_minor, pieces=sum(pieces for _variant, pieces in parts),
        longest_mm=max((max(size) for size in sizes), default=0),
        volume_cm3=sum(_volume(size) * pieces for size, (_variant, pieces) in zip(sizes, parts, strict=True)),
        classes=frozenset(variant.tax_class for variant, _pieces in parts),
        labels=_labels(cart), promotions=_promotions(quote), channel=cart.channel,
        region=str(cart.shipping_address.get("region", "")),
    )  # fmt: skip


def _labels(cart: Cart) -> frozenset[str]:
    asked = cart.customer_id if shipping.asks_for_labels() else None
    return frozenset(customers.labels_of(asked)) if asked else frozenset()


def _promotions(quote: Quote) -> frozenset[str]:
    """Codes and ids of promotions that apply: a rule may name either."""
    return frozenset(name for each in quote.promotions for name in (each.code, str(each.id)) if name)


def with_point(cart: Cart, option: OptionView) -> OptionView:
    """The option with the point that was chosen for it, if it needs one and it is open. One query for a pick-up."""
    if option.kind != "pickup" or not cart.pickup_point:
        return option
    return option.at_point(shipping.point(carrier=option.carrier, code=cart.pickup_point))


def _volume(size: list[int]) -> int:
    length, width, height = size
    return -(-length * width * height // 1000)
