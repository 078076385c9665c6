"""Blocks as they are kept. A refusal names the block by its number and says what to write."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.ground.locale import LANGUAGES
from nitka.shelf.content.blocks.kinds import KINDS, TEXTS, Field
from nitka.shelf.content.blocks.links import is_link
from nitka.shelf.content.problems import ContentProblem

MOST_BLOCKS = 60
LONGEST = {"line": 500, "prose": 20_000}
_HANDLE = re.compile(r"[\w.-]{1,200}")
_PICTURE = re.compile(r"product:[\w.-]{1,200}(:\d{1,2}|:room)?")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
SORTS = ("new", "best")


def checked(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The blocks with an id each and without empty fields. Raises ContentProblem."""
    if len(blocks) > MOST_BLOCKS:
        raise ContentProblem(_("A page has at most %(most)s blocks.") % {"most": MOST_BLOCKS}, field="blocks")
    made: list[dict[str, Any]] = []
    for place, block in enumerate(blocks, 1):
        try:
            one = _block(block)
        except (ValueError, TypeError, AttributeError) as wrong:
            raise ContentProblem(
                _("Block %(number)s: %(what)s") % {"number": place, "what": str(wrong)}, field="blocks", block=place
            ) from None
        one["id"] = _free_id(one.get("id", ""), place, {each["id"] for each in made})
        made.append(one)
    return made


def texts_of(blocks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Field, Mapping[str, str]]]:
    """Every text: the number of its block, its field, and the text by language."""
    for place, block in enumerate(blocks, 1):
        for field, text in _texts(KINDS[block["kind"]].fields, block):
            yield place, field, text


def pictures_of(blocks: Sequence[Mapping[str, Any]]) -> set[str]:
    """Ids of the pictures and films of ours that the blocks show."""
    found: set[str] = set()

    def walk(fields: Sequence[Field], values: Mapping[str, Any]) -> None:
        for field in fields:
            value = values.get(field.name)
            if field.kind == "items":
                for item in value or ():
                    walk(field.fields, item)
            elif field.kind in ("picture", "video") and value and not value.startswith("product:"):
                found.add(value)

    for block in blocks:
        walk(KINDS[block["kind"]].fields, block)
    return found


def _texts(fields: Sequence[Field], values: Mapping[str, Any]) -> Iterator[tuple[Field, Mapping[str, str]]]:
    for field in fields:
        value = values.get(field.name)
        if not value:
            continue
        if field.kind in TEXTS:
            yield field, value
        elif field.kind == "items":
            for item in value:
                yield from _texts(field.fields, item)


def _block(block: Mapping[str, Any]) -> dict[str, Any]:
    kind = KINDS.get(block.get("kind", ""))
    if kind is None:
        raise ValueError(_("there is no kind of block called %(kind)s.") % {"kind": block.get("kind", "–")})
    values = _values(kind.fields, {name: value for name, value in block.items() if name not in ("kind", "id")})
    own = block.get("id", "")
    return {"kind": kind.code, **values} | ({"id": own} if isinstance(own, str) and _ID.fullmatch(own) else {})


def _free_id(wanted: str, place: int, taken: set[str]) -> str:
    if wanted and wanted not in taken:
        return wanted
    while (found := f"b{place}") in taken:
        place += 1
    return found


def _values(fields: Sequence[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(values) - {field.name for field in fields}):
        raise ValueError(_("it has no field %(name)s.") % {"name": unknown[0]})
    made = {}
    for field in fields:
        value = values.get(field.name)
        if value in (None, "", [], {}):
            continue
        cleaned = _items(field, value) if field.kind == "items" else _CHECKS[field.kind](field, value)
        if cleaned not in ("", [], {}):
            made[field.name] = cleaned
    return made


def _items(field: Field, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list | tuple) or len(value) > field.most:
        raise ValueError(_("%(name)s holds at most %(most)s entries.") % {"name": field.name, "most": field.most})
    return [item for item in (_values(field.fields, each) for each in value) if item]


def _text(field: Field, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or set(value) - set(LANGUAGES):
        raise ValueError(_("write %(name)s in the languages of the shop.") % {"name": field.name})
    texts = {code: str(value[code]).replace("\r\n", "\n").replace("\x00", "").strip() for code in value}
    if any(len(text) > LONGEST[field.kind] for text in texts.values()):
        most = LONGEST[field.kind]
        raise ValueError(_("%(name)s is longer than %(most)s letters.") % {"name": field.name, "most": most})
    return {code: texts[code] for code in LANGUAGES if texts.get(code)}


def _picture(field: Field, value: Any) -> str:
    text = str(value).strip()
    if field.kind == "picture" and _PICTURE.fullmatch(text):
        return text
    try:
        return str(UUID(text))
    except ValueError:
        raise ValueError(_("choose a picture from the list, or write product: and its handle.")) from None


def _address(field: Field, value: Any) -> str:
    text = str(value).strip()
    if text and not is_link(text):
        raise ValueError(_("a link is written like category:chairs, page:returns, /search or https://example.com."))
    return text


def _goods(field: Field, value: Any) -> dict[str, Any]:
    (source, wanted), *more = value.items()
    if more:
        raise ValueError(_("choose one source of products."))
    if source == "products":
        return {"products": _handles(field, wanted)}
    if source == "sort" and wanted in SORTS:
        return {source: wanted}
    if source in ("category", "collection", "tag") and isinstance(wanted, str) and wanted.strip():
        return {source: wanted.strip()[:200]}
    raise ValueError(_("products come from a list of handles, a category, a collection or a tag."))


def _handles(field: Field, value: Any) -> list[str]:
    found = [str(each).strip() for each in value if str(each).strip()]
    if len(found) > field.most or not all(_HANDLE.fullmatch(each) for each in found):
        raise ValueError(_("name up to %(most)s products by their handles.") % {"most": field.most})
    return list(dict.fromkeys(found))


def _tags(field: Field, value: Any) -> list[str]:
    return list(dict.fromkeys(str(each).strip()[:120] for each in value if str(each).strip()))[: field.most]


def _choice(field: Field, value: Any) -> str:
    if value not in field.choices:
        raise ValueError(
            _("%(name)s is one of %(choices)s.") % {"name": field.name, "choices": ", ".join(field.choices)}
        )
    return str(value)


def _number(field: Field, value: Any) -> int:
    number = int(value)
    if not 1 <= number <= field.most:
        raise ValueError(_("%(name)s is a number from 1 to %(most)s.") % {"name": field.name, "most": field.most})
    return number


def _code(field: Field, value: Any) -> str:
    text = str(value).strip()
    if not _ID.fullmatch(text):
        raise ValueError(_("%(name)s is a code such as trade-enquiry.") % {"name": field.name})
    return text


_CHECKS: dict[str, Callable[[Field, Any], Any]] = {
    "line": _text, "prose": _text, "picture": _picture, "video": _picture, "address": _address, "goods": _goods,
    "handles": _handles, "tags": _tags, "choice": _choice, "number": _number, "code": _code,
}  # fmt: skip
