import nitka.ground.ids
from django.db import migrations, models


def write_down(apps, schema_editor):
    """The addresses that are in use go into the book, so that they lead on once they change."""
    address = apps.get_model("catalog", "ShelfAddress")
    for kind, name in (("category", "Category"), ("collection", "Collection")):
        rows = {slug: row.id for row in apps.get_model("catalog", name).objects.all() for slug in row.slug.values()}
        address.objects.bulk_create(
            [address(id=nitka.ground.ids.new_id(), kind=kind, slug=slug, thing_id=id_) for slug, id_ in rows.items()]
        )


class Migration(migrations.Migration):

    dependencies = [
        ("catalog", "0004_picture_outlines"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShelfAddress",
            fields=[
                ("id", models.UUIDField(default=nitka.ground.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("category", "category"), ("collection", "collection")], max_length=10)),
                ("slug", models.CharField(max_length=220)),
                ("thing_id", models.UUIDField()),
            ],
            options={
                "db_table": "catalog_shelf_addresses",
                "constraints": [models.UniqueConstraint(fields=("kind", "slug"), name="one_shelf_an_address")],
            },
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop),
    ]
