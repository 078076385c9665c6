"""A quiz that ends in goods: one page a question, each answer a link, so it needs no JavaScript and no cookie."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from markupsafe import Markup

from nitka.faces.storefront import chosen, happenings, structured
from nitka.faces.storefront.leading import page_path
from nitka.faces.storefront.page import show
from nitka.ground.web.public import public_page
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.search import queries as search

MOST_CANDIDATES = 2000


@public_page("a", shows=("all", "product:", "@index"))
def quiz(request: HttpRequest, language: str, slug: str, block_id: str) -> HttpResponse:
    """The next question after the answers of the address (`a`, their numbers in order), or what fits them."""
    page = content.page(slug, language)
    block = next((each for each in page.blocks if each.id == block_id and each.kind == "quiz"), None) if page else None
    if page is None or block is None:
        raise Http404
    questions = block.get("questions")
    picks = _picks(request.GET.getlist("a"), questions)
    back = f"?{_query(picks[:-1])}" if picks else page_path(page, language)
    context: dict[str, Any] = {
        "quiz": block.values,
        "text": Markup(block.get("text")),  # noqa: S704 (cleaned by content)
        "trail": [structured.start(language), (page.title, page_path(page, language)), (block.get("title"), "")],
        "place": len(picks) + 1,
        "count": len(questions),
        "back": back if len(picks) != 1 else request.path,
        "again": request.path,
        "question": None,
        "cards": [],
        "reasons": {},
        "happened": "",
    }
    if len(picks) < len(questions):
        asked = questions[len(picks)]
        ways = [(each["text"], f"?{_query([*picks, number])}") for number, each in enumerate(asked["answers"])]
        context |= {"question": asked["text"], "answers": ways}
    else:
        market: str = request.market  # type: ignore[attr-defined]
        answers = [question["answers"][pick] for question, pick in zip(questions, picks, strict=True)]
        cards, reasons = fitting(block.values, answers, language, market)
        context |= {"cards": cards, "reasons": reasons}
        context["happened"] = happenings.list_viewed(f"quiz:{slug}:{block_id}", block.get("title"), cards, language)
    return show(request, "storefront/quiz.html", context)


def fitting(
    quiz: Mapping[str, Any], answers: Sequence[Mapping[str, Any]], language: str, market: str
) -> tuple[list[search.Card], dict[str, str]]:
    """The goods that fit most answers, those of the quiz's own order first among equals; product → why."""
    pool = chosen.ids(quiz.get("goods") or {})[:MOST_CANDIDATES]
    place = {id_: number for number, id_ in enumerate(pool)}
    rows = catalog.product_rows(status="published").filter(id__in=pool)
    fits: dict[Any, list[str]] = {}
    for id_, tags, attributes, options in rows.values_list("id", "tags", "attributes", "options"):
        marks = _marks(tags, attributes, options)
        fits[id_] = [answer["text"] for answer in answers if marks & set(answer.get("tags") or ())]
    best = sorted((id_ for id_ in fits if fits[id_]), key=lambda id_: (-len(fits[id_]), place[id_]))
    limit = quiz.get("limit") or chosen.USUAL
    sold = [each for each in search.cards(best[: limit * 4], language, market) if each.price_minor is not None]
    cards = sold[:limit]
    return cards, {str(card.product_id): _because(fits[card.product_id], language) for card in cards}


def _because(texts: Sequence[str], language: str) -> str:
    return _("Because you said: %(answers)s") % {"answers": " · ".join(texts)}


def _marks(tags: Sequence[str], attributes: Mapping[str, Any], options: Sequence[Mapping[str, Any]]) -> set[str]:
    """What an answer may ask of goods: "mended", "material:oak", "seats:3", and option values such as "wood:ash"."""
    marks = set(tags)
    for code, value in attributes.items():
        values = value if isinstance(value, list) else [value]
        marks |= {f"{code}:{str(each).lower() if isinstance(each, bool) else each}" for each in values}
    return marks | {f"{option['code']}:{value['code']}" for option in options for value in option["values"]}


def _picks(raw: Sequence[str], questions: Sequence[Mapping[str, Any]]) -> list[int]:
    """The answers so far; the first that is none ends them."""
    picks: list[int] = []
    for text, question in zip(raw, questions, strict=False):
        if not (text.isascii() and text.isdigit() and len(text) < 3 and int(text) < len(question["answers"])):
            break
        picks.append(int(text))
    return picks


def _query(picks: Sequence[int]) -> str:
    return "&".join(f"a={pick}" for pick in picks)
