"""How wishes hang on a person: by their lists, which go as a whole."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, belongs
from nitka.growth.wishes.models import Wish, WishList


@belongs("wishes.WishList", _("Wish lists"), delete=True, secret=["device", "share_token", "leave_token"])
def lists(party: Party) -> QuerySet[WishList]:
    return WishList.objects.filter(customer_id__in=party.ids)


@belongs("wishes.Wish", _("What you wish for"), delete=True)
def wishes(party: Party) -> QuerySet[Wish]:
    return Wish.objects.filter(list__customer_id__in=party.ids)
