"""Forms stand on public pages as well, and comments below those of one thing."""

from django.db import migrations

from nitka.ground.web.watching import watch


class Migration(migrations.Migration):
    dependencies = [
        ("storefront", "0002_pages_follow_more_tables"),
        ("content", "0004_forms"),
        ("reviews", "0002_comments"),
    ]

    operations = [watch("content_forms"), watch("reviews_comments", "comments", "subject")]
