"""Coupon codes on a cart."""

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.checkout import sums
from nitka.sale.checkout.lookup import locked, touch
from nitka.sale.checkout.problems import CartProblem
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.pricing.queries import CouponVerdict


class CodeProblem(CartProblem):
    """The code is not usable here; the message says why."""

    code = "coupon_not_usable"


@transaction.atomic
def apply_coupon(*, token: str, code: str) -> CouponVerdict:
    """Put a code on the cart and say what it does. Codes that can be joined stay beside it, others give way to it.

    Raises CodeProblem with the reason where it cannot be used, or where it saves no more than the one that is there.
    """
    cart = locked(token)
    plain = pricing.normalised_code(code)
    if not plain:
        raise CodeProblem(_("Enter a code."))
    before = list(cart.coupon_codes)
    cart.coupon_codes = [*(each for each in before if each != plain), plain]
    active, _removed = sums.rows_of(cart.id)
    verdicts = sums.quote_of(cart, active).coupons
    verdict = next((each for each in verdicts if each.code.upper() == plain), None)
    if verdict is None or (not verdict.applied and verdict.reason):
        raise CodeProblem(verdict.reason if verdict else _("We do not know this code. Please check its letters."))
    counting = [each.code for each in verdicts if each.applied]
    if before != counting:
        touch(cart, coupon_codes=counting)
    return verdict


@transaction.atomic
def drop_coupon(*, token: str, code: str) -> None:
    """Take a code off the cart. Does nothing if it is not there."""
    cart = locked(token)
    left = [each for each in cart.coupon_codes if each != pricing.normalised_code(code)]
    if left != cart.coupon_codes:
        touch(cart, coupon_codes=left)
