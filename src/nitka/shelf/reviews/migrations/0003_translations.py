from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_comments")]

    operations = [
        migrations.AddField("review", "translations", models.JSONField(default=dict, db_default={})),
        migrations.AddField("review", "translated_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "review",
            models.Index(
                fields=["created_at"],
                name="reviews_to_translate",
                condition=Q(("state", "published"), ("translated_at__isnull", True)),
            ),
        ),
    ]
