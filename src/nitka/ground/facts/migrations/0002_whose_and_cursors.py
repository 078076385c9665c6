"""A fact knows on whose thread it lies; followers know how far they have read."""

from django.db import migrations, models

# What was told before this field was there lies on threads as well.
FILL = """
UPDATE facts SET whose = (payload ->> 'customer_id')::uuid
 WHERE payload ->> 'customer_id' IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("facts", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Cursor",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("position", models.BigIntegerField(default=0)),
            ],
            options={"db_table": "facts_cursors"},
        ),
        migrations.AddField(model_name="factrow", name="whose", field=models.UUIDField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="factrow",
            index=models.Index(
                condition=models.Q(("whose__isnull", False)),
                fields=["whose", "-at", "-id"],
                name="facts_of_a_party",
            ),
        ),
    ]
