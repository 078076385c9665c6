"""Drafts and orders, for tests."""

from typing import Any
from uuid import UUID

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.people.customers import actions as customers
from nitka.people.customers.queries import PostalAddress
from nitka.sale.orders import actions as orders
from nitka.sale.orders.queries import DraftLine, OrderDraft, Placed
from nitka.sale.payments import queries as payments
from nitka.sale.shipping import queries as shipping
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory.tests.makers import a_location
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.pricing.tests.makers import priced

BERLIN = PostalAddress(name="Max Fremd", line1="Hauptstraße 1", postcode="10115", city="Berlin", country="DE")
RETURN = "/en/order/{code}/return-from-payment?k={token}"


def goods(minor: int = 1999, *, stock: int = 50, handle: str = "lamp", market: str = "eu") -> UUID:
    """One variant with a price, so many in stock."""
    (made,) = priced(minor, handle=handle, market=market)
    inventory.set_stock(levels=[(made, a_location(), stock)])
    return made


def draft(
    *lines: tuple[UUID, int], payment: str = "demo_card", choice: str = "success", market: str = "eu",
    address: PostalAddress = BERLIN, email: str = "max@example.com", language: str = "en", codes: tuple[str, ...] = (),
    **more: Any,
) -> OrderDraft:  # fmt: skip
    """What checkout would freeze."""
    weight = {"country": address.country, "postcode": address.postcode, "market": market, "at": clock.now()}
    delivery = shipping.option("ten_days", **weight)
    assert delivery
    fee = payments.fee(payment, market) if payment else 0
    basket = pricing.Basket(
        lines=tuple(pricing.BasketLine(*line) for line in lines), market=market, country=address.country,
        coupon_codes=codes, delivery_minor=delivery.price_minor + fee,
    )  # fmt: skip
    quote = pricing.quote(basket=basket, buyer=pricing.Buyer(key=pricing.buyer_key(email)))
    known = catalog.variants([variant for variant, _quantity in lines])
    values: dict[str, Any] = {
        "cart_id": new_id(), "customer_id": customers.recognise(email=email, language=language, market=market),
        "email": email, "language": language, "market": market, "country": address.country,
        "shipping_address": address, "billing_address": address, "quote": quote, "delivery": delivery,
        "lines": tuple(
            DraftLine(variant_id=v.id, product_id=v.product_id, sku=v.sku, title=v.title["en"]) for v in known.values()
        ),
        "payment_method": payment, "payment_choice": choice, "payment_fee_minor": fee,
        "coupon_codes": tuple(each.code for each in quote.coupons if each.applied),
    }  # fmt: skip
    return OrderDraft(**(values | more))


def an_order(*lines: tuple[UUID, int], key: str = "", **more: Any) -> Placed:
    """An order that was placed (or begun) with that payment."""
    return orders.place_order(
        draft=draft(*(lines or ((goods(), 1),)), **more), idempotency_key=key or str(new_id()), return_url=RETURN
    )


def a_shipped_order(**more: Any) -> UUID:
    """Paid by card and on its way."""
    placed = an_order(**more)
    orders.ship_order(order_id=placed.order_id, carrier="demo_post")
    return placed.order_id
