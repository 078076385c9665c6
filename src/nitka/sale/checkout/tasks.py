"""What the clock asks of carts."""

from datetime import timedelta

from django.db.models import Q

from nitka.ground import clock
from nitka.ground.facts.jobs import periodic
from nitka.sale.checkout.models import Cart, CartLine

UNDO_FOR = timedelta(days=1)
KEEP_ORDERED_FOR = timedelta(days=90)
AT_ONCE = 5000


@periodic("41 * * * *")
def clear_carts() -> None:
    """Carts that nobody touched for thirty days go; so do removed lines after a day and ordered carts after ninety."""
    now = clock.now()
    old = Q(ordered_at=None, expires_at__lt=now) | Q(ordered_at__lt=now - KEEP_ORDERED_FOR)
    Cart.objects.filter(id__in=list(Cart.objects.filter(old).values_list("id", flat=True)[:AT_ONCE])).delete()
    CartLine.objects.filter(removed_at__lt=now - UNDO_FOR).delete()
