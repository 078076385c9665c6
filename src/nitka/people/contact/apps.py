from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "nitka.people.contact"
    label = "contact"
