from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "nitka.insight.profiles"
    label = "profiles"
