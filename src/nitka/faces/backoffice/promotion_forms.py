"""The form of a promotion: what a merchant types, as `put_promotion` takes it, and back again."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from nitka.faces.backoffice.price_forms import amount, cell
from nitka.ground import clock
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.pricing.queries import PromotionView

PARTS = 4


def currencies() -> list[str]:
    """The currencies of the markets."""
    return sorted({market.currency for market in pricing.markets()})


def read(posted: QueryDict) -> dict[str, Any]:
    """What `put_promotion` takes, from the form. Raises ValueError with a sentence."""
    by_code = posted.get("by", "itself")
    return {
        "name": posted.get("name", ""), "benefit": _benefit(posted), "conditions": _conditions(posted),
        "label": {lang: str(posted[f"label.{lang}"]).strip() for lang in LANGUAGE_NAMES if posted.get(f"label.{lang}")},
        "lane": posted.get("lane", ""), "priority": _number(posted.get("priority", ""), 100),
        "stops_lane": bool(posted.get("stops_lane")), "exclusive": bool(posted.get("exclusive")),
        "code": posted.get("code", "") if by_code == "code" else "", "needs_code": by_code != "itself",
        "public": bool(posted.get("public")), "active": bool(posted.get("active")),
        "starts_at": _moment(posted.get("starts", ""), time()),
        "ends_at": _moment(posted.get("ends", ""), time(23, 59)),
        "most": _number(posted.get("most", ""), None), "most_each": _number(posted.get("most_each", ""), None),
        "budgets": _amounts(posted, "budget"),
    }  # fmt: skip


def _benefit(posted: QueryDict) -> dict[str, Any]:
    kind = posted.get("kind", "")
    read_kind: dict[str, Callable[[], dict[str, Any]]] = {
        "percent": lambda: {"percent": _decimal(posted.get("percent")), "most": _amounts(posted, "ceiling")},
        "amount": lambda: {"amounts": _amounts(posted, "amount")},
        "fixed_price": lambda: {"amounts": _amounts(posted, "amount")},
        "buy_get": lambda: {
            "buy": posted.get("buy"), "get": posted.get("get"), "times": posted.get("times"),
            "percent": _decimal(posted.get("percent")), "reward": {"products": _products(posted.get("reward", ""))},
        },
        "bundle": lambda: {
            "amounts": _amounts(posted, "amount"), "percent": _decimal(posted.get("percent")), "parts": _parts(posted),
        },
        "delivery": lambda: {
            "percent": _decimal(posted.get("percent")), "amounts": _amounts(posted, "amount"),
            "options": posted.getlist("options"),
        },
        "gift": lambda: {"variant": _variant(posted.get("gift", "")), "pieces": posted.get("gift_pieces")},
    }  # fmt: skip
    return {"kind": kind, **(read_kind[kind]() if kind in read_kind else {})}


def _conditions(posted: QueryDict) -> dict[str, Any]:
    start, end = posted.get("hour_from", ""), posted.get("hour_to", "")
    return {
        "scope": {
            "products": _products(posted.get("products", "")), "categories": posted.getlist("categories"),
            "tags": _words(posted.get("tags", "")), "not_products": _products(posted.get("not_products", "")),
            "not_tags": _words(posted.get("not_tags", "")), "full_price": bool(posted.get("full_price")),
        },
        "minimum": _amounts(posted, "minimum"), "pieces": _number(posted.get("pieces", ""), 0),
        "whole_cart": bool(posted.get("whole_cart")),
        "labels": [each.lower() for each in _words(posted.get("labels", ""))],
        "first_order": bool(posted.get("first_order")), "company": posted.get("company", ""),
        "markets": posted.getlist("markets"), "channels": posted.getlist("channels"),
        "countries": [each.upper() for each in _words(posted.get("countries", "").replace(" ", ","))],
        "weekdays": [int(each) for each in posted.getlist("weekdays") if each.isdecimal()],
        "hours": [start or "00:00", end or "24:00"] if start or end else None,
    }  # fmt: skip


def _parts(posted: QueryDict) -> list[dict[str, Any]]:
    return [
        {"scope": {"products": found}, "pieces": posted.get(f"part_pieces.{place}") or 1}
        for place in range(PARTS)
        if (found := _products(posted.get(f"part.{place}", "")))
    ]


def _products(text: str) -> list[UUID]:
    """Products by the SKUs of their variants, one a line. Raises ValueError naming what is not there."""
    skus = [each.strip() for each in text.replace(",", "\n").splitlines() if each.strip()]
    known = catalog.variant_ids_by_sku(skus) if skus else {}
    if missing := [sku for sku in skus if sku not in known]:
        raise ValueError(_("There is no SKU %(sku)s.") % {"sku": missing[0]})
    return sorted(set(catalog.products_of_variants(known.values()).values())) if known else []


def _variant(sku: str) -> UUID:
    known = catalog.variant_ids_by_sku([sku.strip()])
    if not known:
        raise ValueError(_("There is no SKU %(sku)s.") % {"sku": sku.strip() or "–"})
    return next(iter(known.values()))


def read_lines(posted: Mapping[str, str]) -> list[tuple[UUID, int]]:
    """A sample cart: a SKU a line, with its pieces behind it. Raises ValueError."""
    wanted: dict[str, int] = {}
    for line in posted.get("sample", "").splitlines():
        sku, _space, pieces = line.strip().rpartition(" ")
        if sku and pieces.isdecimal():
            wanted[sku.strip()] = wanted.get(sku.strip(), 0) + int(pieces)
        elif line.strip():
            wanted[line.strip()] = wanted.get(line.strip(), 0) + 1
    known = catalog.variant_ids_by_sku(wanted) if wanted else {}
    if missing := [sku for sku in wanted if sku not in known]:
        raise ValueError(_("There is no SKU %(sku)s.") % {"sku": missing[0]})
    return [(known[sku], max(1, min(99, pieces))) for sku, pieces in wanted.items()]


def as_typed(values: Mapping[str, Any], before: PromotionView | None) -> PromotionView:
    """The promotion as it was typed, saved or not, so that nobody has to type it again."""
    plain = json.loads(json.dumps({"benefit": values["benefit"], "conditions": values["conditions"]}, default=str))
    same = ("name", "label", "lane", "priority", "stops_lane", "exclusive", "needs_code", "public", "starts_at",
            "ends_at", "most", "most_each", "active", "code")  # fmt: skip
    return PromotionView(
        **{name: values[name] for name in same}, **plain, id=before.id if before else UUID(int=0), code_most=None,
        budgets={code: (minor, 0) for code, minor in values["budgets"].items()}, codes=before.codes if before else 0,
        uses=before.uses if before else 0,
    )  # fmt: skip


def filled(view: PromotionView | None) -> dict[str, Any]:
    """What stands in the fields of the form."""
    if view is None:
        return {"benefit": {"kind": "percent"}, "conditions": {}, "scope": {}, "by": "itself", "skus": {}}
    scope = view.conditions.get("scope", {})
    by = "code" if view.code else "codes" if view.needs_code else "itself"
    parts = view.benefit.get("parts", [])
    groups = {
        "products": scope.get("products", ()), "not_products": scope.get("not_products", ()),
        "reward": view.benefit.get("reward", {}).get("products", ()),
        **{f"part.{place}": part["scope"].get("products", ()) for place, part in enumerate(parts)},
    }  # fmt: skip
    return {
        "benefit": view.benefit, "conditions": view.conditions, "scope": scope, "by": by, "skus": _skus(groups),
        "gift": _gift(view.benefit.get("variant")),
    }  # fmt: skip


def _skus(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    ids = {UUID(each) for group in groups.values() for each in group}
    variants = catalog.variants_of(ids) if ids else {}
    first = {str(product): rows[0].sku for product, rows in variants.items() if rows}
    return {name: "\n".join(first[each] for each in group if each in first) for name, group in groups.items()}


def _gift(variant: str | None) -> str:
    if not variant:
        return ""
    product = next(iter(catalog.products_of_variants([UUID(variant)]).values()), None)
    rows: Sequence[Any] = catalog.variants_of([product]).get(product, []) if product else []
    return next((str(each.sku) for each in rows if str(each.id) == variant), "")


def _amounts(posted: QueryDict, name: str) -> dict[str, int]:
    found = {code: amount(posted.get(f"{name}.{code}", ""), code) for code in currencies()}
    return {code: minor for code, minor in found.items() if minor is not None}


def _words(text: str) -> list[str]:
    return [each.strip() for each in text.replace("\n", ",").split(",") if each.strip()]


def _decimal(text: str | None) -> str:
    return (text or "").replace(",", ".").strip()


def _number(text: str, otherwise: int | None) -> int | None:
    if not text.strip():
        return otherwise
    if not text.strip().isdecimal():
        raise ValueError(_("Write a whole number."))
    return int(text)


def _moment(text: str, wall: time) -> datetime | None:
    if not text:
        return None
    try:
        return clock.at_local(datetime.strptime(text, "%Y-%m-%d").date(), wall, content.shop().zone)  # noqa: DTZ007
    except ValueError:
        raise ValueError(_("Choose days from the calendar.")) from None


def day(moment: datetime | None) -> str:
    """A moment as the field of a day shows it."""
    return clock.local(moment, content.shop().zone).date().isoformat() if moment else ""


__all__ = ["PARTS", "cell", "currencies", "day", "filled", "read", "read_lines"]
