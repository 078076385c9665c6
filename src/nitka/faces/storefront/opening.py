"""Before the shop sells anywhere: pages that need a market say that it is being set up."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nitka.faces.storefront.page import show
from nitka.shelf.pricing import queries as pricing

View = Callable[..., HttpResponse]


def sells(view: View) -> View:
    """Show the view once there is a market; until then prices, carts and deliveries mean nothing."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if pricing.markets():
            return view(request, *args, **kwargs)
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(headers={"HX-Refresh": "true", "Cache-Control": "no-store"})
        context = {
            "title": _("This shop is being set up"),
            "text": _("It will open soon. Please come back in a little while."),
            "confirm": "", "home": False,
        }  # fmt: skip
        response = show(request, "storefront/message.html", context)
        response["Cache-Control"] = "no-store"
        return response

    return guarded
