"""The demo bank's page, where a demo card asks to be confirmed. The bank is the provider's; the address is ours."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.module_loading import import_string

from nitka.shelf.content import queries as content

# A provider brings its own pages; it is named, not imported, as it is by payments themselves.
_PAGE = "nitka.sale.payments.providers.demo_card.pages.demo_bank"


def demo_bank(request: HttpRequest, ref: str) -> HttpResponse:
    """The bank's page, in the language that the shopper came with."""
    language = urlsplit(request.headers.get("Referer", "")).path[1:3]
    if language not in content.shop().languages:
        language = request.language  # type: ignore[attr-defined]
    request.language = language  # type: ignore[attr-defined]
    page: Any = import_string(_PAGE)
    with translation.override(language):
        response: HttpResponse = page(request, ref)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
