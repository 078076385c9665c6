"""How the price of a variant went: a line for the eyes, the same in words for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nitka.faces.storefront.parts import part_or_page
from nitka.ground import locale
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.search import queries as search

# The drawing's own units; the browser stretches them.
WIDTH, HEIGHT, EDGE = 600, 140, 12


@dataclass(frozen=True)
class Line:
    """A path of steps, where the last days begin, and where their lowest price was first asked."""

    path: str
    recent_x: float
    recent_width: float
    lowest_x: float
    lowest_y: float


@require_safe
def prices(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The last 90 days of the variant that `?variant=` names: a part of a page for htmx, else a page."""
    market: str = request.market  # type: ignore[attr-defined]
    found = search.product_page(slug=slug, language=language, market=market)
    if found is None:
        raise Http404
    wanted = request.GET.get("variant", "")
    sold = [each for each in found.variants if each.price_minor is not None]
    variant = next((each for each in sold if each.sku == wanted), sold[0] if sold else None)
    if variant is None:
        raise Http404
    course = pricing.course(UUID(variant.id), market)
    context = {
        "product": found, "variant": variant, "path": f"/{language}/p/{found.slug}/",
        "words": _words(course, found.currency, language),
        "line": line_of(course) if len(course.steps) > 1 else None,
        "steps": _said(course, found.currency, language),
        "first": _day(course.since, language), "last": _day(course.until, language),
        "size": (WIDTH, HEIGHT),
    }  # fmt: skip
    return part_or_page(request, "storefront/product/_prices.html", "storefront/product/prices.html", context)


def line_of(course: pricing.Course) -> Line:
    """The steps as a path; the dearest price is at the top, the cheapest at the bottom."""
    known = [step.minor for step in course.steps if step.minor is not None]
    low, high = min(known, default=0), max(known, default=0)
    length = (course.until - course.since).total_seconds()

    def x(at: datetime) -> float:
        return round(EDGE + (at - course.since).total_seconds() / length * (WIDTH - 2 * EDGE), 1)

    def y(minor: int) -> float:
        return round(EDGE + (high - minor) / ((high - low) or 1) * (HEIGHT - 2 * EDGE), 1)

    parts, drawing = [], False
    ends = [*(step.at for step in course.steps[1:]), course.until]
    for step, end in zip(course.steps, ends, strict=True):
        if step.minor is not None:
            parts.append(f"{'L' if drawing else 'M'}{x(step.at)} {y(step.minor)}H{x(end)}")
        drawing = step.minor is not None
    recent = round(x(course.until) - (WIDTH - 2 * EDGE) * course.lowest_days / (length / 86_400), 1)
    lowest = (0.0, 0.0)
    if course.lowest_minor is not None and course.lowest_at is not None:
        lowest = x(course.lowest_at), y(course.lowest_minor)
    return Line("".join(parts), recent, round(WIDTH - EDGE - recent, 1), *lowest)


def _words(course: pricing.Course, currency: str, language: str) -> str:
    """The whole of it in one sentence or two."""
    if course.lowest_minor is None or course.lowest_at is None:
        return _("There is no price of these days to tell of.")
    lowest = locale.format_money(course.lowest_minor, currency, language)
    if len({step.minor for step in course.steps}) == 1:
        return _("The price has been %(price)s since %(day)s.") % {
            "price": lowest, "day": _day(course.steps[0].at, language),
        }  # fmt: skip
    return _("The lowest price of the last %(n)d days was %(price)s, from %(day)s on.") % {
        "n": course.lowest_days, "price": lowest, "day": _day(course.lowest_at, language),
    }  # fmt: skip


def _said(course: pricing.Course, currency: str, language: str) -> Sequence[tuple[str, str]]:
    """Every step as (day, price), the newest first."""
    return [
        (
            _day(step.at, language),
            locale.format_money(step.minor, currency, language) if step.minor is not None else _("not sold"),
        )
        for step in reversed(course.steps)
    ]


def _day(at: datetime, language: str) -> str:
    return locale.format_date(at.date(), language, "medium")
