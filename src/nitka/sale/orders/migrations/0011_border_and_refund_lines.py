from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0010_special")]

    operations = [
        migrations.AddField("moneyback", "lines", models.JSONField(db_default={}, default=dict)),
        migrations.AddField("order", "duties", models.JSONField(db_default={}, default=dict)),
    ]
