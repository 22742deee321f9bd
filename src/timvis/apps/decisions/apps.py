from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "timvis.apps.decisions"
    label = "decisions"
