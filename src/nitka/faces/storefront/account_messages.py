"""What the customer asked us, and what we answered."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nitka.care.desk import queries as desk
from nitka.faces.storefront.account_guard import signed_in
from nitka.faces.storefront.page import show
from nitka.people.customers.queries import CustomerView
from nitka.shelf.content import queries as content


@require_safe
@signed_in
def listing(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """All conversations, the newest first."""
    context = {
        "me": me, "here": "account_messages", "conversations": desk.conversations_of_customer(me.id),
        "zone": content.shop().zone,
    }  # fmt: skip
    return show(request, "storefront/account/messages.html", context)
