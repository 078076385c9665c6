"""Where the demo shop's files lie, and how they are read."""

import json
from functools import cache
from pathlib import Path
from typing import Any

SHOP = Path(__file__).parent / "shop"
PICTURES, MODELS, MEASURES = SHOP / "pictures", SHOP / "models", SHOP / "measures"
FILMS = SHOP / "films"


def read(name: str) -> Any:
    """One JSON file of the shop, by its path below `shop/`."""
    return json.loads((SHOP / name).read_text(encoding="utf-8"))


@cache
def products() -> tuple[dict[str, Any], ...]:
    """All products in the order of the shop."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (SHOP / "products").glob("*.json")]
    return tuple(sorted(found, key=lambda product: product["position"]))


@cache
def product(handle: str) -> dict[str, Any]:
    """One product by its handle."""
    return next(each for each in products() if each["handle"] == handle)


@cache
def options() -> dict[str, dict[str, Any]]:
    """Every option with its values, by code."""
    return {
        option["code"]: {**option, "values": {value["code"]: value for value in option["values"]}}
        for option in read("options.json")
    }


@cache
def views() -> dict[str, dict[str, str]]:
    """From where a picture is seen, in words, by view."""
    return dict(read("views.json"))


@cache
def attributes() -> dict[str, dict[str, Any]]:
    """Every attribute by its code."""
    return {attribute["code"]: attribute for attribute in read("attributes.json")}


def page(kind: str, slug: str) -> dict[str, dict[str, str]]:
    """A page in its languages: title, description and Markdown body."""
    return {path.stem: _read_page(path) for path in sorted((SHOP / "content" / kind / slug).glob("*.md"))}


def _read_page(path: Path) -> dict[str, str]:
    """`title` and `description` stand between two lines of dashes, then comes the text."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    lines = (line.split(":", 1) for line in head.splitlines())
    return {name.strip(): value.strip().strip('"') for name, value in lines} | {"body": body.strip()}
