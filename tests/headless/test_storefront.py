"""Headless, proved: a storefront of another maker buys through API v1 alone."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo import Shop

pytestmark = pytest.mark.browser  # with the running demo, after the quick tests
STOREFRONT = Path(__file__).with_name("storefront.py")


@pytest.mark.parametrize(("language", "search"), [("en", "mug"), ("pl", "kubek")])
def test_a_storefront_of_another_maker_buys(shop: Shop, language: str, search: str) -> None:
    done = subprocess.run(
        [sys.executable, "-I", str(STOREFRONT), shop.base, "--search", search, "--language", language],
        capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    order = json.loads(done.stdout)
    assert order["status"] == "paid"
    assert order["paid"]
    assert order["lines"][0]["quantity"] == 2
    parts = order["goods_minor"] - order["discount_minor"] + order["delivery_minor"] + order["payment_fee_minor"]
    assert order["total_minor"] == parts, "prices with tax in them add up"
    kept = shop.rows("SELECT total_minor, language FROM orders_orders WHERE code = %s", order["code"])
    assert kept == [(order["total_minor"], language)]
    taken = "SELECT count(*), sum(minor) FROM payments_demo_charges WHERE label = %s AND state = 'succeeded'"
    assert shop.rows(taken, order["code"]) == [(1, order["total_minor"])], "one charge, of the whole sum"


def test_it_uses_nothing_but_the_standard_library() -> None:
    tree = ast.parse(STOREFRONT.read_text())
    names = {
        (alias.name if isinstance(node, ast.Import) else str(node.module)).partition(".")[0]
        for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names
    }  # fmt: skip
    assert names <= sys.stdlib_module_names
