import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.models import F


def fill(apps, schema_editor):
    """Customers that were there before can be found as well."""
    from nitka.people.customers.finding import line_of

    Customer, Address, Findable = (apps.get_model("customers", each) for each in ("Customer", "Address", "Findable"))
    places = {}
    for place in Address.objects.iterator():
        places.setdefault(place.customer_id, []).append(place)
    rows = (Findable(customer_id=row.id, text=line_of(row, places.get(row.id, []))) for row in Customer.objects.iterator())
    Findable.objects.bulk_create(list(rows), batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_evidence_of_the_known")]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="Findable",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+",
                        serialize=False, to="customers.customer",
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={
                "db_table": "customers_search",
                "indexes": [
                    GinIndex(OpClass(F("text"), "gin_trgm_ops"), name="customers_by_letters", fastupdate=False)
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
