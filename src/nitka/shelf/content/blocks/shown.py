"""Blocks in one language, as pages show them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nitka.shelf.content.blocks.kinds import KINDS, TEXTS, Field

Shown = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """A block in one language. Lines are text, `prose` is safe HTML, pictures are what `<picture>` needs (or still
    "product:<handle>:<n>", which whoever knows the goods looks up); goods, links and codes are as they were written.
    """

    id: str
    kind: str
    values: Mapping[str, Any]

    def get(self, name: str, default: Any = "") -> Any:
        """A field, or what stands for one that was left empty."""
        return self.values.get(name, default)


@dataclass(frozen=True, slots=True)
class Reader:
    """How one language is read: a line, a prose, and the pictures by id."""

    language: str
    line: Callable[[str], str]
    prose: Callable[[str], str]
    pictures: Mapping[str, Mapping[str, Any]]


def shown(blocks: Sequence[Mapping[str, Any]], reader: Reader) -> tuple[BlockView, ...]:
    """The blocks that have what they need in the language; the others are left out, never half shown."""
    found = []
    for block in blocks:
        kind = KINDS.get(block["kind"])
        values = _values(kind.fields, block, reader) if kind else None
        if values is not None:
            found.append(BlockView(id=block["id"], kind=block["kind"], values=values))
    return tuple(found)


def _values(fields: Sequence[Field], values: Mapping[str, Any], reader: Reader) -> Shown | None:
    made: Shown = {}
    for field in fields:
        value = _value(field, values.get(field.name), reader)
        if value:
            made[field.name] = value
        elif field.needed:
            return None
        elif field.kind == "choice":
            made[field.name] = field.choices[0]
    return made


def _value(field: Field, value: Any, reader: Reader) -> Any:
    if not value:
        return None
    if field.kind in TEXTS:
        text = value.get(reader.language, "")
        return (reader.line if field.kind == "line" else reader.prose)(text) if text else ""
    if field.kind == "items":
        return [item for item in (_values(field.fields, each, reader) for each in value) if item]
    if field.kind in ("picture", "video") and not value.startswith("product:"):
        return reader.pictures.get(value)
    return value


def languages_of(blocks: Sequence[Mapping[str, Any]], languages: Sequence[str]) -> tuple[str, ...]:
    """The languages in which at least one block has a text to show."""

    def speaks(language: str) -> bool:
        reader = Reader(language, str, str, _Any())
        return any(_says(KINDS[each.kind].fields, each.values) for each in shown(blocks, reader))

    return tuple(each for each in languages if speaks(each))


def _says(fields: Sequence[Field], values: Mapping[str, Any]) -> bool:
    return any(
        bool(values.get(field.name))
        if field.kind in TEXTS
        else any(_says(field.fields, item) for item in values.get(field.name) or ())
        for field in fields
        if field.kind in (*TEXTS, "items")
    )


class _Any(dict[str, Any]):
    """Whatever picture is asked for is there: whether a language has words does not hang on it."""

    def get(self, key: str, default: Any = None) -> Any:
        return {"src": key}
