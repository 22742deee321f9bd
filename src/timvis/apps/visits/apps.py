from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "timvis.apps.visits"
    label = "visits"
