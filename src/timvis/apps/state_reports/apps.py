from django.apps import AppConfig


class StateReportsConfig(AppConfig):
    name = "timvis.apps.state_reports"
    label = "state_reports"
