from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shipping", "0003_customs")]

    operations = [
        migrations.AddField("customsterms", "charged", models.BooleanField(db_default=False, default=False)),
    ]
