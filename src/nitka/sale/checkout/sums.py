"""From a cart's rows to what it shows and costs."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nitka.ground import clock
from nitka.ground.locale import pick
from nitka.sale.checkout import borders, buying, goods, loads
from nitka.sale.checkout.models import Cart, CartLine
from nitka.sale.checkout.views import CartLineView, CartView, RemovedLineView
from nitka.sale.companies import queries as companies
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping.queries import OptionView
from nitka.shelf.catalog.queries import VariantView
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.pricing.queries import Basket, BasketLine, Quote, QuoteLine


def open_with_rows(token: str) -> tuple[Cart, list[CartLine], list[CartLine]] | None:
    """The open cart of the token with its lines, in one query where it has any."""
    lines = CartLine.objects.filter(cart__token=token, cart__ordered_at=None).select_related("cart")
    rows = list(lines.order_by("added_at", "id"))
    cart = rows[0].cart if rows else Cart.objects.filter(token=token, ordered_at=None).first()
    return (cart, *_parted(rows)) if cart else None


def rows_of(cart_id: UUID) -> tuple[list[CartLine], list[CartLine]]:
    """The lines that are in the cart, and those of the last removal. One query."""
    return _parted(list(CartLine.objects.filter(cart_id=cart_id).order_by("added_at", "id")))


def _parted(rows: list[CartLine]) -> tuple[list[CartLine], list[CartLine]]:
    last = max((row.removed_at for row in rows if row.removed_at), default=None)
    return [row for row in rows if not row.removed_at], [
        row for row in rows if row.removed_at and row.removed_at == last
    ]


def quote_of(cart: Cart, lines: Iterable[CartLine], *, offers: bool = False) -> Quote:
    """What the goods of the cart cost now; with `offers` also which public codes could be used."""
    basket = Basket(
        lines=tuple(BasketLine(line.variant_id, line.quantity) for line in lines), market=cart.market,
        country=cart.country, region=str(cart.shipping_address.get("region", "")), channel=cart.channel,
        coupon_codes=tuple(cart.coupon_codes), offers=offers,
        agreed=companies.agreed_prices(cart.quote_id, cart.id) if cart.quote_id else {},
    )  # fmt: skip
    return buying.quote(cart, basket)


def options_of(cart: Cart, quote: Quote, parts: Iterable[tuple[VariantView, int]]) -> tuple[OptionView, ...]:
    """How it can be delivered, with prices for goods of that worth. A carrier may be asked for its price."""
    if not quote.lines:
        return ()
    options = shipping.options(
        country=quote.country, postcode=str(cart.shipping_address.get("postcode", "")), market=cart.market,
        load=loads.load_of(cart, quote, parts), at=clock.now(), ask=True,
    )  # fmt: skip
    return buying.lowered(options, quote)


def view_of_rows(cart: Cart, active: Sequence[CartLine], removed: Sequence[CartLine], language: str) -> CartView:
    """The cart with its sums: four queries more, whatever the number of lines."""
    views = goods.variants(line.variant_id for line in (*active, *removed))
    quote = quote_of(cart, active, offers=bool(active))
    stock = inventory.available([line.variant_id for line in active]) if active else {}
    quoted = {line.variant_id: line for line in quote.lines if not line.gift}
    lines = tuple(
        _line(row, views.get(row.variant_id), quoted.get(row.variant_id), stock.get(row.variant_id, 0), cart, language)
        for row in active
    )
    paid_goods = quote.goods_minor - quote.discount_minor
    threshold = shipping.free_delivery_from(country=quote.country, market=cart.market)
    return CartView(
        cart_id=cart.id, token=cart.token, version=cart.version, market=cart.market, country=quote.country,
        currency=quote.currency, tax_included=quote.tax_included, lines=lines,
        removed=tuple(_removed(row, views.get(row.variant_id), language) for row in removed), quote=quote,
        count=sum(row.quantity for row in active), goods_minor=quote.goods_minor, discount_minor=quote.discount_minor,
        tax_minor=quote.tax_minor, total_minor=quote.total_minor, coupon_codes=tuple(cart.coupon_codes),
        coupons=quote.coupons, offers=quote.offers,
        free_delivery_missing_minor=None if threshold is None or not lines else max(0, threshold - paid_goods),
        delivery_options=options_of(
            cart, quote, [(views[row.variant_id], row.quantity) for row in active if row.variant_id in views]
        ),
        can_order=bool(lines) and not any(line.problem for line in lines),
        gifts=buying.gifts(quote, language),
    )  # fmt: skip


def empty_view(token: str, market: str) -> CartView:
    """A cart that nobody has filled yet; also in a shop that does not sell anywhere yet."""
    place = pricing.market(market) if market else next(iter(pricing.markets()), None)
    return CartView(
        cart_id=None, token=token, version=0, market=place.code if place else "",
        country=place.default_country if place else "", currency=place.currency if place else "EUR",
        tax_included=place.tax_included if place else True, lines=(),
        removed=(), quote=None, count=0, goods_minor=0, discount_minor=0,
        tax_minor=0, total_minor=0, coupon_codes=(), coupons=(), offers=(), free_delivery_missing_minor=None,
        delivery_options=(), can_order=False,
    )  # fmt: skip


def _line(
    row: CartLine, variant: VariantView | None, quoted: QuoteLine | None, available: int, cart: Cart, language: str
) -> CartLineView:
    problem = _problem(row.quantity, variant is not None and variant.on_sale and quoted is not None, available)
    banned = "" if problem == "not_sold" else borders.forbidden(variant, cart.country)
    problem = "forbidden" if banned else problem
    unit = quoted.unit_minor if quoted else 0
    # What changed is the price for everybody, which is what was seen; one's own list or tax is no change.
    now = quoted.public_minor if quoted and quoted.public_minor is not None else unit
    seen = row.seen_minor if row.seen_market == cart.market else None
    return CartLineView(
        id=row.id, variant_id=row.variant_id, product_id=variant.product_id if variant else None,
        sku=variant.sku if variant else "", slug=pick(variant.slug, language) if variant else "",
        title=pick(variant.title, language) if variant else _("This product is gone"),
        option_text=pick(variant.option_text, language) if variant else "",
        picture=variant.image if variant else None, quantity=row.quantity, unit_minor=unit,
        list_minor=quoted.list_minor if quoted else 0, discount_minor=quoted.discount_minor if quoted else 0,
        total_minor=quoted.total_minor if quoted else 0,
        price_changed_from=seen if quoted and seen is not None and seen != now else None,
        available=available, weight_g=(variant.weight_g or 0) if variant else 0, problem=problem,
        message=banned or problem_text(problem, available), promotions=quoted.promotions if quoted else (),
        lowest_minor=quoted.lowest_minor if quoted else None,
    )  # fmt: skip


def _problem(quantity: int, sold: bool, available: int) -> str:
    if not sold:
        return "not_sold"
    if available <= 0:
        return "sold_out"
    return "too_many" if quantity > available else ""


def problem_text(problem: str, available: int) -> str:
    """What stands beside a line that cannot be ordered as it is."""
    if problem == "too_many":
        words = ngettext("Only %(n)d piece is left.", "Only %(n)d pieces are left.", available)
        return words % {"n": available}
    return {
        "not_sold": _("This is not sold here any more. Remove it to go on."),
        "sold_out": _("This was sold out meanwhile. Remove it to go on."),
    }.get(problem, "")


def _removed(row: CartLine, variant: VariantView | None, language: str) -> RemovedLineView:
    return RemovedLineView(
        id=row.id, variant_id=row.variant_id, quantity=row.quantity,
        title=pick(variant.title, language) if variant else "",
        option_text=pick(variant.option_text, language) if variant else "",
    )  # fmt: skip
