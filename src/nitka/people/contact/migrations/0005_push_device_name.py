from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contact", "0004_push")]

    operations = [
        migrations.AddField("pushsubscription", "name", models.CharField(blank=True, db_default="", max_length=60)),
    ]
