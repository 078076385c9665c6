from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "nitka.shelf.feeds"
    label = "feeds"
