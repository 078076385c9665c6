from django.db import migrations

# What was adjusted by hand becomes lines of the ledger, and what else lies there its opening balance.
COPY = """
INSERT INTO inventory_moves (id, variant_id, location_id, kind, grade, pieces, reason, at)
SELECT id, variant_id, location_id, 'adjustment', 'good', by, reason, at FROM inventory_adjustments WHERE by <> 0;
INSERT INTO inventory_moves (id, variant_id, location_id, kind, grade, pieces, reason, at)
SELECT gen_random_uuid(), l.variant_id, l.location_id, 'opening', 'good', l.on_hand - coalesce(a.sum, 0), '', now()
FROM inventory_levels l
LEFT JOIN (
    SELECT variant_id, location_id, sum(by)::int AS sum FROM inventory_adjustments GROUP BY 1, 2
) a USING (variant_id, location_id)
WHERE l.on_hand <> coalesce(a.sum, 0);
"""


class Migration(migrations.Migration):

    dependencies = [("inventory", "0002_stock_ledger")]

    operations = [
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.DeleteModel(name="Adjustment"),
    ]
