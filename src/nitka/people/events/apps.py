from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "nitka.people.events"
    label = "events"
