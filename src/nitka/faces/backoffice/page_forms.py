"""The editor's form, read without a line of JavaScript.

The form carries the whole page in all languages as JSON (`document`) and shows the fields of one language. Each press
of a button first takes the shown fields into the document, then does what the button says; nothing is kept until the
button is one that saves.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from nitka.ground.ids import new_token
from nitka.shelf.content.queries import KINDS, Document, Field, Kind

Values = dict[str, Any]
Posted = Mapping[str, str]
TEXTS = ("title", "description", "slugs")


@dataclass
class Sheet:
    """A page while it is written. `focus` is the part where the cursor shall stand.

    `begun` is the version it was opened with, `key` the name of this one open form; `over` is the version of somebody
    else's over which it was about to be saved.
    """

    document: Values
    language: str
    focus: str = ""
    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)
    pictures: list[tuple[str, Any]] = field(default_factory=list)  # (path of the field, uploaded file)
    begun: int = 0
    over: int = 0
    key: str = field(default_factory=new_token)


def sheet_of(document: Document, language: str) -> Sheet:
    """A saved page, opened; one text in Markdown opens as a block of text."""
    values = document.as_json()
    if not values["blocks"] and values["body"]:
        values["blocks"] = [{"kind": "text", "id": "b1", "text": dict(values["body"])}]
    return Sheet(document=values | {"body": {}}, language=language)


def read(request: HttpRequest, fallback: Sheet) -> Sheet:
    """What was posted: the document with the fields of the language that was shown."""
    posted: Posted = request.POST  # type: ignore[assignment]
    values = {**fallback.document, **_document(posted.get("document", ""), fallback.kinds)}
    sheet = Sheet(document=values, language=fallback.language, kinds=fallback.kinds)
    sheet.key = posted.get("key", "")[:60] or sheet.key
    begun = posted.get("begun", "")
    sheet.begun = int(begun) if begun.isdecimal() and len(begun) < 9 else 0
    for name in TEXTS:
        values[name] = _with(values.get(name), sheet.language, posted.get(f"f.{name}"))
    if "f.shown" in posted:
        others = [code for code in values.get("published", ()) if code != sheet.language]
        values["published"] = others + ([sheet.language] if posted.get("f.published") else [])
    for place, block in enumerate(values["blocks"]):
        _take(sheet.kinds[block["kind"]].fields, block, f"b{place}", posted, sheet)
    for name, file in request.FILES.items():
        sheet.pictures.append((name.removesuffix(".file"), file))
    return sheet


def _document(text: str, kinds: Mapping[str, Kind]) -> Values:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    blocks = [
        each for each in _sound(found.get("blocks")) if isinstance(each.get("kind"), str) and each["kind"] in kinds
    ]
    names = {name: found.get(name) or {} for name in TEXTS}
    published = [each for each in found.get("published") or () if isinstance(each, str)]
    return {**names, "blocks": blocks, "published": published, "body": {}}


def _sound(items: Any) -> list[Values]:
    """The entries of a list that are what a form makes them; what somebody else made of it is left out."""
    return [each for each in items if isinstance(each, dict)] if isinstance(items, list) else []


def _take(fields: Sequence[Field], values: Values, path: str, posted: Posted, sheet: Sheet) -> None:
    for each in fields:
        name = f"{path}.{each.name}"
        if each.kind == "items":
            if each.name in values:
                values[each.name] = _sound(values[each.name])
            for place, item in enumerate(values.get(each.name) or ()):
                _take(each.fields, item, f"{name}.{place}", posted, sheet)
        elif name in posted or f"{name}.source" in posted:
            read_one = _READ.get(each.kind, _plain)
            values[each.name] = read_one(values.get(each.name), name, posted, sheet.language)


def _with(texts: Any, language: str, text: str | None) -> dict[str, str]:
    known = dict(texts) if isinstance(texts, dict) else {}
    if text is not None:
        known[language] = text.replace("\r\n", "\n").strip()
    return {code: each for code, each in known.items() if each}


def _text(value: Any, name: str, posted: Posted, language: str) -> Any:
    return _with(value, language, posted[name])


def _plain(value: Any, name: str, posted: Posted, language: str) -> Any:
    return posted[name].strip()


def _picture(value: Any, name: str, posted: Posted, language: str) -> Any:
    product = posted.get(f"{name}.product", "").strip()
    return f"product:{product}" if product and not posted[name] else posted[name]


def _list(value: Any, name: str, posted: Posted, language: str) -> list[str]:
    return _split(f"{posted[name]},{posted.get(f'{name}.add', '')}")


def _goods(value: Any, name: str, posted: Posted, language: str) -> Any:
    source, wanted = posted[f"{name}.source"], posted.get(f"{name}.value", "").strip()
    more = posted.get(f"{name}.add", "").strip()
    if source == "products":
        handles = _split(f"{wanted},{more}")
        return {"products": handles} if handles else {}
    return {source: wanted} if wanted else {}


def _split(text: str) -> list[str]:
    return [each.strip() for each in text.replace("\n", ",").split(",") if each.strip()]


_READ: dict[str, Callable[[Any, str, Posted, str], Any]] = {
    "line": _text, "prose": _text, "picture": _picture, "video": _picture, "handles": _list, "tags": _list,
    "goods": _goods,
}  # fmt: skip


def change(sheet: Sheet, deed: str) -> bool:
    """Do what a button of the form says: "up b2", "add text b2", "more b2.items". False for a button that is none."""
    verb, *parts = deed.split(" ")
    try:
        if verb == "add":
            _add(sheet, *parts)
        elif verb == "more":
            _more(sheet, parts[0])
        elif verb in ("up", "down", "remove"):
            _move(sheet, verb, parts[0])
        else:
            return False
    except (KeyError, IndexError, ValueError, TypeError):
        pass  # a page that was changed in another window: nothing is where the button thought it was
    return True


def put(sheet: Sheet, path: str, value: Any) -> None:
    """Put a value where a path says, such as the picture that was uploaded for it."""
    rows, place, name = _holder(sheet, path)
    rows[place][name] = value


def _add(sheet: Sheet, kind: str, after: str = "") -> None:
    if kind not in sheet.kinds:
        return
    blocks = sheet.document["blocks"]
    place = int(after[1:]) + 1 if after else len(blocks)
    blank: Values = {each.name: [{}] for each in sheet.kinds[kind].fields if each.kind == "items"}
    blocks.insert(place, {"kind": kind, **blank})
    sheet.focus = f"b{place}"


def _more(sheet: Sheet, path: str) -> None:
    rows, place, name = _holder(sheet, path)
    items = rows[place].setdefault(name, [])
    items.append({})
    sheet.focus = f"{path}.{len(items) - 1}"


def _move(sheet: Sheet, verb: str, path: str) -> None:
    rows, place = _row(sheet, path)
    if verb == "remove":
        del rows[place]
        goal = max(0, min(place, len(rows) - 1))
    else:
        goal = place + (1 if verb == "down" else -1)
        if not 0 <= goal < len(rows):
            goal = place
        rows[place], rows[goal] = rows[goal], rows[place]
    start, dot, _last = path.rpartition(".")
    sheet.focus = f"{start}.{goal}" if dot else f"b{goal}"


def _row(sheet: Sheet, path: str) -> tuple[list[Values], int]:
    """The list and the place in it of "b2" or "b2.questions.0"."""
    first, *rest = path[1:].split(".")
    rows, place = sheet.document["blocks"], int(first)
    for name, number in zip(rest[::2], rest[1::2], strict=True):
        rows, place = rows[place][name], int(number)
    return rows, place


def _holder(sheet: Sheet, path: str) -> tuple[list[Values], int, str]:
    start, _dot, name = path.rpartition(".")
    rows, place = _row(sheet, start)
    return rows, place, name


def without_holes(document: Mapping[str, Any]) -> Values:
    """The document without entries that were added and left empty."""
    return {**document, "blocks": [_filled(block) for block in document["blocks"]]}


def _filled(values: Values) -> Values:
    made = {}
    for name, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value = [each for each in (_filled(item) for item in value) if each]
        if value not in ("", {}, [], None):
            made[name] = value
    return made
