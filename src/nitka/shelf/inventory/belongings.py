"""How waiting for goods hangs on a person: by the address that is written to."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, belongs
from nitka.shelf.inventory.models import StockAlert


@belongs("inventory.StockAlert", _("Goods you wait for"), delete=True, secret=["leave_token"])
def alerts(party: Party) -> QuerySet[StockAlert]:
    return StockAlert.objects.filter(Q(email__in=party.emails) | Q(customer_id__in=party.ids))
