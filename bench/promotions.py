"""Promotions of every kind, as many as wanted, for measuring: as a shop in autumn has them."""

from collections.abc import Sequence
from typing import Any

from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries

AUTUMN = "Bench"


def put(number: int, products: Sequence[object]) -> None:
    """So many promotions that run, over these products: most touch some goods, some all, some need a code. Those of
    an earlier measurement are changed, or switched off."""
    ids = [str(each) for each in products]
    known = dict(queries.promotion_rows().filter(name__startswith=f"{AUTUMN} ").values_list("name", "id"))
    for turn in range(max(number, len(known))):
        some, name = ids[turn % 7 :: 7] or ids, f"{AUTUMN} {turn}"
        runs = turn < number
        pricing.put_promotion(promotion_id=known.get(name), name=name, priority=turn, active=runs, **_one(turn, some))


def _one(turn: int, some: list[str]) -> dict[str, Any]:
    percent, scope = 1 + turn % 9, {"scope": {"products": some}}
    return [
        {"benefit": {"kind": "percent", "percent": percent}, "conditions": scope},
        {"benefit": {"kind": "percent", "percent": percent}, "conditions": {"minimum": {"EUR": 5000}}},
        {"benefit": {"kind": "buy_get", "buy": 2, "get": 1, "percent": percent}, "conditions": scope},
        {"benefit": {"kind": "amount", "amounts": {"EUR": 100}}, "code": f"BENCH{turn}", "public": True},
        {"benefit": {"kind": "bundle", "percent": percent, "parts": [
            {"scope": {"products": some}, "pieces": 1}, {"scope": {"products": some[::2]}, "pieces": 1}]}},
        {"benefit": {"kind": "delivery", "percent": 50}, "conditions": {"minimum": {"EUR": 20_000}}},
        {"benefit": {"kind": "fixed_price", "amounts": {"EUR": 900}}, "conditions": scope},
    ][turn % 7]  # fmt: skip
