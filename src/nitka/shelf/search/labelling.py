"""Reads the labels of facets and categories out of the catalogue, for the file beside the index."""

from typing import Any

from nitka.shelf.catalog import queries as catalog

from .labels import Labels
from .models import FacetLabel, Synonym


def labels() -> Labels:
    """All labels of now, in five queries."""
    attributes: dict[str, dict[str, Any]] = {}
    for code, view in catalog.attributes().items():
        attributes[code] = {
            "label": dict(view.name), "kind": view.kind, "unit": view.unit, "position": view.position,
            "facet": view.facet, "values": {value: dict(texts) for value, texts in view.choices.items()},
        }  # fmt: skip
    for code, value, name in FacetLabel.objects.order_by("code", "position").values_list("code", "value", "name"):
        known = attributes.setdefault(
            code, {"label": {}, "kind": "choice", "unit": "", "position": 0, "facet": True, "values": {}}
        )
        if value:
            known["values"].setdefault(value, name)
        else:
            known["label"] = known["label"] or name
    return Labels(attributes=attributes, categories=_categories(), synonyms=_synonyms())


def _categories() -> list[dict[str, Any]]:
    tree = catalog.category_tree()
    handles = {node.id: node.handle for node in tree}
    facets = catalog.category_facets()
    return [
        {
            "id": str(node.id), "handle": node.handle, "parent": handles.get(node.parent_id) if node.parent_id else "",
            "path": [handles[ancestor] for ancestor in node.ancestor_ids], "name": dict(node.name),
            "slug": dict(node.slug), "intro": dict(node.intro), "seo_title": dict(node.seo_title),
            "seo_description": dict(node.seo_description), "facets": list(facets.get(node.id, ())),
        }
        for node in tree
    ]  # fmt: skip


def _synonyms() -> dict[str, list[list[str]]]:
    groups: dict[str, list[list[str]]] = {}
    for language, terms in Synonym.objects.order_by("language", "position").values_list("language", "terms"):
        groups.setdefault(language, []).append(terms)
    return groups
