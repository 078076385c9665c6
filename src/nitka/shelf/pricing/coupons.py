"""Whether a code may be used on a basket, and what it takes off."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nitka.ground import clock, locale
from nitka.ground.remembered import Remembered
from nitka.shelf.pricing import markets
from nitka.shelf.pricing.arithmetic import Discount
from nitka.shelf.pricing.basket import Buyer, CouponVerdict
from nitka.shelf.pricing.models import Coupon, CouponUse


def normalised(code: str) -> str:
    """A code as people type it, put right."""
    return "".join(code.split()).upper()


def by_code(codes: Iterable[str], buyer: Buyer, *, public_at: datetime | None = None) -> dict[str, Coupon]:
    """The coupons with these (normalised) codes, each knowing whether the buyer used it; with `public_at` also those
    that are shown to all and run at that moment. One query; none where no code is asked for and nobody is known."""
    wanted = list(codes)
    if not wanted and (not buyer.key or not public_at):
        return {coupon.code: coupon for coupon in _public() if _runs(coupon, public_at)} if public_at else {}
    which = Q(code__in=wanted) | Q(public=True, active=True) if public_at else Q(code__in=wanted)
    found = _with_use(Coupon.objects.filter(which), buyer)
    return {each.code: each for each in found if each.code in wanted or (public_at and _runs(each, public_at))}


_public = Remembered(lambda: list(Coupon.objects.filter(public=True, active=True)))


def forget_all() -> None:
    """Read what pricing remembers anew at the next question: after a change, and between tests."""
    _public.forget()
    markets.forget()


def _runs(coupon: Coupon, at: datetime) -> bool:
    return not (coupon.starts_at and coupon.starts_at > at) and not (coupon.ends_at and coupon.ends_at <= at)


def _with_use(rows: QuerySet[Coupon], buyer: Buyer) -> QuerySet[Coupon]:
    uses = CouponUse.objects.filter(coupon=OuterRef("pk"), buyer_key=buyer.key).exclude(reference__in=buyer.undecided)
    return rows.annotate(used=Exists(uses if buyer.key else uses.none()))


def discount_of(coupon: Coupon) -> Discount:
    """The coupon as plain numbers."""
    return Discount(percent=coupon.percent, amount_minor=coupon.amount_minor)


def verdict(coupon: Coupon | None, code: str, *, goods_minor: int, currency: str, zone: str) -> CouponVerdict:
    """Whether the coupon is usable on goods of that sum (before discounts), and what it would take off."""
    if coupon is None:
        return CouponVerdict(code=code, applied=False, reason=_("We do not know this code. Please check its letters."))
    reason = time_reason(coupon, zone) or _use_reason(coupon, goods_minor, currency)
    return CouponVerdict(
        code=coupon.code,
        applied=False,
        reason=reason,
        discount_minor=0 if reason else discount_of(coupon).of(goods_minor),
        ends=coupon.ends_at,
        label=locale.pick(coupon.label, _language()),
    )


def time_reason(coupon: Coupon, zone: str) -> str:
    """Why the coupon does not run at this moment; empty when it does."""
    now = clock.now()
    if coupon.active and coupon.starts_at and coupon.starts_at > now:
        day = locale.format_date(clock.local(coupon.starts_at, zone).date(), _language())
        return _("This code can be used from %(day)s.") % {"day": day}
    if not coupon.active or (coupon.ends_at and coupon.ends_at <= now):
        return _("This code has ended.")
    return ""


def is_used_up(coupon: Coupon) -> bool:
    """Whether this buyer, for whom it was read, may not use it once more."""
    return coupon.once_per_customer and bool(getattr(coupon, "used", False))


def _use_reason(coupon: Coupon, goods_minor: int, currency: str) -> str:
    if is_used_up(coupon):
        return _("You have used this code already.")
    if coupon.currency and coupon.currency != currency:
        return _("This code is for purchases in %(currency)s.") % {"currency": coupon.currency}
    missing = coupon.minimum_minor - goods_minor
    if missing > 0:
        amount = locale.format_money(missing, currency, _language())
        return _("Add goods for %(amount)s more to use this code.") % {"amount": amount}
    if goods_minor <= 0:
        return _("There is nothing in the cart that this code could make cheaper.")
    return ""


def _language() -> str:
    language = (get_language() or locale.FALLBACK)[:2]
    return language if language in locale.LANGUAGE_NAMES else locale.FALLBACK
