from django.apps import AppConfig


class HomeOrdersConfig(AppConfig):
    name = "timvis.apps.home_orders"
    label = "home_orders"
