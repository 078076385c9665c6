"""A folder that was made a moment ago takes products before anybody served it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from nitka.config.cli import importing, start
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.pricing import queries as pricing

pytestmark = pytest.mark.django_db
SHEET = "Handle,Title,Variant SKU,Variant Price\nstool,Stool,ST-1,49.00\n"


def test_products_are_priced_though_the_shop_was_never_served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for step in ("start_database", "setup_django", "migrate"):  # the tests have a database already
        monkeypatch.setattr(start, step, lambda: None)
    assert not pricing.markets()
    file = tmp_path / "products.csv"
    file.write_text(SHEET)
    result = CliRunner().invoke(importing.command, ["products", str(file), "--json"])
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout.splitlines()[-1])
    assert told["created"] == 1 and "no market" not in " ".join(told["notes"])
    assert catalog.product_rows().filter(handle="stool").exists()
    assert {market.code for market in pricing.markets()} >= {"eu", "us"}
