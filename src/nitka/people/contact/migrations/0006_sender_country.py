from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contact", "0005_push_device_name")]

    operations = [
        migrations.AddField("sender", "country", models.CharField(blank=True, default="", db_default="", max_length=2)),
    ]
