"""What stands on every public page, or may: whoever writes these tables says so, whichever way they are written.

Products are said by `shelf/search` with the rows that pages read. A new table that public pages read is watched by a
migration of its own domain, or of this one; `tests/test_page_cache.py` finds the one that was forgotten.
"""

from django.db import migrations

from nitka.ground.web.watching import watch

TABLES = (
    "content_shop",
    "content_pages",
    "pricing_markets",
    "shipping_options",
    "shipping_sourcing",
    "inventory_locations",
)


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0002_page_changes"),
        ("content", "0001_initial"),
        ("pricing", "0001_initial"),
        ("shipping", "0002_rules_labels_promises"),
        ("inventory", "0002_stock_ledger"),
    ]

    operations = [watch(table) for table in TABLES]
