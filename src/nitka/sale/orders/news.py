"""News of an order for devices that follow it: short, and with nothing in them but its number and a day."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from nitka.ground import locale
from nitka.people.contact import actions as contact
from nitka.sale.orders.models import Order
from nitka.shelf.content import queries as content

TODAY = timedelta(hours=14)


def topic(order_id: UUID) -> str:
    """What a device follows."""
    return f"order:{order_id}"


def shipped(order_id: UUID) -> None:
    """A parcel left."""
    _tell(order_id, lambda code, _language: _("Order %(code)s is on its way to you.") % {"code": code})


def comes_today(order_id: UUID) -> None:
    """A parcel is in the van. Tomorrow that would be wrong, so it is not shown then."""
    _tell(order_id, lambda code, _language: _("Order %(code)s arrives today.") % {"code": code}, TODAY)


def delayed(order_id: UUID, new_day: date) -> None:
    """It comes later than promised."""
    _tell(
        order_id,
        lambda code, language: (
            _("Order %(code)s comes later than promised: %(day)s.")
            % {"code": code, "day": locale.format_date(new_day, language)}
        ),
    )


def delivered(order_id: UUID) -> None:
    """It was received."""
    _tell(order_id, lambda code, _language: _("Order %(code)s was delivered.") % {"code": code})


def _tell(order_id: UUID, words: Callable[[str, str], str], lives: timedelta = timedelta(days=2)) -> None:
    code = Order.objects.values_list("code", flat=True).get(id=order_id)
    shop = content.shop().name

    def say(language: str) -> contact.PushWords:
        with translation.override(language):
            # Without the link's secret: the browser that followed the order may open its page.
            return contact.PushWords(title=shop, body=words(code, language), path=f"/{language}/order/{code}")

    contact.push_news(topic=topic(order_id), say=say, lives=lives)
