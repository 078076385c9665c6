"""News of an order on this device: asked for by a button on its page, never by itself."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nitka.faces.storefront.account_security import browser_name
from nitka.faces.storefront.order_access import link, opened, private
from nitka.ground.problem import Problem
from nitka.ground.web.limits import rate_limit
from nitka.people.contact import actions as contact
from nitka.people.contact import queries as contacts
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView


def part(found: OrderView, language: str) -> dict[str, str] | None:
    """What the page needs for the button; None where nothing more will happen."""
    if found.status in ("delivered", "cancelled", "failed", "awaiting"):
        return None
    return {"key": contacts.push_key(), "action": link(language, found, "order_push"), "code": found.code}


@require_POST
@rate_limit("push", "30/m")
def push(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """Follow the order with this browser, or no longer. 204; 404 for who may not see it."""
    found = opened(request, code)
    if found is None:
        return private(HttpResponse(_("We find no such order."), status=404, content_type="text/plain; charset=utf-8"))
    topic, endpoint = orders.push_topic(found.id), request.POST.get("endpoint", "")
    try:
        if request.POST.get("do") == "leave":
            contact.unfollow_push(endpoint=endpoint, topic=topic)
        else:
            contact.follow_by_push(
                endpoint=endpoint, p256dh=request.POST.get("p256dh", ""), auth=request.POST.get("auth", ""),
                topic=topic, language=language, customer_id=found.customer_id,
                name=browser_name(request.headers.get("User-Agent", "")),
            )  # fmt: skip
    except Problem as problem:
        answer = HttpResponse(problem.message, status=problem.status, content_type="text/plain; charset=utf-8")
        return private(answer)
    return private(HttpResponse(status=204))
