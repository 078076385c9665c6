from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "nitka.care.desk"
    label = "desk"
