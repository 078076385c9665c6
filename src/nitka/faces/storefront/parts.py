"""Answers that are a part of a page for htmx, and a page of their own for a browser without it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from nitka.faces.storefront.page import show
from nitka.ground.web.pages import render


def part_or_page(request: HttpRequest, part: str, page: str, context: Mapping[str, Any]) -> HttpResponse:
    """The template `part` by itself where htmx asks, else `page` in the shop's frame; caches keep the two apart."""
    if request.headers.get("HX-Request") != "true":
        return show(request, page, context)
    response = render(request, part, dict(context))
    response["Vary"] = "HX-Request"
    return response
