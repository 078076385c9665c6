"""What the shop is."""

from dataclasses import replace
from typing import Any

from django.db import transaction

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.people.contact import actions as contact
from nitka.shelf.content import checking, queries
from nitka.shelf.content.facts import ShopChanged
from nitka.shelf.content.forgetting import forget_now_and_later
from nitka.shelf.content.models import ShopSettings


@transaction.atomic
def set_shop(**changes: Any) -> None:
    """Change what the shop is: any fields of `queries.Shop`. Raises ContentProblem, its `field` named in the detail.

    An empty name, an IBAN, BIC or VAT number with a wrong check digit, an unknown zone, country or language, a bad
    address of mail or a colour that is not written #rrggbb are refused.
    """
    if unknown := sorted(set(changes) - set(queries.Shop.__dataclass_fields__)):
        raise TypeError(f"A shop has no {unknown[0]}.")
    row = ShopSettings.objects.select_for_update().filter(id=1).first() or ShopSettings(name=queries.Shop().name)
    values = checking.checked(changes, row.country)
    for name, value in values.items():
        setattr(row, name, value)
    row.changed_at = clock.now()
    row.save()
    tell(ShopChanged(at=row.changed_at))
    forget_now_and_later()
    _sign_mail(queries.shop_of(row))


def _sign_mail(shop: queries.Shop) -> None:
    """Mail is signed as the shop is called; who writes it stands below us and is told by a call."""
    contact.set_sender(
        shop_name=shop.name, address=shop.email, footer=" · ".join(replace(shop, country="").address_lines()),
        country=shop.country,
        **({"accent": shop.accent} if shop.accent else {}),
    )  # fmt: skip
