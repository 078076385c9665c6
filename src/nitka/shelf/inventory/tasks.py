"""What the clock asks of inventory: forecasts at night, orders drafted, the books checked."""

from datetime import timedelta
from uuid import UUID

import structlog

from nitka.ground import clock, locale
from nitka.ground.facts.jobs import periodic, task
from nitka.people.contact import actions as contact
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.inventory import actions, queries, reordering
from nitka.shelf.inventory.models import StockAlert

KEEP_DAYS = 3  # a night that was missed is made up for
FORGET_AFTER = timedelta(days=365)
log = structlog.get_logger(__name__)


@periodic("20 2 * * *")
def look_ahead() -> None:
    """Count yesterday, forecast, draft orders for what is low, and tell the merchant in one mail."""
    today = clock.now().date()
    for back in range(1, KEEP_DAYS + 1):
        actions.fold_demand(day=today - timedelta(days=back))
    actions.make_forecasts(today=today)
    actions.draft_purchases()
    if actions.tell_low():
        write_to_merchant()


@periodic("50 2 * * *")
def check_the_books() -> None:
    """Levels must be the sum of their moves; whoever reads the log hears of those that are not."""
    for gap in queries.ledger_gaps():
        log.error("stock_ledger_gap", variant_id=str(gap.variant_id), location=gap.location, on_hand=gap.on_hand,
                  moved=gap.moved_good)  # fmt: skip


@periodic("40 3 * * *")
def forget_old_wishes() -> None:
    """Addresses are not kept for what will not come back."""
    StockAlert.objects.filter(asked_at__lt=clock.now() - FORGET_AFTER).delete()


@task(queue="default")
def write_alerts(*, variant_id: str) -> None:
    """Write to those who wait, in batches until nobody does."""
    while actions.send_alerts(variant_id=UUID(variant_id)):
        pass


def write_to_merchant() -> None:
    """One mail with all that is low now."""
    shop = content.shop()
    low = [need for need in reordering.needs() if need.is_low]
    if not shop.email or not low:
        return
    variants = catalog.variants([need.variant_id for need in low])
    language = shop.languages[0] if shop.languages else "en"
    rows = [
        {
            "sku": variants[need.variant_id].sku,
            "title": locale.pick(variants[need.variant_id].title, language),
            "need": need,
        }
        for need in low
    ]
    contact.send_mail(
        to=shop.email, language=language, template="inventory/mail/stock_low", context={"rows": rows},
        purpose="merchant",
    )  # fmt: skip
