from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0006_sustainability")]

    operations = [
        migrations.AddField(
            model_name="product",
            name="told",
            field=models.JSONField(blank=True, db_default={}, default=dict, editable=False),
        ),
    ]
