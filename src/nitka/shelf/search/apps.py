from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "nitka.shelf.search"
    label = "search"
