"""The rows of pages and cards say more than they did: all that were written before are written anew."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO search_stale SELECT product_id FROM search_offers ORDER BY product_id ON CONFLICT DO NOTHING",
            migrations.RunSQL.noop,
        )
    ]
