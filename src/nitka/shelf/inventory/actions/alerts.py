"""One mail, asked for by the shopper, when goods can be had again."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock, locale
from nitka.people.contact import actions as contact
from nitka.people.customers import actions as customers
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import queries
from nitka.shelf.inventory.models import StockAlert
from nitka.shelf.inventory.problems import AlertProblem

TEXT_VERSION = "2026-11"
MOST_OPEN = 20
AT_ONCE = 500


@transaction.atomic
def ask_for_alert(
    *, variant_id: UUID, email: str, language: str, customer_id: UUID | None = None, text_version: str = TEXT_VERSION
) -> str:  # fmt: skip
    """Keep an address for one mail when the variant is back; asking twice is asking once. Returns a token that takes
    the wish back, or nothing where the address waits already (whoever types it need not be its owner).

    The consent is for this mail alone and ends with it. Refuses a variant that can be had now or is not sold, and
    more than twenty open wishes of one address. Raises customers' EmailProblem.
    """
    address = customers.check_email(email=email)
    variant = catalog.variants([variant_id]).get(variant_id)
    if variant is None or not variant.on_sale:
        raise AlertProblem(_("This is not sold any more."))
    if queries.available([variant_id])[variant_id] > 0:
        raise AlertProblem(_("This can be had right now; put it in your cart."))
    open_ones = StockAlert.objects.filter(email=address, sent_at__isnull=True)
    if open_ones.filter(variant_id=variant_id).exists():
        return ""
    if open_ones.count() >= MOST_OPEN:
        raise AlertProblem(_("You wait for many things already. We write to you about those first."))
    row = StockAlert(
        variant_id=variant_id, email=address, customer_id=customer_id, language=language, text_version=text_version
    )
    StockAlert.objects.bulk_create([row], ignore_conflicts=True)
    return row.leave_token


@transaction.atomic
def leave_alert(*, token: str) -> bool:
    """Forget the wish that this token of a mail stands for. Returns whether there was one."""
    return bool(StockAlert.objects.filter(leave_token=token).delete()[0])


@transaction.atomic
def send_alerts(*, variant_id: UUID) -> int:
    """Write to those who wait for a variant, who asked first being first. Returns how many mails were written.

    Writes nothing where it is gone again. Each wish is answered once.
    """
    variant = catalog.variants([variant_id]).get(variant_id)
    if variant is None or not variant.on_sale or queries.available([variant_id])[variant_id] <= 0:
        return 0
    rows = StockAlert.objects.select_for_update(skip_locked=True).filter(variant_id=variant_id, sent_at__isnull=True)
    waiting = list(rows.order_by("asked_at", "id")[:AT_ONCE])
    StockAlert.objects.filter(id__in=[row.id for row in waiting]).update(sent_at=clock.now())
    for row in waiting:
        slug = locale.pick(variant.slug, row.language)
        contact.send_mail(
            to=row.email, language=row.language, template="inventory/mail/back_in_stock",
            context={
                "title": locale.pick(variant.title, row.language),
                "options": locale.pick(variant.option_text, row.language),
                "path": f"/{row.language}/p/{slug}/?variant={variant.sku}",
                "picture": variant.image.file if variant.image else "",
            },
            customer_id=row.customer_id,
        )  # fmt: skip
    return len(waiting)
