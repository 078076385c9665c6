from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    name = "nitka.faces.storefront"
    label = "storefront"
