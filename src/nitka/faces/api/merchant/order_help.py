"""What is changed for a customer who asked for it, or by a storefront of one's own where they are signed in."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from nitka.faces.api.merchant.guard import actor, deed, noted, reads
from nitka.faces.api.merchant.order_shapes import MerchantOrder, shown
from nitka.faces.api.merchant.orders import found
from nitka.faces.api.order_changes import AddressChange, Changes, ItemChange, LineChoices, changes_of, choices_of
from nitka.faces.api.schemas import Text
from nitka.sale.orders import actions
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView, Party, parties

router = Router()
_ORDER = "/orders/{code}"
MEANS = "`credit:<id>`, `saved:<id>` or `original`; GET …/means lists them."


class Means(Schema):
    value: str
    name: str
    balance_minor: int | None


class Confirmed(Schema):
    means: Text = Field("", description=MEANS)
    confirmed: bool = Field(False, description="The customer has seen what will happen, and said yes.")


class OtherAddress(AddressChange, Confirmed):
    pass


class OtherItems(ItemChange, Confirmed):
    pass


class Changed(Schema):
    state: str
    difference_minor: int
    redirect_url: str = Field(description="Where the payer must go, for a change that waits for its money.")
    order: MerchantOrder


@reads(router, _ORDER + "/changes", "orders.view", Changes, "What can be changed, and what was")
def possible(request: HttpRequest, code: str) -> Any:
    return changes_of(found(code).id)


@reads(router, _ORDER + "/variants", "orders.view", list[LineChoices], "Variants to choose from")
def variants(request: HttpRequest, code: str) -> Any:
    return choices_of(found(code).id)


@reads(router, _ORDER + "/means", "orders.cancel", list[Means], "With what its customer can pay so much")
def means(request: HttpRequest, code: str, minor: int = 0) -> Any:
    return [Means.from_orm(each) for each in orders.means_of(found(code).id, minor=minor)]


@deed(router, _ORDER + "/address", "orders.cancel", Changed, "Send it elsewhere in the country")
def address(request: HttpRequest, code: str, new: OtherAddress) -> Any:
    order = found(code)
    done = actions.change_address(
        order_id=order.id, address=new.address.value(), by=_party(request, order), means_word=new.means,
        confirmed=new.confirmed, insisted=new.insisted,
    )  # fmt: skip
    return _changed(request, "order.change_address", order, done)


@deed(router, _ORDER + "/items", "orders.cancel", Changed, "Other variants of the same things", outside=True)
def items(request: HttpRequest, code: str, new: OtherItems) -> Any:
    order = found(code)
    done = actions.change_items(
        order_id=order.id, swaps=new.values(), by=_party(request, order), means_word=new.means,
        confirmed=new.confirmed,
    )  # fmt: skip
    return _changed(request, "order.change_items", order, done)


@deed(router, _ORDER + "/payment", "orders.cancel", Changed, "Another means for the whole of it", outside=True)
def payment(request: HttpRequest, code: str, new: Confirmed) -> Any:
    order = found(code)
    done = actions.change_payment(
        order_id=order.id, means_word=new.means, by=_party(request, order), confirmed=new.confirmed
    )  # fmt: skip
    return _changed(request, "order.change_payment", order, done)


def _party(request: HttpRequest, order: OrderView) -> Party:
    """Somebody of the staff for the customer; for a buyer whom nobody knows, the shop itself."""
    return parties.agent(actor(request), order.customer_id) if order.customer_id else parties.shop(actor(request))


def _changed(request: HttpRequest, verb: str, order: OrderView, done: Any) -> Changed:
    noted(request, verb, order.code, difference_minor=done.difference_minor)
    return Changed(
        state=done.state, difference_minor=done.difference_minor, redirect_url=done.next.url if done.next else "",
        order=shown(found(order.code)),
    )  # fmt: skip
