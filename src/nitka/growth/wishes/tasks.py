"""What the clock does for wishes."""

from datetime import timedelta

from nitka.ground import clock
from nitka.ground.facts.jobs import periodic
from nitka.growth.wishes.models import WishList

KEPT_DAYS = 400  # a browser's list, a little longer than its cookie


@periodic("*/10 * * * *")
def tell_news() -> None:
    """Write to those who asked for it; by day."""
    from nitka.growth.wishes.actions import write_news

    while write_news():
        pass


@periodic("53 3 * * *")
def tidy() -> None:
    """Forget lists of browsers that did not come back."""
    long_ago = clock.now() - timedelta(days=KEPT_DAYS)
    WishList.objects.filter(customer=None, changed_at__lt=long_ago).delete()
