from django.apps import AppConfig


class CheckoutConfig(AppConfig):
    name = "nitka.sale.checkout"
    label = "checkout"
