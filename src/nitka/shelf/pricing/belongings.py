"""How used coupons hang on a person: by the order that they were used on."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, belongs
from nitka.shelf.pricing.models import CouponUse


@belongs("pricing.CouponUse", _("Coupons that you used"), secret=["buyer_key"])
def coupon_uses(party: Party) -> QuerySet[CouponUse]:
    return CouponUse.objects.filter(reference__in=party.references)
