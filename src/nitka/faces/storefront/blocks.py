"""Blocks of content as they stand on a page: their goods, pictures and links looked up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from markupsafe import Markup

from nitka.faces.storefront import chosen, structured
from nitka.faces.storefront.leading import lead
from nitka.faces.storefront.product import value_of
from nitka.ground import locale
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.search import queries as search

Block = dict[str, Any]
GOODS = ("products", "comparison")


@dataclass(frozen=True)
class Place:
    """For whom the blocks are drawn: all that may make two visitors see something else."""

    language: str
    market: str
    units: locale.Units
    slug: str


def blocks_part(request: HttpRequest, page: content.PageView) -> dict[str, Any]:
    """What `storefront/blocks/all.html` needs; `questions` is the structured data of all questions on the page."""
    language: str = request.language  # type: ignore[attr-defined]
    place = Place(language, request.market, request.units, page.slug)  # type: ignore[attr-defined]
    drawn = [each for each in (_drawn(block, place) for block in page.blocks) if each is not None]
    return {"blocks": drawn, "questions": _questions(page.blocks), "goods": _names_goods(page.blocks)}


def first_picture(blocks: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The picture that stands for the page where one is wanted: in a list, on a social network."""
    return next((block["picture"] for block in blocks if block.get("picture")), None)


def face(page: content.PageView, language: str, market: str) -> Block | None:
    """The first block with a picture, looked up: what stands for the page elsewhere, as on the front page."""
    place = Place(language, market, "metric", page.slug)
    named = (_drawn(block, place) for block in page.blocks if block.values.get("picture"))
    return next((each for each in named if each and each.get("picture")), None)


def _drawn(block: content.BlockView, place: Place) -> Block | None:
    """The block with everything that it names; None for one whose goods are all gone."""
    values = _item(content.KINDS[block.kind].fields, block.values, place)
    finish = _FINISHED.get(block.kind)
    made = finish(values, place) if finish else values
    return {"kind": block.kind, "id": block.id, **made} if made is not None else None


def _value(field: content.Field, value: Any, place: Place) -> Any:
    if field.kind == "prose":
        return Markup(value)  # noqa: S704 (cleaned by content)
    if field.kind == "address":
        return lead(value, place.language)
    if field.kind == "picture":
        return _of_goods(value, place) if isinstance(value, str) else value
    if field.kind == "items":
        return [_item(field.fields, each, place) for each in value]
    return value


def _item(fields: Sequence[content.Field], values: Mapping[str, Any], place: Place) -> Block:
    made = {each.name: _value(each, values[each.name], place) if values.get(each.name) else "" for each in fields}
    to = made.get("to")
    made["href"], made["to_name"] = to if isinstance(to, tuple) else ("", "")
    return made


def _of_goods(name: str, place: Place) -> Mapping[str, Any] | None:
    """ "product:lind:2": the second picture of that product; "product:lind:room": the one in a room."""
    handle, _colon, number = name.removeprefix("product:").partition(":")
    product_id = catalog.product_by_handle(handle)
    page = product_id and search.product_page_by_id(product_id=product_id, language=place.language, market=place.market)
    pictures = [each for each in page.media if each["kind"] == "picture"] if page else []
    return which(pictures, number)


def which(pictures: Sequence[Mapping[str, Any]], wanted: str) -> Mapping[str, Any] | None:
    """The n-th of a product's pictures, or the one in a room; the first where there is no such picture."""
    first = next(iter(pictures), None)
    if wanted == "room":
        return next((each for each in pictures[1:] if not each["options"]), first)
    number = int(wanted or 1)
    return pictures[number - 1] if 1 <= number <= len(pictures) else first


def _products(block: Block, place: Place) -> Block | None:
    block["cards"] = chosen.cards(block["goods"], block["limit"] or chosen.USUAL, place.language, place.market)
    return block if block["cards"] else None


def _pictures(block: Block, place: Place) -> Block | None:
    block["pictures"] = [each for each in block["pictures"] if each.get("picture")]
    return block if block["pictures"] else None


def _picture(block: Block, place: Place) -> Block | None:
    return block if block.get("picture") else None


def _button(block: Block, place: Place) -> Block | None:
    return block if block["href"] else None


def _video(block: Block, place: Place) -> Block | None:
    block["host"] = urlsplit(block["href"]).hostname or ""
    return block if block.get("video") or block["host"] else None


def _quiz(block: Block, place: Place) -> Block | None:
    block["way"] = reverse("quiz", args=[place.language, place.slug, "-"])[:-1]
    return block


def _comparison(block: Block, place: Place) -> Block | None:
    """A table: one product a column, one attribute a row, where they differ; what only one says stands last."""
    known = catalog.products_by_handle(block["products"])
    ids = [known[handle] for handle in block["products"] if handle in known]
    found = [
        page
        for id_ in ids
        if (page := search.product_page_by_id(product_id=id_, language=place.language, market=place.market))
    ]
    cards = {card.product_id: card for card in search.cards(ids, place.language, place.market)}
    pages = [page for page in found if page.product_id in cards]
    if len(pages) < 2:
        return None
    labels: dict[str, str] = {}
    for page in pages:
        labels.update({each["code"]: each["label"] for each in page.attributes if each["code"] not in labels})
    values = [{each["code"]: value_of(each, place.units, place.language) for each in page.attributes} for page in pages]
    differ = [code for code in labels if len({of_one.get(code) for of_one in values}) > 1]
    codes = sorted(differ, key=lambda code: -sum(code in of_one for of_one in values))
    block["cards"] = [cards[page.product_id] for page in pages]
    block["rows"] = [(labels[code], [of_one.get(code, "–") for of_one in values]) for code in codes]
    block["compare"] = _compare([page.slug for page in pages], place.language)
    return block


def _compare(slugs: Sequence[str], language: str) -> str:
    try:
        return f"{reverse('compare', args=[language])}?{urlencode([('p', slug) for slug in slugs])}"
    except NoReverseMatch:
        return ""


def _newsletter(block: Block, place: Place) -> Block | None:
    block["page"] = place.slug  # so that whoever subscribes here is known to have done so on this page
    return block


def _form(block: Block, place: Place) -> Block | None:
    block["form"] = content.form(block["form"], place.language)
    block["page"] = place.slug
    return block if block["form"] else None


_FINISHED = {
    "form": _form, "newsletter": _newsletter, "products": _products, "gallery": _pictures, "picture": _picture,
    "button": _button, "video": _video, "quiz": _quiz, "comparison": _comparison,
}  # fmt: skip


def _questions(blocks: Sequence[content.BlockView]) -> Markup:
    asked = [each for block in blocks if block.kind == "faq" for each in block.get("items")]
    return structured.faq([(each["question"], each["answer"]) for each in asked])


def _names_goods(blocks: Sequence[content.BlockView]) -> bool:
    """Whether the page shows anything of the catalogue, and is another when that changes."""
    return any(block.kind in GOODS or "product:" in repr(block.values) for block in blocks)
