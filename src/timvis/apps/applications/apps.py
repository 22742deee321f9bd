from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "timvis.apps.applications"
    label = "applications"
