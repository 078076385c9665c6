"""How carts hang on a person."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, belongs
from nitka.sale.checkout.models import Cart, CartLine


@belongs("checkout.Cart", _("Carts"), secret=["token"])
def carts(party: Party) -> QuerySet[Cart]:
    found = Q(customer_id__in=party.ids) | Q(email__in=party.emails) | Q(order_id__in=party.references)
    return Cart.objects.filter(found)


@belongs("checkout.CartLine", _("Things in carts"))
def lines(party: Party) -> QuerySet[CartLine]:
    return CartLine.objects.filter(cart__in=carts(party))
