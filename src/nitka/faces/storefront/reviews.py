"""What others say of a product, in words: the part of its page, and what search engines read of it.

All of it stands in the product's own row, so its page asks nothing more; nothing in it is about who looks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from nitka.ground import locale
from nitka.shelf.search.queries import ProductPage

# Five stars side by side in a box of 50 to 10.
_STAR = "M5 .6 6.4 3.6 9.7 4 7.300 6.300 7.900 9.600 5 8 2.100 9.600 2.700 6.300 .3 4 3.600 3.600z"
_STARS = "".join(
    f'<path transform="translate({10 * place})" d="{_STAR}"/>' for place in range(5)
)  # fmt: skip


@dataclass(frozen=True)
class ReviewShown:
    """A review in words. `tongue` names its language where the reader's is another one; then `own` may be title and
    paragraphs in the reader's, made by a program."""

    id: str
    rating: int
    stars: Markup
    title: str
    paragraphs: Sequence[str]
    language: str
    tongue: str
    name: str
    day: str
    verified: bool
    aspects: Sequence[tuple[str, int]]
    pictures: Sequence[Mapping[str, Any]]
    helped: str
    answer: Sequence[str]
    answered: str
    own: tuple[str, Sequence[str]] | None


@dataclass(frozen=True)
class QuestionShown:
    """A question with its answers: (whose, paragraphs, day)."""

    id: str
    paragraphs: Sequence[str]
    language: str
    tongue: str
    asked: str
    answers: Sequence[tuple[str, Sequence[str], str]]


@dataclass(frozen=True)
class RatingShown:
    """All reviews together. `bars` are (stars, count, share in per cent, address), dearest first."""

    count: int
    mean: str
    stars: Markup
    counted: str
    bars: Sequence[tuple[int, str, int, str]]
    aspects: Sequence[tuple[str, str, int]]
    topics: Sequence[tuple[str, int, str]]
    verified: str


def reviews_part(product: ProductPage, language: str) -> dict[str, Any]:
    """What the templates `product/_rating.html`, `_reviews.html` and `_questions.html` show."""
    path = f"/{language}/p/{product.slug}/"
    said = product.opinions
    names = aspect_names(product)
    return {
        "reviews_path": path + "reviews", "questions_path": path + "questions", "write_path": path + "review",
        "ask_path": path + "ask", "product_path": path,
        "rating": rating(said, language, path + "reviews"),
        "reviews": [review(each, language, names) for each in said["reviews"]] if said else [],
        "questions": [question(each, language) for each in said["questions"]] if said else [],
        "questions_in_all": said["asked"] if said else 0,
    }  # fmt: skip


def aspect_names(product: ProductPage) -> dict[str, str]:
    """Code → name of what is rated beside the stars."""
    return {code: name for code, name, _mean, _count in product.opinions["aspects"]} if product.opinions else {}


def rating(said: Mapping[str, Any] | None, language: str, path: str) -> RatingShown | None:
    """All reviews together; None without one."""
    if not said or not said["count"]:
        return None
    count = said["count"]
    return RatingShown(
        count=count,
        mean=mean_text(said["mean"], language),
        stars=stars(said["mean"]),
        counted=counted(count, language),
        bars=[
            (n, locale.format_number(said["stars"][n - 1], language), round(100 * said["stars"][n - 1] / count),
             f"{path}?stars={n}")
            for n in range(5, 0, -1)
        ],
        aspects=[(name, mean_text(mean, language), round(mean / 5)) for _code, name, mean, _n in said["aspects"]],
        topics=[(words, n, f"{path}?topic={key.replace(' ', '+')}") for key, words, n in said["topics"]],
        verified=_bought(said["verified"], language) if said["verified"] else "",
    )  # fmt: skip


def mean_text(hundredths: int, language: str) -> str:
    """4.37 as people say it: one decimal."""
    tenths = (hundredths + 5) // 10
    return locale.format_number(tenths / 10, language)


def counted(count: int, language: str) -> str:
    return ngettext("%(n)s review", "%(n)s reviews", count) % {"n": locale.format_number(count, language)}


def _bought(count: int, language: str) -> str:
    words = ngettext("%(n)s of them by who bought it here", "%(n)s of them by people who bought it here", count)
    return words % {"n": locale.format_number(count, language)}


@lru_cache(maxsize=512)
def stars(hundredths: int) -> Markup:
    """Five stars, filled from the left; said to no screen reader, for the number stands beside it."""
    width = min(max((hundredths + 5) // 10, 0), 50)
    drawn = (
        f'<svg class="stars" viewBox="0 0 50 10" aria-hidden="true"><g class="off">{_STARS}</g>'
        f'<svg width="{width}" height="10" viewBox="0 0 {width} 10" overflow="hidden">{_STARS}</svg></svg>'
    )
    return Markup(drawn)  # noqa: S704 (numbers and our own path)


def rated(given: Sequence[int], home: str) -> Markup:
    """The stars of a card as a number beside one star; `given` is (mean in hundredths, how many)."""
    return _rated(given[0], given[1], home.strip("/"))


@lru_cache(maxsize=8192)
def _rated(mean: int, count: int, language: str) -> Markup:
    spoken = _("%(mean)s of 5 stars, %(count)s") % {
        "mean": mean_text(mean, language), "count": counted(count, language),
    }  # fmt: skip
    return Markup(
        '<p class="rated"><svg viewBox="0 0 10 10" aria-hidden="true"><path d="%s"/></svg>'
        '<span aria-hidden="true">%s <small>(%s)</small></span><span class="spoken">%s</span></p>'
    ) % (_STAR, mean_text(mean, language), locale.format_number(count, language), spoken)


def review(said: Mapping[str, Any], language: str, names: Mapping[str, str]) -> ReviewShown:
    """One review; `said` is a row's or `dataclasses.asdict` of a view."""
    return ReviewShown(
        id=str(said["id"]), rating=said["rating"], stars=stars(100 * said["rating"]), title=said["title"],
        paragraphs=_paragraphs(said["body"]), language=said["language"], tongue=_tongue(said["language"], language),
        name=said["nickname"] or _("A customer"), day=_day(said["created_at"], language), verified=said["verified"],
        aspects=[(names[code], value) for code, value in said["aspects"].items() if code in names],
        pictures=said["pictures"], helped=_helped(said["helpful"], language), answer=_paragraphs(said["answer"]),
        answered=_day(said["answered_at"], language) if said["answered_at"] else "", own=_own(said, language),
    )  # fmt: skip


def _own(said: Mapping[str, Any], language: str) -> tuple[str, Sequence[str]] | None:
    """The reader's language, where it is not the writer's and somebody translated; rows of before know of none."""
    found = (said.get("translations") or {}).get(language) if said["language"] != language else None
    return (found["title"], _paragraphs(found["body"])) if found else None


def question(said: Mapping[str, Any], language: str) -> QuestionShown:
    """One question with its answers."""
    return QuestionShown(
        id=str(said["id"]), paragraphs=_paragraphs(said["body"]), language=said["language"],
        tongue=_tongue(said["language"], language),
        asked=_("%(name)s asked on %(day)s") % {
            "name": said["nickname"] or _("A customer"), "day": _day(said["created_at"], language),
        },
        answers=[
            (_answerer(each), _paragraphs(each["body"]), _day(each["created_at"], language))
            for each in said["answers"]
        ],
    )  # fmt: skip


def _answerer(answer: Mapping[str, Any]) -> str:
    if answer["by"] == "shop":
        return _("Answer of the shop")
    return _("%(name)s, who bought it") % {"name": answer["nickname"] or _("A customer")}


def _helped(count: int, language: str) -> str:
    if not count:
        return ""
    words = ngettext("Helped %(n)s person", "Helped %(n)s people", count)
    return words % {"n": locale.format_number(count, language)}


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _tongue(spoken: str, language: str) -> str:
    return "" if spoken == language else locale.LANGUAGE_NAMES.get(spoken, spoken)


def _day(moment: str | datetime, language: str) -> str:
    at = parse_datetime(moment) if isinstance(moment, str) else moment
    return locale.format_date(at.date(), language, "medium") if at else ""


def reviews_structured(product: ProductPage) -> dict[str, Any]:
    """`aggregateRating` and `review` for the Product of JSON-LD; empty without a review."""
    said = product.opinions
    if not said or not said["count"]:
        return {}
    value = f"{said['mean'] // 100}.{said['mean'] % 100:02d}"
    return {
        "aggregateRating": {
            "@type": "AggregateRating", "ratingValue": value, "reviewCount": said["count"], "bestRating": 5,
            "worstRating": 1,
        },
        "review": [_structured(each) for each in said["reviews"]],
    }  # fmt: skip


def _structured(said: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        "@type": "Review",
        "author": {"@type": "Person", "name": said["nickname"] or _("A customer")},
        "datePublished": str(said["created_at"])[:10],
        "inLanguage": said["language"],
        "reviewBody": said["body"],
        "reviewRating": {"@type": "Rating", "ratingValue": said["rating"], "bestRating": 5, "worstRating": 1},
    }
    return found | ({"name": said["title"]} if said["title"] else {})
