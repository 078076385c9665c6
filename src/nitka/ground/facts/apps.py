from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FactsConfig(AppConfig):
    name = "nitka.ground.facts"
    label = "facts"

    def ready(self) -> None:
        autodiscover_modules("facts", "reactions", "tasks")
