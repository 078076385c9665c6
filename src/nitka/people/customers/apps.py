from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "nitka.people.customers"
    label = "customers"
