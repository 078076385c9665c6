"""Finding the open cart of a token, and changing it so that everyone sees that it changed."""

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.sale.checkout.models import Cart
from nitka.sale.checkout.problems import NoCartProblem

LIVES = timedelta(days=30)


def locked(token: str) -> Cart:
    """The open cart, locked. Raises NoCartProblem."""
    row = Cart.objects.select_for_update().filter(token=token, ordered_at=None).first()
    if row is None:
        raise NoCartProblem(_("This cart is gone. Start a new one."))
    return row


def touch(cart: Cart, **changes: Any) -> None:
    """Change the cart: its version goes up and it lives for thirty days more."""
    now = clock.now()
    Cart.objects.filter(id=cart.id).update(version=F("version") + 1, changed_at=now, expires_at=now + LIVES, **changes)
    cart.version += 1
    for name, value in changes.items():
        setattr(cart, name, value)
