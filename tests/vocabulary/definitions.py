"""schema.org's own definitions, read from the triples that it publishes, and a check of JSON-LD against them.

The triples come as an npm package (pinned beside this file, brought by `bin/node-packages --tests`); pyld reads the
JSON-LD as any other program would, with a context made of the definitions.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

ROOT = Path(__file__).resolve().parents[2]
TRIPLES = ROOT / ".nitka" / "vocabulary" / "node_modules" / "@vocabulary" / "schema" / "schema.nq"
SCHEMA = "http://schema.org/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SUB_CLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
PROPERTY = "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property"
CLASS = "http://www.w3.org/2000/01/rdf-schema#Class"
_TRIPLE = re.compile(r"<([^>]+)> <([^>]+)> <([^>]+)> <")
# Words that schema.org allows beside every property of an action (schema.org/docs/actions.html).
_INPUT = re.compile(r"^(.+)-(?:input|output)$")


@dataclass
class Vocabulary:
    """Types with what they are below, properties with where they belong and what they hold."""

    above: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    domains: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    ranges: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    kinds: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def lineage(self, name: str) -> set[str]:
        """A type and all above it."""
        found, todo = set(), [name]
        while todo:
            each = todo.pop()
            if each not in found:
                found.add(each)
                todo.extend(self.above[each])
        return found


@cache
def vocabulary() -> Vocabulary:
    """The definitions; the test is skipped where nobody brought them."""
    if not TRIPLES.exists():
        pytest.skip("schema.org's definitions are not here: run `bin/node-packages --tests`")
    words = Vocabulary()
    tables = {SUB_CLASS: words.above, f"{SCHEMA}domainIncludes": words.domains, f"{SCHEMA}rangeIncludes": words.ranges,
              RDF_TYPE: words.kinds}  # fmt: skip
    for subject, verb, thing in _TRIPLE.findall(TRIPLES.read_text(encoding="utf-8")):
        if verb in tables:
            tables[verb][subject].add(thing)
    assert len(words.domains) > 1000, "the definitions are not whole"
    return words


def faults(document: dict[str, Any]) -> list[str]:
    """What schema.org would not understand in this JSON-LD."""
    context = {"@context": {"@vocab": SCHEMA, "id": "@id"}}

    def load(url: str, _options: Any) -> dict[str, Any]:
        assert url in ("https://schema.org", "https://schema.org/"), f"a context from elsewhere: {url}"
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}

    expanded = jsonld.expand(document, {"documentLoader": load})
    return [fault for node in expanded for fault in _node(node, "")]


def _node(node: dict[str, Any], where: str) -> Iterator[str]:
    words = vocabulary()
    types = [str(each) for each in node.get("@type", [])]
    here = f"{where}/{'+'.join(each.removeprefix(SCHEMA) for each in types)}"
    for each in types:
        if CLASS not in words.kinds[each]:
            yield f"{here}: no such type"
    if not types and set(node) - {"@id", "@graph"}:
        yield f"{here}: a thing without a type"
    for name, values in node.items():
        if not name.startswith("@"):
            yield from _property(name, values, types, here)
    for each in node.get("@graph", []):
        yield from _node(each, here)


def _property(name: str, values: list[dict[str, Any]], types: list[str], here: str) -> Iterator[str]:
    words = vocabulary()
    short = name.removeprefix(SCHEMA)
    if match := _INPUT.match(name):
        if not any(f"{SCHEMA}Action" in words.lineage(each) for each in types):
            yield f"{here}.{short}: only actions have inputs"
        name = match[1]
    if PROPERTY not in words.kinds[name]:
        yield f"{here}.{short}: no such property"
        return
    if not any(words.domains[name] & words.lineage(each) for each in types):
        yield f"{here}.{short}: does not belong there"
    for value in values:
        yield from _value(value, name, f"{here}.{short}") if not match else ()


def _value(value: dict[str, Any], name: str, here: str) -> Iterator[str]:
    words = vocabulary()
    wanted = words.ranges[name]
    if "@value" in value:
        if not any(_literal(value["@value"], each) or _member(value["@value"], each) for each in wanted):
            yield f"{here}: {value['@value']!r} is none of {_short(wanted)}"
    elif "@type" in value:
        if not any(wanted & words.lineage(each) for each in value["@type"]):
            yield f"{here}: {_short(value['@type'])} is none of {_short(wanted)}"
        yield from _node(value, here)
    elif set(value) - {"@id"}:
        yield f"{here}: a thing without a type"
    elif not any(each.removeprefix(SCHEMA)[0].isupper() for each in wanted):
        yield f"{here}: a reference where a value belongs"


def _short(names: Any) -> str:
    return ", ".join(sorted(each.removeprefix(SCHEMA) for each in names))


def _member(value: Any, kind: str) -> bool:
    """`https://schema.org/InStock` is a member of the enumeration ItemAvailability, and `…/color` is a property."""
    words = vocabulary()
    name = str(value).replace("https://schema.org/", SCHEMA)
    if name == str(value):
        return False
    if kind == f"{SCHEMA}DefinedTerm":
        return PROPERTY in words.kinds[name]
    return any(kind in words.lineage(each) for each in words.kinds[name])


def _literal(value: Any, kind: str) -> bool:
    name = kind.removeprefix(SCHEMA)
    if name in ("Text", "CssSelectorType", "PronounceableText"):
        return isinstance(value, str) and bool(value.strip()) and not value.startswith("https://schema.org/")
    if name == "URL":
        return isinstance(value, str) and value.startswith(("https://", "http://"))
    if name in ("Number", "Integer", "Float"):
        return isinstance(value, int | float) or bool(re.fullmatch(r"-?\d+(\.\d+)?", str(value)))
    if name == "Boolean":
        return isinstance(value, bool)
    if name in ("Date", "DateTime"):
        return isinstance(value, str) and _is_moment(value)
    return False


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
