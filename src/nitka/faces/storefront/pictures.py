"""Pictures as HTML: a `<picture>` with its blurred ghost, made once for each picture and place.

Lists show the same pictures again and again and a picture's files never change (their names are made of their
content), so the element is kept; that is worth a third of a category page.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from nitka.faces.storefront.colours import hex_of
from nitka.faces.storefront.reviews import rated
from nitka.ground import locale

__all__ = ["hex_of", "largest", "picture", "rated", "second", "smallest", "swatch", "unit_word"]

NOTHING = Markup()
_WHOLE = Markup(' class="whole"')

# How wide a picture is drawn, for the browser to choose a file by.
SIZES = {
    "card": "(min-width: 80rem) 18rem, (min-width: 48rem) 30vw, 46vw",
    "room": "(min-width: 64rem) 14vw, (min-width: 48rem) 30vw, 46vw",
    "wide": "(min-width: 48rem) 46vw, 100vw",
    "scene": "(min-width: 64rem) 55vw, 100vw",
    "slide": "(min-width: 60rem) 50vw, 100vw",
}


GOODS = ("card", "slide")  # where the thing itself is looked at, and nothing of it may be cut away
MOST_CUT = 1.1  # a picture so much longer than wide, or wider than long, still fills its square

_drawn: dict[tuple[str, ...], Markup] = {}
MOST_DRAWN = 20_000


def picture(image: Mapping[str, Any] | None, place: str, alt: str = "", loading: str = "lazy") -> Markup:
    """`loading`: lazy, eager, or first (fetched before all others)."""
    if not image:
        return NOTHING
    key = (image["src"], image["srcset"] or "", place, alt, loading)
    found = _drawn.get(key)
    if found is None:
        if len(_drawn) >= MOST_DRAWN:
            _drawn.clear()
        found = _drawn[key] = _draw(image, place, alt, loading)
    return found


def _draw(image: Mapping[str, Any], place: str, alt: str, loading: str) -> Markup:
    whole, sizes = place in GOODS and is_long(image), SIZES[place]
    ghost = "" if whole else image["placeholder"]
    behind = Markup('<img class="ghost" src="%s" alt="" aria-hidden="true">') % ghost if ghost else NOTHING
    offers = NOTHING.join(
        Markup('<source type="%s" srcset="%s" sizes="%s">') % (mime, srcset, sizes) for mime, srcset in image["sources"]
    )
    how = {"lazy": Markup(' loading="lazy"'), "first": Markup(' fetchpriority="high"')}.get(loading, NOTHING)
    shown = Markup('<img%s src="%s" width="%s" height="%s" alt="%s"%s decoding="async">') % (
        _WHOLE if whole else NOTHING, image["src"], image["width"] or 1200, image["height"] or 1200, alt, how,
    )  # fmt: skip
    return behind + Markup("<picture>") + offers + shown + Markup("</picture>")


def is_long(image: Mapping[str, Any]) -> bool:
    """Whether a square would cut much of it away. On one with an outline measures are drawn, for the square."""
    sides = sorted((image["width"] or 1, image["height"] or 1))
    return sides[1] > MOST_CUT * sides[0] and not image.get("outline")


def second(image: Mapping[str, Any] | None) -> Markup:
    """The picture under the pointer."""
    return _second(image["src"], image["srcset"] or "", is_long(image)) if image else NOTHING


@lru_cache(maxsize=4096)
def _second(src: str, srcset: str, whole: bool) -> Markup:
    offers = Markup(' srcset="%s" sizes="%s"') % (srcset, SIZES["card"]) if srcset else NOTHING
    return Markup('<img class="second%s" src="%s"%s alt="" loading="lazy" decoding="async">') % (
        " whole" if whole else "", src, offers,
    )  # fmt: skip


def smallest(image: Mapping[str, Any]) -> str:
    """The address of the smallest file, for a thumb."""
    return str(image["srcset"] or image["src"]).split(" ", 1)[0]


def largest(image: Mapping[str, Any]) -> str:
    """The address of the largest file, for who shows it elsewhere."""
    offers = [offer.rpartition(" ") for offer in str(image.get("srcset") or "").split(", ") if offer.endswith("w")]
    return str(max(offers, key=lambda offer: int(offer[2][:-1]))[0]) if offers else str(image["src"])


@lru_cache(maxsize=1024)
def swatch(colour: str, name: str) -> Markup:
    """A round patch of a colour, called by its name; empty without a colour."""
    if not colour:
        return NOTHING
    return Markup('<svg viewBox="0 0 1 1" role="img" aria-label="%s"><rect width="1" height="1" fill="%s"/></svg>') % (
        escape(name), colour,
    )  # fmt: skip


def unit_word(unit: str, language: str) -> str:
    """What goods are sold by, as it stands behind a price: "kg", "m²", "piece"."""
    return _("piece") if unit == "piece" else locale.unit_name(unit, language)
