from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "nitka.ground.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from nitka.ground.facts.contract import when_told
        from nitka.ground.webhooks.noting import note

        when_told(note)
