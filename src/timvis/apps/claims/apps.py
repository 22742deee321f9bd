from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "timvis.apps.claims"
    label = "claims"
