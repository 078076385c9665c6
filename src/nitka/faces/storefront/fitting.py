"""Will it fit? The measures of a place against those of each variant, in the customer's units."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nitka.faces.storefront.parts import part_or_page
from nitka.ground import locale
from nitka.shelf.search import queries as search

SIDES = ("width", "depth", "height")
IN_MM = {"metric": Decimal(10), "imperial": Decimal("25.4")}
# Nobody measures a place of a kilometre; a longer number is a slip of the hand.
MOST = Decimal(100_000)


@dataclass(frozen=True)
class Answer:
    """What is said of the variants of one size. `fits` is None where nothing can be said."""

    names: str
    fits: bool | None
    words: str


def unit_word(units: locale.Units) -> str:
    """The unit that places are asked in."""
    return _("inches") if units == "imperial" else _("cm")


def asked_of(found: search.ProductPage) -> bool:
    """Whether the question makes sense: something on sale has a measure."""
    return any(side for each in found.variants for side in each.dimensions_mm)


@require_safe
def fit(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The answer: a part of the product's page for htmx, else a page of its own."""
    units: locale.Units = request.units  # type: ignore[attr-defined]
    found = search.product_page(slug=slug, language=language, market=request.market)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    given = {side: request.GET.get(side, "").strip()[:12] for side in SIDES}
    place = {side: _millimetres(text, units) for side, text in given.items()}
    context = {
        "product": found, "given": given, "fit_unit": unit_word(units),
        "wrong": [side for side, text in given.items() if text and place[side] is None],
        "answers": answers(found, place, units, language) if any(place.values()) else [],
        "path": f"/{language}/p/{found.slug}/",
    }  # fmt: skip
    return part_or_page(request, "storefront/product/_fit_answer.html", "storefront/product/fit.html", context)


def _millimetres(text: str, units: locale.Units) -> Decimal | None:
    """What was typed, with a point or a comma, as millimetres; None for what is no length."""
    try:
        number = Decimal(text.replace(",", ".").replace("\u00a0", "").replace(" ", ""))
    except InvalidOperation:
        return None
    return number * IN_MM[units] if number.is_finite() and 0 < number < MOST else None


def answers(
    found: search.ProductPage, place: dict[str, Decimal | None], units: locale.Units, language: str
) -> list[Answer]:
    """An answer for each size; variants of one size share it."""
    sizes: dict[tuple[int | None, ...], list[str]] = {}
    for each in found.variants:
        sizes.setdefault(tuple(each.dimensions_mm), []).append(each.option_text or found.title)
    return [_answer(sides, names, len(sizes) == 1, place, units, language) for sides, names in sizes.items()]


def _answer(
    sides: tuple[int | None, ...], names: Sequence[str], only: bool, place: dict[str, Decimal | None],
    units: locale.Units, language: str,
) -> Answer:  # fmt: skip
    name = "" if only else " · ".join(dict.fromkeys(names))
    # Variants without measures have no sides at all.
    goods = dict(zip(SIDES, (*sides, None, None, None)[:3], strict=True))
    asked = {side: room for side, room in place.items() if room is not None and goods[side]}
    if not asked:
        return Answer(name, None, _("This measure is not known. Please ask us, we will look."))
    straight = _spare(goods, place)
    turned = _spare({**goods, "width": goods["depth"], "depth": goods["width"]}, place)
    if all(spare >= 0 for spare in straight.values()):
        return Answer(name, True, _("It fits: %(left)s.") % {"left": _left(straight, units, language)})
    if len(turned) == len(straight) and all(spare >= 0 for spare in turned.values()):
        left = _left(turned, units, language)
        return Answer(name, True, _("It fits when turned by a quarter: %(left)s.") % {"left": left})
    return Answer(name, False, _("It does not fit: %(missing)s.") % {"missing": _missing(straight, units, language)})


def _spare(goods: dict[str, int | None], place: dict[str, Decimal | None]) -> dict[str, Decimal]:
    """How much of the place is left on each side that is known of both."""
    spare = {}
    for side in SIDES:
        length, room = goods[side], place[side]
        if length and room is not None:
            spare[side] = room - length
    return spare


def _left(spare: dict[str, Decimal], units: locale.Units, language: str) -> str:
    words = {
        "width": _("%(length)s to spare in width"), "depth": _("%(length)s to spare in depth"),
        "height": _("%(length)s to spare in height"),
    }  # fmt: skip
    return _listed([words[side] % {"length": _length(left, units, language)} for side, left in spare.items()])


def _missing(spare: dict[str, Decimal], units: locale.Units, language: str) -> str:
    words = {
        "width": _("%(length)s too wide"), "depth": _("%(length)s too deep"), "height": _("%(length)s too high"),
    }  # fmt: skip
    return _listed([
        words[side] % {"length": _length(-left, units, language)} for side, left in spare.items() if left < 0
    ])  # fmt: skip


def _length(millimetres: Decimal, units: locale.Units, language: str) -> str:
    return locale.length(float(millimetres), units, language)


def _listed(parts: Sequence[str]) -> str:
    return ", ".join(parts)
