from django.apps import AppConfig


class ShippingConfig(AppConfig):
    name = "nitka.sale.shipping"
    label = "shipping"
