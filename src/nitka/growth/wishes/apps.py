from django.apps import AppConfig


class WishesConfig(AppConfig):
    name = "nitka.growth.wishes"
    label = "wishes"
