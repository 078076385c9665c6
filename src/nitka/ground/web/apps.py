from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "nitka.ground.web"
    label = "web"
