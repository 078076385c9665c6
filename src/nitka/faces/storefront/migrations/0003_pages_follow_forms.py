"""Forms stand on public pages as well."""

from django.db import migrations

from nitka.ground.web.watching import watch


class Migration(migrations.Migration):
    dependencies = [("storefront", "0002_pages_follow_more_tables"), ("content", "0004_forms")]

    operations = [watch("content_forms")]
