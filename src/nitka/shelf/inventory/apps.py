from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "nitka.shelf.inventory"
    label = "inventory"
