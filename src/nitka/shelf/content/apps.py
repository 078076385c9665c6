from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "nitka.shelf.content"
    label = "content"
