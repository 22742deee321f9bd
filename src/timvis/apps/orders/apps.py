from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "timvis.apps.orders"
    label = "orders"
