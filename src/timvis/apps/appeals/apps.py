from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "timvis.apps.appeals"
    label = "appeals"
