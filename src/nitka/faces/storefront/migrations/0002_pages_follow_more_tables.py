"""Menus, pictures of content, collections, makers, rules of reviews and of returns stand on public pages as well."""

from django.db import migrations

from nitka.ground.web.watching import watch

TABLES = (
    "content_menus",
    "content_pictures",
    "catalog_collections",
    "catalog_collection_products",
    "catalog_shelf_addresses",
    "catalog_brands",
    "reviews_rules",
    "returns_policies",
)


class Migration(migrations.Migration):
    dependencies = [
        ("storefront", "0001_pages_follow_tables"),
        ("content", "0002_blocks"),
        ("catalog", "0005_shelf_addresses"),
        ("reviews", "0001_initial"),
        ("returns", "0001_initial"),
    ]

    operations = [watch(table) for table in TABLES]
