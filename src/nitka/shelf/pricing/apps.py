from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "nitka.shelf.pricing"
    label = "pricing"
