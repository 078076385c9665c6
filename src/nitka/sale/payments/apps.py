from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "nitka.sale.payments"
    label = "payments"
