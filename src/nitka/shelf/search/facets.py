"""Counts of the index made into what a page shows: labels in the language, values in a sensible order."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from nitka.ground.locale import pick

from . import opinions
from .finding import Hits, shown
from .labels import Labels
from .views import CategoryView, Facet, FacetValue

_MOST_VALUES = 40
_MOST_NUMBERS = 24  # a number with more values than this is no help as a list


def facets_of(
    labels: Labels, hits: Hits, chosen: Mapping[str, Sequence[str]], node: Mapping[str, Any] | None, language: str
) -> list[Facet]:
    """The facets worth showing: price, then brand, then those of the category in its order, then the rest."""
    found = _price(hits, chosen)
    order = {code: place for place, code in enumerate(node["facets"])} if node else {}
    codes = sorted(shown(hits, chosen), key=lambda code: (code != "brand", order.get(code, len(order))))
    for code in codes:
        known = labels.attributes.get(code, {})
        kind = code if code in ("brand", opinions.FACET) else known.get("kind", "text")
        values = hits.facets[code]
        if kind == "number" and len(values) > _MOST_NUMBERS and code not in chosen:
            continue
        picked = set(chosen.get(code, ()))
        found.append(
            Facet(
                code=code,
                label=_name(labels, code, language),
                kind=kind,
                values=_values(labels, code, kind, values, picked, language),
                chosen=bool(picked),
            )
        )
    return found


def _values(
    labels: Labels, code: str, kind: str, values: Sequence[tuple[str, int]], picked: set[str], language: str
) -> list[FacetValue]:
    counted = dict(values) | {value: dict(values).get(value, 0) for value in picked}
    if kind == opinions.FACET:
        ordered = sorted(counted, key=_number, reverse=True)
    elif kind == "number":
        ordered = sorted(counted, key=_number)
    elif listed := labels.attributes.get(code, {}).get("values"):
        place = {value: at for at, value in enumerate(listed)}
        ordered = sorted(counted, key=lambda value: (place.get(value, len(place)), value))
    else:
        ordered = sorted(counted, key=lambda value: (-counted[value], value))
    kept = [value for at, value in enumerate(ordered) if at < _MOST_VALUES or value in picked]
    return [
        FacetValue(
            value=value,
            label=_value_name(labels, code, kind, value, language),
            count=counted[value],
            chosen=value in picked,
        )
        for value in kept
    ]


def _name(labels: Labels, code: str, language: str) -> str:
    return {"brand": _("Brand"), opinions.FACET: _("Stars")}.get(code) or labels.attribute(code, language)


def _value_name(labels: Labels, code: str, kind: str, value: str, language: str) -> str:
    if kind == opinions.FACET:
        return _("%(n)s stars and more") % {"n": value}
    return _answer(value) if kind == "boolean" else labels.value(code, value, language)


def _answer(value: str) -> str:
    return _("Yes") if value == "yes" else _("No")


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0


def _price(hits: Hits, chosen: Mapping[str, Sequence[str]]) -> list[Facet]:
    if hits.prices is None or hits.prices[0] == hits.prices[1]:
        return []
    picked = list(chosen.get("price", ()))
    bounds = [FacetValue(value=str(bound), label="", count=0, chosen=False) for bound in hits.prices]
    ranges = [FacetValue(value=value, label=value, count=0, chosen=True) for value in picked]
    return [Facet(code="price", label=_("Price"), kind="price", values=bounds + ranges, chosen=bool(picked))]


def category_view(labels: Labels, node: Mapping[str, Any], language: str, count: int = 0) -> CategoryView:
    """A category in a language."""
    by_handle = labels.by_handle
    return CategoryView(
        id=node["id"], handle=node["handle"], name=pick(node["name"], language), parent=node["parent"],
        slug=pick(node["slug"], language) or node["handle"], slugs=node["slug"], intro=pick(node["intro"], language),
        seo_title=pick(node["seo_title"], language), seo_description=pick(node["seo_description"], language),
        breadcrumbs=[
            {
                "handle": handle,
                "name": pick(by_handle[handle]["name"], language),
                "slug": pick(by_handle[handle]["slug"], language) or handle,
            }
            for handle in (*node["path"], node["handle"])
            if handle in by_handle
        ],
        count=count,
    )  # fmt: skip


def category_views(labels: Labels, hits: Hits, node: Mapping[str, Any] | None, language: str) -> list[CategoryView]:
    """Where to go on: the categories below with what was found in each; the top ones where nothing was found."""
    counts = dict(hits.categories)
    parent = node["handle"] if node else ""
    below = [one for one in labels.categories if one["parent"] == parent]
    return [
        category_view(labels, one, language, counts.get(one["handle"], 0))
        for one in below
        if one["handle"] in counts or not counts
    ]
