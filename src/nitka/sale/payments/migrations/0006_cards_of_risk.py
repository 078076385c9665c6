from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_statements")]

    operations = [
        migrations.AddField(
            "riskattempt", "billed", models.CharField(blank=True, db_default="", default="", max_length=2)
        ),
        migrations.AddField(
            "riskattempt", "declines", models.PositiveSmallIntegerField(db_default=0, default=0)
        ),
    ]
