"""The API of version 1: how it speaks, and what it is made of."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from nitka.faces.api import (
    alerts,
    carts,
    catalog,
    credit,
    opinions,
    order_changes,
    order_delays,
    order_papers,
    order_payment,
    order_returns,
    orders,
    points,
    wishes,
)
from nitka.faces.api.merchant.routers import ROUTERS
from nitka.faces.api.speaking import spoken
from nitka.ground.problem import Problem
from nitka.ground.web.errors import problem_json

DESCRIPTION = """\
A whole shop without its pages. Read the catalogue, fill a cart, place an order, follow it.

**Money** is a whole number of minor units (`1999` in `EUR` is 19.99). **Ids** are UUIDs; a cart and an order are opened
by their token. **Lists** are paged: pass `next_cursor` back as `cursor`. **Errors** are `application/problem+json` with
a stable `code`. **Retries** are safe with an `Idempotency-Key`. `language` and `market` choose texts and prices.

Below `/admin` the **merchant's own programs** work: with a token of the back office (Settings, Tokens) as
`Authorization: Bearer nk_…`. A token has scopes, never may more than who made it, and every deed stands in the audit
log.
"""

api = NinjaAPI(
    title="Nitka API", version="1.0.0", description=DESCRIPTION, urls_namespace="api_v1", docs_url=None,
    openapi_extra={"info": {"license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}},
)  # fmt: skip
api.add_decorator(spoken, mode="view")
for tag, routers in {
    "Catalogue": (catalog.router, alerts.router, points.router),
    "Reviews and questions": (opinions.router,),
    "Wish lists": (wishes.router,),
    "Cart and checkout": (carts.router, credit.router),
    "Orders": (orders.router, order_payment.router, order_papers.router),
    "Changes of an order": (order_changes.router, order_delays.router),
    "After the sale": (order_returns.router,),
}.items():
    for router in routers:
        api.add_router("", router, tags=[tag])
for tag, merchants in ROUTERS.items():
    for router in merchants:
        api.add_router("/admin", router, tags=[tag])


class Invalid(Problem):
    """A field of the request is missing or makes no sense."""

    code = "invalid_request"
    status = 422


class NotFound(Problem):
    code = "not_found"
    status = 404


class Refused(Problem):
    code = "bad_request"
    status = 400


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, problem: Any) -> HttpResponse:
    return problem_json(problem)


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: Any) -> HttpResponse:
    fields = {_field(each["loc"]): each["msg"] for each in error.errors}
    return problem_json(Invalid(_("Some fields of the request make no sense."), fields=fields))


def _field(place: tuple[Any, ...]) -> str:
    """The field as the caller wrote it: (body, new, email) is `email`, for `new` is a name of ours."""
    inside = place[2:] if place[0] == "body" else place[1:]
    return ".".join(str(part) for part in inside) or str(place[0])


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_json(NotFound(_("There is nothing at this address.")))


@api.exception_handler(HttpError)
def on_refusal(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_json(Refused(str(error)))
