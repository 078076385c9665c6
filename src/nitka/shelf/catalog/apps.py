from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "nitka.shelf.catalog"
    label = "catalog"
