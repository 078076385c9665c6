"""Gift cards and store credit in the form of the checkout."""

import re
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from nitka.faces.storefront.checkout_form import Form
from nitka.ground.web.limits import check, client_address, refuse_used_up
from nitka.people.customers import queries as people
from nitka.sale.checkout import actions as checkout

# As many wrong codes as somebody with a stack of old cards may type, and far too few to find one.
TRIES = "20/h"


def buyer(request: HttpRequest) -> UUID | None:
    """Who is signed in; nobody is asked for where no session came along."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    me = people.customer_of_user(request.user.id)
    return me.id if me else None


def keep(request: HttpRequest, token: str, form: Form) -> None:
    """Put a card on the cart or take it off, and turn store credit on or off. Raises NoCartProblem."""
    dropped = request.POST.get("gift_drop", "")
    if _is_id(dropped):
        checkout.drop_gift_card(token=token, account_id=UUID(dropped))
    if request.POST.get("credit_shown"):
        checkout.use_store_credit(token=token, on=bool(request.POST.get("use_credit")))
    use(request, token, form, form["gift_card"])


def use(request: HttpRequest, token: str, form: Form, code: str) -> None:
    """Put a gift card on the cart; a wrong code is said at its field and stays there to be mended."""
    if not code:
        return
    tries = f"gift_card:{client_address(request)}"
    refuse_used_up(tries, TRIES)
    try:
        checkout.apply_gift_card(token=token, code=code)
        form.values["gift_card"] = ""
    except checkout.GiftCardProblem as problem:
        check(tries, TRIES)
        form.values["gift_card"], form.errors["gift_card"] = code, problem.message


def is_gift_card(code: str) -> bool:
    """Whether a code that was typed into the field for coupons is one of a gift card."""
    return bool(re.fullmatch(r"GC[0-9A-Z]{16}", re.sub(r"[^0-9A-Z]", "", code.upper())))


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
