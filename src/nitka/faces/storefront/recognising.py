"""What this browser teaches us of who is here. It has a number only where that was allowed, and it opens nothing."""

from uuid import UUID

from django.http import HttpRequest

from nitka.faces.storefront.consent_bar import visitor_of
from nitka.people.contact import queries as contact
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people

GIVEN, PROVED = 1, 2
SOURCE = "storefront"


def signed_in(request: HttpRequest, user_id: UUID) -> None:
    """Somebody proved on this device who they are: what was looked at here before is theirs."""
    _device(request, ("login", str(user_id)), "sign_in", PROVED)


def ordered(request: HttpRequest, *, email: str, phone: str, country: str, user_id: UUID | None) -> None:
    """An order was placed here: the address is the guest's, the telephone belongs to whoever orders.

    Who is signed in is known; the address that they type may be that of somebody else.
    """
    if user_id is None:
        _device(request, ("email", email), "checkout", GIVEN)
    number = people.normal("phone", phone, country)
    who = ("login", str(user_id)) if user_id else ("email", email)
    if number:
        customers.link(first=who, second=("phone", number), reason="checkout", trust=GIVEN, source=SOURCE, now=False)


def came_by_mail(request: HttpRequest) -> None:
    """A link of one of our own mails was followed on this device."""
    email = contact.mail_click(request.GET.get("nk", "")) if visitor_of(request) else None
    if email:
        _device(request, ("email", email), "mail_click", PROVED)


def _device(request: HttpRequest, other: tuple[str, str], reason: str, trust: int) -> None:
    number = visitor_of(request)
    if number:
        customers.link(first=("device", number), second=other, reason=reason, trust=trust, source=SOURCE, now=False)
