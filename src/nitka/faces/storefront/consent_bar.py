"""What this browser allows, and the bar that asks for it on every page until it was answered."""

import re
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.http import HttpRequest
from markupsafe import Markup

from nitka.ground.web.pages import render_text
from nitka.people.customers import queries as known

COOKIE = "nitka_consent"
VISITOR = "nitka_visitor"
_VISITOR = re.compile(r"[\w.:-]{8,64}")


@dataclass(frozen=True)
class Standing:
    """What this browser chose, and what it asks of every site by itself."""

    choices: known.Choices
    gpc: bool
    dnt: bool


def standing(request: HttpRequest) -> Standing:
    """What holds for this request; where nothing was chosen nothing is allowed."""
    gpc, dnt = request.headers.get("Sec-GPC") == "1", request.headers.get("DNT") == "1"
    chosen = known.choices_in(request.COOKIES.get(COOKIE, ""))
    if gpc and chosen.advertising:
        chosen = known.Choices(**{**chosen.as_dict(), "advertising": False}, text_version=chosen.text_version)
    return Standing(chosen, gpc, dnt)


def bar(request: HttpRequest, language: str) -> Markup:
    """The bar that asks; without words for who has answered, and on the page that asks the same."""
    here = standing(request)
    if here.choices.answered or request.path_info == f"/{language}/consent":
        return Markup("")
    return _bar(language, here.gpc, here.dnt)


@lru_cache(maxsize=64)
def _bar(language: str, gpc: bool, dnt: bool) -> Markup:
    context = {"language": language, "gpc": gpc, "dnt": dnt, "choices": known.Choices()}
    return Markup(render_text("storefront/parts/consent.html", context))  # noqa: S704


def visitor_of(request: HttpRequest) -> str:
    """The number that this device goes by, or ""."""
    number = request.COOKIES.get(VISITOR, "")
    return number if _VISITOR.fullmatch(number) else ""


def device_of(request: HttpRequest) -> UUID | None:
    """The evidence id of this device, where it may be known."""
    number = visitor_of(request)
    return known.evidence_id("device", number) if number else None
