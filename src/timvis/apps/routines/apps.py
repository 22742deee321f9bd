from django.apps import AppConfig


class RoutinesConfig(AppConfig):
    name = "timvis.apps.routines"
    label = "routines"
