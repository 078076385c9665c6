"""Which option is offered for which parcel, to whom and where; and its price by table. Rules without a database.

The rules of an option are data: every one that is there must hold. Weights are grams, lengths millimetres, worth is
minor units by market. `postcodes` are prefixes (`80`), single codes (`80-831`) or ranges (`80-000..81-999`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PROMOTION, LABEL = "promotions", "labels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is to be sent, and who it is for, as far as delivery asks."""

    weight_g: int = 0
    goods_minor: int = 0
    pieces: int = 0
    longest_mm: int = 0
    volume_cm3: int = 0
    classes: frozenset[str] = frozenset()  # kinds of goods
    labels: frozenset[str] = frozenset()  # labels and groups of the buyer
    promotions: frozenset[str] = frozenset()  # codes or ids of promotions that apply
    channel: str = ""
    region: str = ""


NOTHING = Load()
_LISTS = ("regions", "postcodes", "not_postcodes", "classes_only", "classes_none", "classes_any", LABEL, "not_labels",
          PROMOTION, "channels")  # fmt: skip
_NUMBERS = ("min_weight_g", "max_weight_g", "max_longest_mm", "max_volume_cm3", "max_pieces")
_BY_MARKET = ("min_goods", "max_goods")


def plain(postcode: str) -> str:
    """A postcode as it is compared: without spaces and dashes, in capitals."""
    return postcode.replace(" ", "").replace("-", "").upper()


def clean(rules: Mapping[str, Any]) -> dict[str, Any]:
    """The rules in their usual form, without empty ones. Raises ValueError with the name of what cannot be meant."""
    found: dict[str, Any] = {}
    for name, value in rules.items():
        if value in (None, "", [], {}, ()):
            continue
        if name in _LISTS:
            found[name] = [str(each).strip() for each in value if str(each).strip()]
        elif name in _NUMBERS:
            found[name] = _whole(name, value)
        elif name in _BY_MARKET:
            found[name] = {market: _whole(name, minor) for market, minor in value.items()}
        else:
            raise ValueError(name)
    for name in ("postcodes", "not_postcodes"):
        found |= {name: [_range(text) for text in found[name]]} if name in found else {}
    return found


def clean_steps(steps: Mapping[str, Sequence[Sequence[int]]]) -> dict[str, list[list[int]]]:
    """Tables of prices in their usual form: by market, `up to` going up. Raises ValueError for what cannot be meant."""
    found: dict[str, list[list[int]]] = {}
    for market, rows in steps.items():
        table = sorted([int(limit), int(minor)] for limit, minor in rows)
        if any(limit <= 0 or minor < 0 for limit, minor in table) or len({limit for limit, _ in table}) != len(table):
            raise ValueError("steps")
        if table:
            found[market] = table
    return found


def fits(rules: Mapping[str, Any], load: Load, market: str, postcode: str) -> bool:
    """Whether an option with these rules is to be had for that parcel."""
    return not rules or (
        _fits_size(rules, load) and _fits_worth(rules, load, market) and _fits_place(rules, load, postcode)
        and _fits_people(rules, load) and _fits_goods(rules, load)
    )  # fmt: skip


def table_price(steps: Mapping[str, Sequence[Sequence[int]]], by: str, market: str, load: Load) -> int | None:
    """The price of the first step that holds the parcel; None where there is no table, or the parcel is beyond it."""
    table = steps.get(market)
    if not table:
        return None
    size = {"weight": load.weight_g, "goods": load.goods_minor, "pieces": load.pieces}[by]
    return next((minor for limit, minor in table if size <= limit), None)


def is_beyond(steps: Mapping[str, Sequence[Sequence[int]]], by: str, market: str, load: Load) -> bool:
    """Whether there is a table for that market whose last step is too small."""
    return bool(steps.get(market)) and table_price(steps, by, market, load) is None


def _fits_size(rules: Mapping[str, Any], load: Load) -> bool:
    return (
        load.weight_g >= rules.get("min_weight_g", 0)
        and load.weight_g <= rules.get("max_weight_g", load.weight_g)
        and load.longest_mm <= rules.get("max_longest_mm", load.longest_mm)
        and load.volume_cm3 <= rules.get("max_volume_cm3", load.volume_cm3)
        and load.pieces <= rules.get("max_pieces", load.pieces)
    )


def _fits_worth(rules: Mapping[str, Any], load: Load, market: str) -> bool:
    least = rules.get("min_goods", {}).get(market, 0)
    most = rules.get("max_goods", {}).get(market, load.goods_minor)
    return bool(least <= load.goods_minor <= most)


def _fits_place(rules: Mapping[str, Any], load: Load, postcode: str) -> bool:
    if "regions" in rules and load.region.upper() not in {each.upper() for each in rules["regions"]}:
        return False
    code = plain(postcode)
    if any(_holds(each, code) for each in rules.get("not_postcodes", ())):
        return False
    return "postcodes" not in rules or any(_holds(each, code) for each in rules["postcodes"])


def _fits_people(rules: Mapping[str, Any], load: Load) -> bool:
    return (
        (LABEL not in rules or bool(load.labels & set(rules[LABEL])))
        and not load.labels & set(rules.get("not_labels", ()))
        and (PROMOTION not in rules or bool(load.promotions & set(rules[PROMOTION])))
        and ("channels" not in rules or load.channel in rules["channels"])
    )


def _fits_goods(rules: Mapping[str, Any], load: Load) -> bool:
    """`only`: all goods are of these classes; `any`: at least one is; `none`: not one is."""
    return (
        ("classes_only" not in rules or load.classes <= set(rules["classes_only"]))
        and ("classes_any" not in rules or bool(load.classes & set(rules["classes_any"])))
        and not load.classes & set(rules.get("classes_none", ()))
    )


def _holds(where: str, code: str) -> bool:
    first, dots, last = where.partition("..")
    if not dots:
        return code.startswith(first)
    # A range is compared at the length of its ends, so that 80..81 holds 80831.
    return bool(code) and first <= code[: len(first)] and code[: len(last)] <= last


def _range(text: str) -> str:
    first, dots, last = (plain(part) for part in text.replace("–", "-").partition(".."))
    if dots and (not first or not last or len(first) != len(last) or first > last):
        raise ValueError(text)
    return f"{first}..{last}" if dots else first


def _whole(name: str, value: Any) -> int:
    number = int(value)
    if number < 0:
        raise ValueError(name)
    return number
