"""What people of the demo wish for: two lists that news are asked of, and two that others may see."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from nitka.ground import clock
from nitka.growth.wishes import actions as wishes
from nitka.growth.wishes import queries as wished
from nitka.people.customers import queries as customers
from nitka.people.customers.queries import CustomerView
from nitka.seeds import files
from nitka.shelf.catalog import queries as goods


def put_wishes() -> int:
    """Lists for those who have none yet. Returns how many were made."""
    made = 0
    for each in files.read("past.json")["wishes"]:
        me = customers.customer_by_email(each["of"])
        if me is None or wished.lists_of(wished.Owner(customer_id=me.id)):
            continue
        for told in each["lists"]:
            with clock.freeze(clock.now() - timedelta(days=told["days_ago"])):
                _put(me, told)
            made += 1
    return made


def _put(me: CustomerView, told: Mapping[str, Any]) -> None:
    """The one without a name begins with the first wish, others are made."""
    owner = wished.Owner(customer_id=me.id)
    list_id: UUID | None = None
    if told["name"]:
        list_id = wishes.make_list(owner=owner, name=told["name"], language=me.language)
    known = goods.products_by_handle([handle for handle, *_ in told["goods"]])
    variants = goods.variant_ids_by_sku([sku for _handle, sku, *_ in told["goods"] if sku])
    for handle, sku, *note in told["goods"]:
        put = wishes.add_wish(
            owner=owner, product_id=known[handle], variant_id=variants.get(sku), list_id=list_id, market=me.market,
            language=me.language,
        )  # fmt: skip
        list_id = put.list_id
        if note:
            wishes.change_wish(owner=owner, wish_id=put.wish_id, note=note[0])
    if list_id and told.get("shared"):
        wishes.share_list(owner=owner, list_id=list_id)
    if list_id and told.get("tells"):
        wishes.set_news(owner=owner, list_id=list_id, on=True)
