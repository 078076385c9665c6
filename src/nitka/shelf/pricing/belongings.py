"""How used promotions hang on a person: by the order that got them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, belongs
from nitka.shelf.pricing.models import PromotionUse


@belongs("pricing.PromotionUse", _("Offers and codes that you used"), secret=["buyer_key"])
def promotion_uses(party: Party) -> QuerySet[PromotionUse]:
    return PromotionUse.objects.filter(reference__in=party.references)
