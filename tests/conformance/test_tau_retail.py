"""Our shop and the rules of the retail domain, call by call: what one refuses the other refuses, for the same reason."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from nitka.sale.orders.models import Order
from tests.conformance import retail_shop
from tests.conformance.retail_rules import WRITES
from tests.conformance.tau_retail import Bench, Report, calls_of, check, load

Data = dict[str, Any]
ROUNDS = 12
CALLS = 25


@pytest.fixture(scope="module")
def bench(django_db_setup: None, django_db_blocker: Any) -> Iterator[Bench]:
    """The small shop, brought in once for all tests of this file and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Bench(retail_shop.shop())
        transaction.set_rollback(True)


def played(bench: Bench, *calls: tuple[str, Data], confirmed: bool = True) -> list[Any]:
    """What came out otherwise than by the rules."""
    plain = [{"name": name, "arguments": arguments} for name, arguments in calls]
    return bench.run("test", plain, Report(), confirmed=confirmed)


def order_of(bench: Bench, status: str, user: str = "") -> Data:
    """The first order of that state (and user)."""
    return next(
        each for each in bench.data["orders"].values()
        if each["status"] == status and (not user or each["user_id"] == user)
    )  # fmt: skip


def test_the_import_is_the_file(bench: Bench) -> None:
    assert bench.check_import() == []


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_random_calls_come_out_as_the_rules_say(bench: Bench, seed: int) -> None:
    dice = random.Random(seed)
    for _conversation in range(4):
        calls = conversation(bench.data, dice, CALLS // 4)
        failures = bench.run(f"seed {seed}", calls, Report())
        assert not failures, json.dumps(calls, indent=1) + "\n" + "\n".join(map(str, failures))


def test_another_customers_order_is_not_touched(bench: Bench) -> None:
    mine, theirs = order_of(bench, "pending", "user_0"), order_of(bench, "pending", "user_1")
    report = Report()
    calls = [
        {"name": "get_user_details", "arguments": {"user_id": mine["user_id"]}},
        {"name": "cancel_pending_order", "arguments": {"order_id": theirs["order_id"], "reason": "no longer needed"}},
    ]
    assert bench.run("stranger", calls, report) == []
    assert report.refused == 1


def test_without_a_yes_nothing_is_changed(bench: Bench) -> None:
    order = order_of(bench, "pending", "user_0")
    call = ("cancel_pending_order", {"order_id": order["order_id"], "reason": "ordered by mistake"})
    assert played(bench, call) == []
    refused = played(bench, call, confirmed=False)
    assert refused[0].got == ["not_confirmed"]
    assert [each.expected for each in refused if each.expected in ("accepted", "cancelled")] == [
        "accepted",
        "cancelled",
    ]


@pytest.mark.parametrize("name", [name for name in WRITES if "exchange" in name or "return" in name])
def test_returns_ask_for_a_yes_too(bench: Bench, name: str) -> None:
    order = order_of(bench, "delivered")
    item = order["items"][0]
    others = bench.data["products"][item["product_id"]]["variants"].values()
    other = next(each["item_id"] for each in others if each["available"] and each["item_id"] != item["item_id"])
    arguments: Data = {
        "order_id": order["order_id"], "item_ids": [item["item_id"]],
        "payment_method_id": order["payment_history"][0]["payment_method_id"],
    }  # fmt: skip
    if "exchange" in name:
        arguments["new_item_ids"] = [other]
    refused = played(bench, (name, arguments), confirmed=False)
    assert refused and refused[0].got == ["not_confirmed"]


def test_the_shop_is_as_it_was_after_a_task(bench: Bench) -> None:
    before = list(Order.objects.order_by("id").values())
    order = order_of(bench, "pending")
    played(bench, ("cancel_pending_order", {"order_id": order["order_id"], "reason": "no longer needed"}))
    assert list(Order.objects.order_by("id").values()) == before


@pytest.mark.django_db
def test_the_published_tasks_hold(nitka_data: Path) -> None:
    folder = nitka_data / "tau2-retail"
    tasks = load(folder / "tasks.json")
    report = check(load(folder / "db.json.gz"), tasks)
    assert (report.passed, report.failures) == (len(tasks), [])
    assert report.writes == sum(call["name"] in WRITES for task in tasks for call in calls_of(task))


def conversation(data: Data, dice: random.Random, calls: int) -> list[Data]:
    """Calls of one customer, who speaks of somebody else's order now and then."""
    who = dice.choice([each for each in data["users"].values() if len(each["orders"]) > 2])
    first = {"name": "find_user_id_by_email", "arguments": {"email": who["email"].upper()}}
    return [first, *(_any_call(data, dice, who) for _call in range(calls))]


def _any_call(data: Data, dice: random.Random, who: Data) -> Data:
    """A call that is right, or nearly."""
    name = dice.choice([*WRITES, "modify_pending_order_items", "exchange_delivered_order_items"])
    wanted = {"modify": "pending", "cancel": "pending"}.get(name.split("_", 1)[0], "delivered")
    mine = [data["orders"][each] for each in who["orders"]]
    fitting = [each for each in mine if each["status"] == wanted] or mine
    chance = dice.random()
    order = dice.choice(fitting if chance < 0.8 else mine if chance < 0.95 else list(data["orders"].values()))
    user = data["users"][order["user_id"]]
    means = dice.choice([*user["payment_methods"], *user["payment_methods"], "gift_card_0", "none"])
    arguments: Data = {"order_id": order["order_id"] if dice.random() < 0.97 else "#W999"}
    if name == "modify_user_address":
        return {"name": name, "arguments": {"user_id": user["user_id"], **retail_shop.address(dice)}}
    if name == "modify_pending_order_address":
        return {"name": name, "arguments": {**arguments, **retail_shop.address(dice)}}
    if name == "cancel_pending_order":
        reason = dice.choice(["no longer needed", "no longer needed", "ordered by mistake", "too dear"])
        return {"name": name, "arguments": {**arguments, "reason": reason}}
    arguments["payment_method_id"] = means
    if name == "modify_pending_order_payment":
        return {"name": name, "arguments": arguments}
    arguments["item_ids"] = _items(data, order, dice)
    if "return" not in name:
        arguments["new_item_ids"] = [_other(data, each, dice) for each in arguments["item_ids"]]
        if dice.random() < 0.05:
            arguments["new_item_ids"] = arguments["new_item_ids"][1:]
    return {"name": name, "arguments": arguments}


def _items(data: Data, order: Data, dice: random.Random) -> list[str]:
    items = [item["item_id"] for item in order["items"]]
    chosen = dice.sample(items, dice.randint(1, len(items)))
    if dice.random() < 0.1:
        chosen.append(dice.choice(items))
    return chosen


def _other(data: Data, item_id: str, dice: random.Random) -> str:
    """A variant of the same product, mostly one that is there."""
    siblings = next(each["variants"] for each in data["products"].values() if item_id in each["variants"])
    there = [each["item_id"] for each in siblings.values() if each["available"]]
    anything = [each for product in data["products"].values() for each in product["variants"]]
    return dice.choice(there) if there and dice.random() < 0.85 else dice.choice([*siblings, *anything, "000"])
