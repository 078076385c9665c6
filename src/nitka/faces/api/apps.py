from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "nitka.faces.api"
    label = "api"
