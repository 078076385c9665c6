"""The kinds of blocks as data: the door checks by it, the editor draws its forms from it, pages render it.

A block is {"kind", "id", field: value}. How a value of each field kind is written:

    line    {language: text}
    prose   {language: text in Markdown}
    picture the id of a content picture, or "product:<handle>" for a product's picture, "product:<handle>:<n>" for its
            n-th and "product:<handle>:room" for the one that stands for all its colours
    video   the id of a content film
    address where a link leads: see links.py
    goods   {"products": [handle, …]} | {"category": handle} | {"collection": handle} | {"tag": tag} | {"sort": "new"}
    handles [product handle, …]
    tags    [tag or "attribute:value", …]
    choice  one of `choices`; the first unless said
    number  a whole number from 1 to `most`
    code    a code of ours, such as that of a form
    items   [{field: value}, …]
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

TEXTS = ("line", "prose")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a block. `needed`: without it (in a language, for a text) the block or item is not shown."""

    name: str
    kind: str = "line"
    needed: bool = False
    choices: tuple[str, ...] = ()
    fields: tuple["Field", ...] = ()
    most: int = 24


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of block."""

    code: str
    fields: tuple[Field, ...]


_TITLE, _TEXT, _LIMIT = Field("title"), Field("text", "prose"), Field("limit", "number")
_PICTURE, _TO, _GOODS = Field("picture", "picture"), Field("to", "address"), Field("goods", "goods")
_BUTTON = (Field("label"), _TO)
_SHOWN = (Field("picture", "picture", needed=True), Field("caption"))
_CELL = (_PICTURE, _TITLE, _TEXT, *_BUTTON)
_ASKED = (Field("question", needed=True), Field("answer", "prose", needed=True))
_ANSWER = (Field("text", needed=True), Field("tags", "tags"))
_QUESTION = (Field("text", needed=True), Field("answers", "items", needed=True, fields=_ANSWER, most=8))

_ALL = (
    Kind("hero", (Field("title", needed=True), _TEXT, *_BUTTON, _PICTURE,
                  Field("side", "choice", choices=("right", "left", "behind")))),
    Kind("text", (_TITLE, Field("text", "prose", needed=True))),
    Kind("picture", (*_SHOWN, _TO, Field("width", "choice", choices=("text", "wide")))),
    Kind("gallery", (_TITLE, Field("pictures", "items", needed=True, fields=_SHOWN))),
    Kind("video", (_TITLE, Field("video", "video"), _TO, _PICTURE, Field("caption"))),
    Kind("products", (_TITLE, _TEXT, Field("goods", "goods", needed=True), _LIMIT, *_BUTTON)),
    Kind("comparison", (_TITLE, _TEXT, Field("products", "handles", needed=True, most=4))),
    Kind("quiz", (Field("title", needed=True), _TEXT,
                  Field("questions", "items", needed=True, fields=_QUESTION, most=8), _GOODS, _LIMIT)),
    Kind("faq", (_TITLE, Field("items", "items", needed=True, fields=_ASKED, most=60))),
    Kind("quote", (Field("text", needed=True), Field("who"), Field("role"), _PICTURE)),
    Kind("button", (Field("label", needed=True), Field("to", "address", needed=True),
                    Field("look", "choice", choices=("strong", "quiet")))),
    Kind("columns", (_TITLE, Field("columns", "items", needed=True, fields=_CELL, most=4))),
    Kind("newsletter", (Field("title", needed=True), _TEXT)),
    Kind("form", (_TITLE, _TEXT, Field("form", "code", needed=True))),
)  # fmt: skip
KINDS: Mapping[str, Kind] = MappingProxyType({kind.code: kind for kind in _ALL})
