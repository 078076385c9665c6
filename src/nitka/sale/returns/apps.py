from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "nitka.sale.returns"
    label = "returns"
