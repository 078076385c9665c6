"""What carts do when an order stands."""

from nitka.ground.facts.contract import reacts_to
from nitka.sale.checkout import actions
from nitka.sale.orders.facts import OrderPlaced


@reacts_to(OrderPlaced)
def close_cart_of_order(fact: OrderPlaced) -> None:
    """Also where no browser came back to tell: the webhook or the sweeper placed it. And keep what the shopper told."""
    if fact.cart_id:
        actions.close_cart(order_id=fact.order_id)
        actions.keep_what_was_told(order_id=fact.order_id, customer_id=fact.customer_id)
