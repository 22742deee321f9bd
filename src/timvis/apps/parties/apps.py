from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "timvis.apps.parties"
    label = "parties"
