from django.apps import AppConfig


class WishesConfig(AppConfig):
    name = "nitka.shelf.wishes"
    label = "wishes"
