from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "nitka.people.accounts"
    label = "accounts"
