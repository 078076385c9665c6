from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "nitka.sale.orders"
    label = "orders"
