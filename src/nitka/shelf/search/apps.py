from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "nitka.shelf.search"
    label = "search"

    def ready(self) -> None:
        from nitka.ground.facts.contract import when_told
        from nitka.shelf.search.at_once import note

        when_told(note)
