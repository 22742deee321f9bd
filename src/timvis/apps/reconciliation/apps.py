from django.apps import AppConfig


class ReconciliationConfig(AppConfig):
    name = "timvis.apps.reconciliation"
    label = "reconciliation"
