from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "nitka.faces.backoffice"
    label = "backoffice"
