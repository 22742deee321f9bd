from django.apps import AppConfig


class HomeChoicesConfig(AppConfig):
    name = "timvis.apps.home_choices"
    label = "home_choices"
