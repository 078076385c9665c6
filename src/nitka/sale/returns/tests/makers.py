"""Delivered orders and cases, for tests."""

import io
from typing import Any
from uuid import UUID

from PIL import Image

from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries as order_queries
from nitka.sale.orders.queries import OrderView
from nitka.sale.orders.tests.makers import an_order
from nitka.sale.returns import actions as returns
from nitka.sale.returns import queries
from nitka.sale.returns.queries import CaseView, Rule, Wanted
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory.tests.makers import a_location
from nitka.shelf.pricing.tests.makers import priced

__all__ = ["HOUSE", "Wanted", "a_delivered_order", "a_photo", "a_policy", "a_return", "lamps", "of", "received"]

HOUSE = returns.HOUSE


def lamps(*minors: int, stock: int = 50, handle: str = "lamp", market: str = "eu") -> list[UUID]:
    """Variants of one product at these prices, in the order of the prices, so many of each in stock."""
    made = priced(*minors, handle=handle, market=market)
    inventory.set_stock(levels=[(each, a_location(), stock) for each in made])
    return made


def a_delivered_order(*lines: tuple[UUID, int], **more: Any) -> OrderView:
    """Paid by card, shipped and received."""
    placed = an_order(*(lines or ((lamps(2000)[0], 3),)), **more)
    orders.ship_order(order_id=placed.order_id, carrier="demo_post")
    orders.deliver_order(order_id=placed.order_id)
    found = order_queries.order(placed.order_id)
    assert found
    return found


def of(order: OrderView, pieces: int = 1, reason: str = "not_liked", new: UUID | None = None) -> list[Wanted]:
    """So many pieces of the order's first line."""
    return [Wanted(order.lines[0].id, pieces, reason, new)]


def a_return(order: OrderView, pieces: int = 1, **more: Any) -> CaseView:
    """A return that somebody announced by the order's link."""
    values: dict[str, Any] = {"by": returns.holder(order.token), "lines": of(order, pieces), **more}
    return view(returns.request_return(order_id=order.id, **values))


def view(case_id: UUID) -> CaseView:
    found = queries.case(case_id)
    assert found
    return found


def received(case: CaseView, **grades: str) -> CaseView:
    """The same case when its parcel was opened, and looked at."""
    returns.mark_received(case_id=case.id, by=HOUSE)
    returns.grade(case_id=case.id, by=HOUSE, grades={case.lines[0].id: grades.get("grade", "as_new")})
    return view(case.id)


def a_policy(**values: Any) -> UUID:
    """A policy of the shop; a return unless it is said otherwise."""
    return returns.put_policy(rule=Rule(**{"kind": "return", "name": "Ours", "window_days": 30, **values}))


def a_photo(*, exif: bool = True, size: tuple[int, int] = (64, 48)) -> bytes:
    """A JPEG as a camera writes it, with its place and its make."""
    picture, out = Image.new("RGB", size, "maroon"), io.BytesIO()
    more: dict[str, Any] = {}
    if exif:
        data = Image.Exif()
        data[0x010F] = "SECRET-CAMERA"
        data[0x0112] = 6
        data.get_ifd(0x8825)[1] = "N"
        more = {"exif": data}
    picture.save(out, "JPEG", **more)
    return out.getvalue()
