"""The model of a product, to be turned round and stood in one's own room: a page of its own, shown in a frame.

The viewer runs WebAssembly and writes styles, which no page with a cart or a form of ours may do; so it has this page,
with rules of its own, and nothing else is on it. Opened by itself (a phone, no JavaScript) it is a page like any other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe
from markupsafe import Markup

from nitka.faces.storefront.visitors import with_query
from nitka.ground import locale
from nitka.ground.web.pages import render
from nitka.shelf.search import queries as search

# Workers that unpack meshes and textures come as blobs, and so do the textures inside a model. Nothing from elsewhere.
_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.WASM_UNSAFE_EVAL],
    "worker-src": [CSP.SELF, "blob:"],
    "connect-src": [CSP.SELF, "blob:", "data:"],
    "img-src": [CSP.SELF, "blob:", "data:"],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "font-src": [CSP.SELF],
    "form-action": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}
ENDINGS = {"glb": ".glb", "usdz": ".usdz"}


@dataclass(frozen=True)
class Model:
    """The files of a model: for browsers and Android, and for the phones of Apple."""

    glb: str
    usdz: str
    size: int


def model_of(media: Sequence[Mapping[str, Any]], options: Mapping[str, str]) -> Model | None:
    """The model of the chosen variant, else one of all variants, else any; None without a .glb."""
    files = {ending: _best(media, ending, options) for ending in ENDINGS}
    glb, usdz = files["glb"], files["usdz"]
    if glb is None:
        return None
    return Model(str(glb["original"]), str(usdz["original"]) if usdz else "", glb["size"] or 0)


def _best(media: Sequence[Mapping[str, Any]], ending: str, options: Mapping[str, str]) -> Mapping[str, Any] | None:
    fitting = [each for each in media if each["kind"] == "model" and str(each["original"]).endswith(ENDINGS[ending])]
    order = sorted(
        fitting,
        key=lambda each: (not each["options"].items() <= options.items(), bool(each["options"])),
    )
    return order[0] if order else None


@require_safe
@xframe_options_sameorigin
@csp_override(_CSP)
def viewer(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The viewer with the model of the variant that `?variant=` names."""
    found = search.product_page(slug=slug, language=language, market=request.market)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    path = f"/{language}/p/{locale.pick(found.slugs, language)}/"
    if path != f"/{language}/p/{slug}/":
        return HttpResponsePermanentRedirect(with_query(request, f"{path}model"))
    wanted = request.GET.get("variant", "")
    variant = next((each for each in found.variants if each.sku == wanted), next(iter(found.variants), None))
    model = model_of(found.media, variant.options if variant else {})
    if model is None:
        raise Http404
    # Nothing else of the address: it may be longer than a code can hold.
    chosen = f"?variant={quote(variant.sku)}" if variant and variant.sku == wanted else ""
    origin = settings.NITKA_PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    context = {
        "product": found, "model": model, "path": path, "variant": variant,
        "sides": _sides(variant, request.units, language),  # type: ignore[attr-defined]
        "poster": _poster(found.media, variant.options if variant else {}),
        "code": _code(f"{origin}{path}model{chosen}"),
    }  # fmt: skip
    response = render(request, "storefront/product/viewer.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Permissions-Policy"] = "xr-spatial-tracking=(self), camera=(), microphone=(), geolocation=()"
    return response


def _poster(media: Sequence[Mapping[str, Any]], options: Mapping[str, str]) -> Mapping[str, Any] | None:
    pictures = [each for each in media if each["kind"] == "picture"]
    return next((each for each in pictures if each["options"].items() <= options.items()), next(iter(pictures), None))


def _sides(variant: search.VariantOnPage | None, units: locale.Units, language: str) -> str:
    """`58 × 55 × 78 cm`, as far as they are known."""
    known = [side for side in variant.dimensions_mm if side] if variant else []
    return " × ".join(locale.length(side, units, language) for side in known)


@lru_cache(maxsize=256)
def _code(address: str) -> Markup:
    """The address for a phone's camera: a room is seen through a phone."""
    drawn = segno.make(address, error="m").svg_inline(omitsize=True, svgclass="code", lineclass=None, border=2)
    return Markup(drawn)  # noqa: S704 (drawn by us; the address is in its modules, not in its text)
