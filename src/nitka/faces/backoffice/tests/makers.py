"""A small shop with staff and orders, for tests of the back office."""

from uuid import UUID

from django.test import Client

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.people.accounts.models import User
from nitka.people.accounts.queries import audit_rows
from nitka.people.accounts.tests import makers as accounts
from nitka.people.customers import actions as customers
from nitka.people.customers.queries import PostalAddress
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries as order_queries
from nitka.sale.orders.queries import DraftLine, OrderDraft, OrderView
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping import queries as shipping_queries
from nitka.shelf.content import actions as content
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory.tests import makers as goods
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as prices
from tests.cast import ANNA, Person


def a_shop() -> None:
    """Set up, so that owners are not led through the six questions."""
    content.set_shop(
        name="Tråd", legal_name="Tråd sp. z o.o.", line1="ul. Długa 1", postcode="80-827", city="Gdańsk", country="PL",
        email="hello@traad.example", iban="PL61109010140000071219812874", zone="Europe/Warsaw",
    )  # fmt: skip
    pricing.set_up_markets()
    shipping.put_built_in_options()
    goods.a_location()


def goods_on_shelf(count: int = 1, *, handle: str = "lamp", pieces: int = 50, minor: int = 4900) -> list[UUID]:
    """Variants of one product, priced in every market, with so many pieces each."""
    made = goods.variants(count, handle=handle)
    inventory.set_stock(levels=[(each, goods.a_location(), pieces) for each in made])
    pricing.set_prices(prices=[(each, market.code, minor, None) for each in made for market in prices.markets()])
    return made


def an_order(
    variant: UUID, *, quantity: int = 1, method: str = "bank_transfer", buyer: Person = ANNA, market: str = "pl"
) -> OrderView:
    """An order that was placed: unpaid by bank transfer, or for cash on delivery."""
    country = buyer.address.country if market != "eu" else "DE"
    address = PostalAddress.from_dict({**buyer.address.as_dict(), "country": country})
    option = shipping_queries.options(country=country, postcode="", market=market, goods_minor=0, at=clock.now())[0]
    basket = prices.Basket(
        lines=(prices.BasketLine(variant, quantity),), market=market, country=country,
        delivery_minor=option.price_minor,
    )  # fmt: skip
    draft = OrderDraft(
        cart_id=None, customer_id=customers.recognise(email=buyer.email, language="en", market=market, name=buyer.name),
        email=buyer.email, language="en", market=market, country=country, shipping_address=address,
        billing_address=address, quote=prices.quote(basket=basket, buyer=prices.Buyer()),
        lines=(DraftLine(variant_id=variant, product_id=new_id(), sku="LAMP-1", title="Lamp"),), delivery=option,
        payment_method=method,
    )  # fmt: skip
    found = order_queries.order(orders.accept_order(draft=draft, key=str(new_id())))
    assert found is not None
    return found


def paid(order: OrderView) -> OrderView:
    """The same order after its bank transfer has come."""
    orders.confirm_bank_payment(order_id=order.id)
    found = order_queries.order(order.id)
    assert found is not None
    return found


def signed_in(role: str = "owner") -> Client:
    """A browser in which somebody with that role is signed in."""
    client = Client(headers={"accept-language": "en"})
    user = User.objects.filter(email=f"{role}@example.com").first() or accounts.staff(role)
    client.force_login(user)
    return client


def audit(verb: str) -> list[str]:
    """What was done with that verb, by subject, newest first."""
    return list(audit_rows().filter(verb=verb).values_list("subject", flat=True))
