"""What the facets, categories and brands are called: a small file beside the index, read once per change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nitka.ground.locale import pick
from nitka.ground.wording.stems import stemmer
from nitka.ground.wording.words import words


@dataclass(frozen=True)
class Labels:
    """attributes: {code: {label, kind, unit, values: {value: texts}, …}}; categories as `labelling` writes them."""

    attributes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    categories: Sequence[Mapping[str, Any]] = ()
    synonyms: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as they are written."""
        return {name: getattr(self, name) for name in ("attributes", "categories", "synonyms")}

    def attribute(self, code: str, language: str) -> str:
        """What a facet is called."""
        known = self.attributes.get(code)
        return (pick(known["label"], language) if known else "") or code.replace("_", " ")

    def value(self, code: str, value: str, language: str) -> str:
        """What a value of a facet is called, with its unit."""
        known = self.attributes.get(code)
        if not known:
            return value
        text = pick(known.get("values", {}).get(value, {}), language) or value
        return f"{text} {known['unit']}" if known.get("unit") else text

    @cached_property
    def by_handle(self) -> dict[str, Mapping[str, Any]]:
        """Categories by handle."""
        return {node["handle"]: node for node in self.categories}

    @cached_property
    def _by_slug(self) -> dict[tuple[str, str], Mapping[str, Any]]:
        found: dict[tuple[str, str], Mapping[str, Any]] = {}
        for node in self.categories:
            for language, slug in node["slug"].items():
                found.setdefault((language, slug), node)
                found.setdefault(("", slug), node)
        return found

    def category(self, name: str, language: str) -> Mapping[str, Any] | None:
        """A category by its slug in the language, its slug in any, or its handle."""
        return self._by_slug.get((language, name)) or self._by_slug.get(("", name)) or self.by_handle.get(name)

    def synonym_table(self) -> dict[str, dict[str, list[str]]]:
        """Each wording of a group, stemmed, with the other wordings of its group."""
        table: dict[str, dict[str, list[str]]] = {}
        for language, groups in self.synonyms.items():
            stem = stemmer(language).stem
            by_stem = table.setdefault(language, {})
            for group in groups:
                for wording in group:
                    key = " ".join(stem(word) for word in words(wording))
                    by_stem.setdefault(key, []).extend(other for other in group if other != wording)
        return table
