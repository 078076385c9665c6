"""How the demo shop trades: promotions, sales and lists, suppliers, policies, ways of sourcing. Written once: what a
merchant changed since stays. Dates count from the day of loading, so a new demo always has something that runs."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from nitka.ground import clock
from nitka.sale.orders import actions as orders
from nitka.sale.returns import actions as returns
from nitka.sale.returns import queries as cases
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping import queries as carriers
from nitka.seeds import files
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as stock
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as prices

Ids = Mapping[str, UUID]
SCOPE = ("products", "categories")


def put_trade(products: Ids, variants: Ids) -> None:
    """Everything a merchant sets up beside goods and prices. Only into a shop that has none of it."""
    data = files.read("trade.json")
    _put_promotions(data["promotions"], products, variants)
    _put_sales(data["sales"], variants)
    _put_lists(data["lists"], variants)
    _put_buying(data, variants)
    _put_rules(data, variants)


def _day(number: int) -> datetime:
    """The beginning of the day so many days from now."""
    return datetime.combine(clock.now().date() + timedelta(days=number), time(), UTC)


def _put_promotions(drafts: Sequence[Mapping[str, Any]], products: Ids, variants: Ids) -> None:
    known = {row.name for row in prices.promotion_rows()}
    for draft in drafts:
        if draft["name"] in known:
            continue
        benefit = dict(draft["benefit"])
        if "variant" in benefit:
            benefit["variant"] = str(variants[benefit["variant"]])
        if "parts" in benefit:
            benefit["parts"] = [part | {"scope": _scope(part["scope"], products)} for part in benefit["parts"]]
        starts, ends = map(_day, draft["days"])
        made = pricing.put_promotion(
            name=draft["name"], label=draft["label"], benefit=benefit,
            conditions={**draft.get("conditions", {}), "scope": _scope(draft.get("scope", {}), products)},
            code=draft.get("code", ""), needs_code="codes" in draft, public=draft.get("public", False),
            starts_at=starts, ends_at=ends, most_each=draft.get("most_each"), budgets=draft.get("budgets"),
        )  # fmt: skip
        if "codes" in draft:
            pricing.generate_codes(promotion_id=made, **draft["codes"])


def _scope(data: Mapping[str, Any], products: Ids) -> dict[str, Any]:
    return {**data, "products": [str(products[handle]) for handle in data.get("products", ())]}


def _put_sales(sale: Mapping[str, Any], variants: Ids) -> None:
    """One sale in every market. It began some days ago, so what stood before it is the price of the 30 days."""
    starts, ends = map(_day, sale["days"])
    for market in prices.markets():
        cheaper = []
        for handle in sale["products"]:
            for variant in files.product(handle)["variants"]:
                minor = variant["prices"][market.code]["minor"] * (100 - sale["percent_off"]) // 100
                cheaper.append((variants[variant["sku"]], 1, minor // 100 * 100))
        with clock.freeze(starts):
            made = pricing.put_list(
                name=sale["name"], code=f"sale-{market.code}", market=market.code, kind="sale", starts_at=starts,
                ends_at=ends,
            )  # fmt: skip
            pricing.set_list_prices(list_id=made, prices=cheaper)


def _put_lists(lists: Sequence[Mapping[str, Any]], variants: Ids) -> None:
    for each in lists:
        off = Decimal(each["percent_off"]) if "percent_off" in each else None
        made = pricing.put_list(
            name=each["name"], code=each["code"], market=each["market"], labels=each["labels"], percent_off=off
        )
        steps = [
            (variants[variant["sku"]], pieces, variant["prices"][each["market"]]["minor"] * percent // 100)
            for handle, rows in each.get("steps", {}).items()
            for variant in files.product(handle)["variants"]
            for pieces, percent in rows
        ]
        pricing.set_list_prices(list_id=made, prices=steps)


def _put_buying(data: Mapping[str, Any], variants: Ids) -> None:
    """Suppliers with what they sell, and purchase orders in three states."""
    for each in data["suppliers"]:
        own = {key: each[key] for key in ("code", "name", "country", "currency", "email", "language", "lead_days")}
        inventory.put_supplier(**own)
        for product in files.products():
            if product["brand"] in each.get("brands", ()) or product["category"] in each.get("categories", ()):
                for variant in product["variants"]:
                    cost = variant["prices"]["eu"]["minor"] * each["cost_percent"] // 100
                    inventory.put_supplier_item(
                        supplier=each["code"], variant_id=variants[variant["sku"]], cost_minor=cost
                    )
    if not stock.purchase_rows().exists():
        for each in data["purchases"]:
            _put_purchase(each, variants)


def _put_purchase(each: Mapping[str, Any], variants: Ids) -> None:
    lines = {variants[sku]: pieces for sku, pieces in each["lines"].items()}
    with clock.freeze(clock.now() + timedelta(days=each.get("sent", 0))):
        made = inventory.draft_purchase(supplier=each["supplier"], location=each["location"], lines=lines)
        if "sent" not in each:
            return
        inventory.send_purchase(purchase_id=made)
    way = inventory.announce_inbound(
        purchase_id=made, expected_on=_day(each["expected"]).date(), carrier=each["carrier"],
        freight_minor=each["freight_minor"], duty_minor=each["duty_minor"],
    )  # fmt: skip
    if here := each.get("received"):
        inventory.receive_inbound(shipment_id=way, good={variants[sku]: pieces for sku, pieces in here.items()})


def _put_rules(data: Mapping[str, Any], variants: Ids) -> None:
    shipping.load_points(carrier="demo_post", countries=("PL", "DE", "NO", "BG", "AM"))
    shipping.put_sourcing(
        rules=[
            carriers.Sourcing(frozenset(each["countries"]), tuple(each["locations"]), each["strategy"])
            for each in data["sourcing"]
        ]
    )
    if all(rule.id is None for rule in cases.policies_of_shop()):
        for policy in data["policies"]:
            tuples: dict[str, Any] = {
                key: tuple(value) if isinstance(value, list) else value for key, value in policy.items()
            }
            returns.put_policy(rule=cases.Rule(**tuples))
    for policy in data["order_policies"]:
        orders.put_policy(**policy)
    for sku, days in data["trials"].items():
        orders.put_variant_terms(variant_id=variants[sku], trial_days=days)
